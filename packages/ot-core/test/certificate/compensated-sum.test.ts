import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompensatedSum } from '../../src/certificate/compensated-sum.js';

describe('CompensatedSum', () => {
  it('keeps what a plain sum drops', () => {
    const sum = new CompensatedSum();
    for (const term of [1e100, 1, -1e100]) sum.add(term);
    expect(sum.value).toBe(1);
  });

  it('adds products exactly: whole numbers below 2⁵³ give the sum of BigInt', () => {
    const whole = fc.maxSafeInteger();
    fc.assert(
      fc.property(fc.array(fc.tuple(whole, whole), { maxLength: 50 }), (pairs) => {
        const sum = new CompensatedSum();
        let exact = 0n;
        for (const [x, y] of pairs) {
          sum.addProduct(x, y);
          exact += BigInt(x) * BigInt(y);
        }
        // Twice the precision: relative 2⁻⁵³ for the last rounding, plus n² 2⁻¹⁰⁶ of the sum of magnitudes (below 50 ·
        // 2¹⁰⁶).
        const magnitude = pairs.reduce((total, [x, y]) => total + Math.abs(x * y), 0);
        expect(Math.abs(sum.value - Number(exact))).toBeLessThanOrEqual(
          2 ** -52 * Math.abs(Number(exact)) + 2500 * 2 ** -106 * magnitude,
        );
      }),
    );
  });

  it('subtracts before it rounds', () => {
    const [left, right] = [new CompensatedSum(), new CompensatedSum()];
    for (const term of [1, 2 ** -80]) left.add(term);
    right.add(1);
    expect(left.minus(right)).toBe(2 ** -80);
  });
});
