import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, log, log1p } from '../src/index.js';
import { largestError } from './fixtures.js';

describe('log', () => {
  it('errs by less than 0.85 ulp against 400-digit arithmetic, subnormal arguments included', () => {
    expect(largestError('log', log)).toBeLessThan(0.85);
  });

  it('returns the limits at the ends and NaN where the logarithm is not real', () => {
    expect([log(0), log(-0), log(Infinity)]).toEqual([-Infinity, -Infinity, Infinity]);
    expect([log(-1), log(-5e-324), log(-Infinity), log(NaN)]).toEqual([NaN, NaN, NaN, NaN]);
  });

  it('is exactly 0 at 1 and exactly antisymmetric over powers of two', () => {
    expect(Object.is(log(1), 0)).toBe(true);
    for (let k = 1; k < 1022; k += 17) expect(log(2 ** -k)).toBe(-log(2 ** k));
  });

  it('inverts exp to the conditioning of the problem', () => {
    // exp rounds by half an ulp, an absolute error of 1.2e-16 in the logarithm; log adds an ulp of x.
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(log(exp(x)) - x)).toBeLessThanOrEqual(1.6e-16 + 2.3e-16 * Math.abs(x));
      }),
    );
  });
});

describe('log1p', () => {
  it('errs by less than 0.85 ulp against 400-digit arithmetic', () => {
    expect(largestError('log1p', log1p)).toBeLessThan(0.85);
  });

  it('keeps zeros with their sign and tiny numbers', () => {
    expect(Object.is(log1p(-0), -0)).toBe(true);
    expect(Object.is(log1p(0), 0)).toBe(true);
    expect([log1p(5e-324), log1p(-1e-320), log1p(1e-17)]).toEqual([5e-324, -1e-320, 1e-17]);
  });

  it('returns the limits at the ends and NaN where the logarithm is not real', () => {
    expect([log1p(-1), log1p(Infinity)]).toEqual([-Infinity, Infinity]);
    expect([log1p(-2), log1p(-Infinity), log1p(NaN)]).toEqual([NaN, NaN, NaN]);
  });
});
