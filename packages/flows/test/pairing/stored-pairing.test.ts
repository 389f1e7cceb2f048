import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { storedPairing, type StoredPairs } from '../../src/index.js';

const plane: StoredPairs = {
  dim: 2,
  x0: [0, 0, 1, 1, 2, 2],
  x1: [10, 10, 11, 11, 12, 12],
  label: Int32Array.of(0, -1, 2),
};

describe('storedPairing', () => {
  it('draws all pairs equally often, and keeps start, end and class together', () => {
    const { x0, x1, label } = storedPairing(plane).draw(createRng(1), 3000);
    const seen = [0, 0, 0];
    for (let i = 0; i < 3000; i++) {
      const row = x0[2 * i];
      seen[row]++;
      expect([x0[2 * i + 1], x1[2 * i], x1[2 * i + 1]]).toEqual([row, row + 10, row + 10]);
      expect(label![i]).toBe(plane.label![row]);
    }
    // Pearson's statistic with 2 degrees of freedom exceeds 13.8 with probability 0.001.
    expect(seen.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)).toBeLessThan(13.8);
  });

  it('copies what it is given, and has no classes where none are given', () => {
    const x0 = Float64Array.of(1);
    const pairing = storedPairing({ dim: 1, x0, x1: [2] });
    x0.fill(9);
    expect(pairing.draw(createRng(0), 2)).toEqual({ x0: Float64Array.of(1, 1), x1: Float64Array.of(2, 2) });
  });

  it('takes float32 and plain arrays, for classes too', () => {
    const pairing = storedPairing({ dim: 1, x0: Float32Array.of(0.5), x1: [1], label: Float64Array.of(3) });
    const { x0, label } = pairing.draw(createRng(0), 1);
    expect([x0, label]).toEqual([Float64Array.of(0.5), Int32Array.of(3)]);
  });

  const refused: [string, object, string][] = [
    ['no pairs', { x0: [], x1: [] }, '"pairs.x0" expected whole points of dimension 2, at least one, got length 0'],
    ['half a point', { x0: [1, 2, 3] }, '"pairs.x0" expected whole points of dimension 2, at least one, got length 3'],
    ['more starts than ends', { x1: [1, 2] }, '"pairs.x1" expected length 6, got 2'],
    ['ends that are not finite', { x1: [1, 2, 3, 4, 5, NaN] }, '"pairs.x1[5]" expected a finite number, got NaN'],
    ['no dimension', { dim: 0 }, '"pairs.dim"'],
    ['too few classes', { label: Int32Array.of(1) }, '"pairs.label" expected length 3, got 1'],
    ['classes of another kind', { label: 'abc' }, '"pairs.label" expected a typed array or an array of numbers'],
    ['classes under another name', { labels: Int32Array.of(1, 1, 1) }, 'got "labels"'],
    ['masses, which it would not see', { weights: [1, 2, 3] }, 'got "weights"'],
    ['classes below -1', { label: Int32Array.of(0, -2, 0) }, '"pairs.label[1]" expected a whole number in [-1,'],
  ];
  for (const [what, change, message] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => storedPairing({ ...plane, ...change })).toThrow(message);
    });
  }

  it('refuses what is no set of pairs, no generator and no count', () => {
    expect(() => storedPairing(undefined as never)).toThrow('"pairs" expected an object with "dim", "x0" and "x1"');
    expect(() => storedPairing(plane).draw(1 as never, 1)).toThrow(TypeError);
    expect(() => storedPairing(plane).draw(createRng(0), 0)).toThrow('"count"');
  });
});
