import { describe, expect, it } from 'vitest';
import { exp, expm1 } from '../src/index.js';
import { largestError } from './fixtures.js';

describe('exp', () => {
  it('errs by less than 0.7 ulp against 400-digit arithmetic', () => {
    expect(largestError('exp', exp)).toBeLessThan(0.7);
  });

  it('returns the limits at the ends and NaN for NaN', () => {
    expect([exp(Infinity), exp(-Infinity), exp(NaN)]).toEqual([Infinity, 0, NaN]);
    expect([exp(0), exp(-0), exp(5e-324), exp(-1e-17)]).toEqual([1, 1, 1, 1]);
  });

  it('overflows above ln(2^1024) to the very double and underflows below ln(2^-1075)', () => {
    // 709.782712893384 is the largest double below ln(2^1024); its exponential is known to 40 digits from mpmath.
    expect(exp(709.782712893384)).toBe(1.7976931348622732e308);
    expect(exp(709.7827128933841)).toBe(Infinity);
    // Half the smallest subnormal number, 2^-1075, has the logarithm -745.1332…
    expect([exp(-745.1332), exp(-745.1333), exp(-1e308)]).toEqual([5e-324, 0, 0]);
  });

  it('passes through the subnormal numbers with at most one rounding more', () => {
    // Origin: mpmath, exp(-740) = 4.2e-322 = 85.04 times 2^-1074, exp(-710) = 4.47628622567513e-309.
    expect(exp(-740)).toBe(85 * 5e-324);
    expect(Math.abs(exp(-710) - 4.47628622567513e-309)).toBeLessThanOrEqual(5e-324);
  });

  it('is monotone across the seams of the reduction', () => {
    for (let k = -20; k <= 20; k++) {
      const seam = (k + 0.5) * 0.6931471805599453;
      const step = Math.abs(seam) * 2.3e-16;
      expect(exp(seam - step)).toBeLessThanOrEqual(exp(seam));
      expect(exp(seam)).toBeLessThanOrEqual(exp(seam + step));
    }
  });
});

describe('expm1', () => {
  it('errs by less than 0.9 ulp against 400-digit arithmetic', () => {
    expect(largestError('expm1', expm1)).toBeLessThan(0.9);
  });

  it('takes the 1 into account where it is half the last bit', () => {
    // Origin: 60-digit arithmetic, 12981079139681793.871; doubles are 2 apart there.
    expect(expm1(37.10226924138117)).toBe(12981079139681794);
  });

  it('keeps zeros with their sign and tiny numbers', () => {
    expect(Object.is(expm1(-0), -0)).toBe(true);
    expect(Object.is(expm1(0), 0)).toBe(true);
    expect([expm1(5e-324), expm1(-1e-300), expm1(1e-20)]).toEqual([5e-324, -1e-300, 1e-20]);
  });

  it('returns the limits at the ends and NaN for NaN', () => {
    expect([expm1(Infinity), expm1(-Infinity), expm1(NaN)]).toEqual([Infinity, -1, NaN]);
    expect([expm1(-50), expm1(710)]).toEqual([-1, Infinity]);
  });
});
