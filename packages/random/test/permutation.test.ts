import { describe, expect, it } from 'vitest';
import { createRng, permutation, shuffle } from '../src/index.js';
import { chiSquare, chiSquareLimit } from './statistics.js';

describe('permutation', () => {
  it('holds every index once', () => {
    for (const count of [0, 1, 2, 3, 17, 1000]) {
      const order = permutation(createRng(count), count);
      expect(order).toBeInstanceOf(Int32Array);
      expect(order.toSorted()).toEqual(Int32Array.from({ length: count }, (_, i) => i));
    }
  });

  it('gives each of the 24 orders of four things equally often', () => {
    const rng = createRng(4);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24000; i++) {
      const order = permutation(rng, 4).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()], new Array<number>(24).fill(1000))).toBeLessThan(chiSquareLimit(23));
  });

  it('refuses counts that are not whole numbers from 0 to 2^31 - 1', () => {
    for (const count of [-1, 1.5, NaN, 2 ** 31]) expect(() => permutation(createRng(1), count)).toThrow(RangeError);
    expect(() => permutation(undefined as never, 3)).toThrow(TypeError);
  });
});

describe('shuffle', () => {
  it('works in place on plain and typed arrays, with the order of permutation', () => {
    const letters = ['a', 'b', 'c', 'd', 'e'];
    const shuffled = shuffle(createRng(9), letters);
    expect(shuffled).toBe(letters);
    const order = permutation(createRng(9), 5);
    expect(letters).toEqual(Array.from(order, (i) => 'abcde'[i]));
    expect(shuffle(createRng(9), new Float64Array([0, 1, 2, 3, 4]))).toEqual(Float64Array.from(order));
  });

  it('leaves empty and single arrays alone and refuses other things', () => {
    expect([shuffle(createRng(1), []), shuffle(createRng(1), [5])]).toEqual([[], [5]]);
    for (const value of ['abc', new DataView(new ArrayBuffer(8)), null]) {
      expect(() => shuffle(createRng(1), value as never)).toThrow(TypeError);
    }
  });
});
