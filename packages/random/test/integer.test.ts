import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, integer, type Rng } from '../src/index.js';
import { chiSquare, chiSquareLimit } from './statistics.js';

/** A generator that plays back given words. */
function playback(words: number[]): Rng {
  const rest = [...words];
  return { ...createRng(0), uint32: () => rest.shift()!, uniform: () => 0, fork: () => playback([]) };
}

describe('integer', () => {
  it('stays in [low, high) for every range up to 2^53', () => {
    const rng = createRng(1);
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (low, range) => {
        fc.pre(Number.isSafeInteger(low + range));
        const value = integer(rng, low, low + range);
        expect(Number.isSafeInteger(value) && value >= low && value < low + range).toBe(true);
      }),
    );
  });

  it.each([3, 6, 1000, 3 * 2 ** 30, 2 ** 32 + 1, 3 * 2 ** 50])('is uniform for a range of %d', (range) => {
    const rng = createRng(range);
    const bins = Math.min(range, 60);
    const counts = new Float64Array(bins);
    for (let i = 0; i < 60000; i++) counts[Math.floor((integer(rng, 0, range) / range) * bins)]++;
    expect(chiSquare(counts, new Float64Array(bins).fill(60000 / bins))).toBeLessThan(chiSquareLimit(bins - 1));
  });

  it('takes the upper word of word × range, exactly as big integers do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 1, max: 2 ** 32 }), (word, range) => {
        const product = BigInt(word) * BigInt(range);
        fc.pre(product % 2n ** 32n >= BigInt(2 ** 32 % range));
        expect(integer(playback([word]), 0, range)).toBe(Number(product >> 32n));
      }),
    );
  });

  it('rejects the words that would make some values likelier', () => {
    // 2^32 mod 3 = 1: of the words, 0 is one too many and is drawn again; 2^31 then gives 1.
    expect(integer(playback([0, 2 ** 31]), 0, 3)).toBe(1);
    // A power of two needs no rejection.
    expect(integer(playback([0]), 0, 2 ** 32)).toBe(0);
  });

  it('gives the only value of a range of one', () => {
    expect([integer(createRng(1), 7, 8), integer(createRng(1), -3, -2)]).toEqual([7, -3]);
  });

  it('refuses empty, fractional and too long ranges', () => {
    const rng = createRng(1);
    expect(() => integer(rng, 3, 3)).toThrow('"high" expected a number above low (3) by at most 2^53, got 3');
    expect(() => integer(rng, 3, 2)).toThrow(RangeError);
    expect(() => integer(rng, 0.5, 2)).toThrow(RangeError);
    expect(() => integer(rng, 0, NaN)).toThrow(RangeError);
    expect(() => integer(rng, -(2 ** 53) + 1, 2 ** 53 - 1)).toThrow(RangeError);
    expect(() => integer(rng, 0, '5' as never)).toThrow(TypeError);
    expect(() => integer(5 as never, 0, 5)).toThrow(/"rng" expected an Rng/);
  });
});
