import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pow } from '../src/index.js';
import { largestError, toHex } from './fixtures.js';

const FINITE = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1e300, -1e300, 1e-300, 5e-324, 9007199254740991];
const SPECIAL = [...FINITE, Infinity, -Infinity, NaN];

describe('pow', () => {
  it('errs by less than 0.7 ulp against 400-digit arithmetic', () => {
    expect(largestError('pow', pow)).toBeLessThan(0.7);
  });

  it('treats every special case as the ** operator does', () => {
    for (const x of SPECIAL) {
      for (const y of SPECIAL) {
        const expected = x ** y;
        // Where ** rounds (2 ** 0.5, …) only its last bit is left to the engine.
        const isExact = !Number.isFinite(expected) || expected === 0 || toHex(expected).endsWith('0000000000000');
        if (isExact) expect([x, y, pow(x, y)]).toEqual([x, y, expected]);
        else expect(pow(x, y) / expected).toBeCloseTo(1, 14);
      }
    }
  });

  it('is exact where the power is a double', () => {
    for (let base = 2; base <= 30; base++) {
      let exact = 1;
      for (let n = 0; exact < 2 ** 53; n++, exact *= base) expect(pow(base, n)).toBe(exact);
    }
    expect([pow(2, -1074), pow(2, 1023)]).toEqual([5e-324, 2 ** 1023]);
    expect([pow(4, 0.5), pow(0.25, -1.5), pow(-3, 3)]).toEqual([2, 8, -27]);
  });

  it('agrees with the square root at one half', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(Math.abs(pow(x, 0.5) / Math.sqrt(x) - 1)).toBeLessThan(2.3e-16);
      }),
    );
  });

  it('overflows and underflows as the exponent grows', () => {
    expect([pow(1.0000000000000002, 1e19), pow(1.0000000000000002, -1e19)]).toEqual([Infinity, 0]);
    expect([pow(0.9999999999999999, 1e300), pow(2, 1e21)]).toEqual([0, Infinity]);
    expect([pow(-2, 1025), pow(10, 309), pow(10, -324)]).toEqual([-Infinity, Infinity, 0]);
  });
});
