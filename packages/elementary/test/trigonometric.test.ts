import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, sin } from '../src/index.js';
import { largestError } from './fixtures.js';

describe.each([
  ['sin', sin],
  ['cos', cos],
])('%s', (name, evaluate) => {
  it('errs by less than 0.8 ulp at every magnitude, next to multiples of π/2 and at the hardest double', () => {
    expect(largestError(name, evaluate)).toBeLessThan(0.8);
  });

  it('is NaN for infinities and NaN', () => {
    expect([evaluate(Infinity), evaluate(-Infinity), evaluate(NaN)]).toEqual([NaN, NaN, NaN]);
  });
});

describe('sin and cos', () => {
  it('keep zeros: sin ±0 = ±0, cos ±0 = 1', () => {
    expect(Object.is(sin(-0), -0)).toBe(true);
    expect(Object.is(sin(0), 0)).toBe(true);
    expect([cos(0), cos(-0), sin(5e-324), sin(-1e-300)]).toEqual([1, 1, 5e-324, -1e-300]);
  });

  it('are odd and even to the last bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(sin(-x)).toBe(-sin(x));
        expect(cos(-x)).toBe(cos(x));
      }),
    );
  });

  it('lie on the unit circle', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        // Two values within 0.8 ulp of 1 and two roundings: 4 ulp of 1 bound the square of the radius.
        expect(Math.abs(sin(x) ** 2 + cos(x) ** 2 - 1)).toBeLessThan(4.5e-16);
      }),
    );
  });

  it('agree on both sides of the seam between the two reductions', () => {
    // 2^20 π/2 rounded up; neighbours differ by 2.3e-10, so the sine may move by that much and no more.
    for (let i = -3; i <= 3; i++) expect(Math.abs(sin(1647099 + i * 2.4e-10) - sin(1647099))).toBeLessThan(8e-10);
  });
});
