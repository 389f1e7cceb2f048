import { createRng } from '@brenier/random';
import { expectAllClose, expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudSource, exactPairing, independentPairing, type PointSource } from '../../src/index.js';
import { meanSquaredDistance, normalSource, sortedRows } from '../clouds.js';

const seeds = fc.integer();
const counts = fc.integer({ min: 1, max: 40 });
const clouds = (dim: number) =>
  // Small whole numbers give duplicates and ties.
  fc.array(fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
    minLength: dim,
    maxLength: 12 * dim,
  });

function sourceOf(numbers: readonly number[], dim: number): PointSource {
  const count = Math.floor(numbers.length / dim);
  return cloudSource({ points: numbers.slice(0, count * dim), count, dim });
}

describe('exactPairing', () => {
  it('is a permutation of the independent batch that never costs more', () => {
    fc.assert(
      fc.property(seeds, counts, clouds(2), clouds(2), (seed, count, from, to) => {
        const [source, target] = [sourceOf(from, 2), sourceOf(to, 2)];
        const independent = independentPairing(source, target).draw(createRng(seed), count);
        const exact = exactPairing(source, target).draw(createRng(seed), count);
        expect(exact.x0).toEqual(independent.x0);
        expect(sortedRows(exact.x1, 2)).toEqual(sortedRows(independent.x1, 2));
        const bound = meanSquaredDistance(independent.x0, independent.x1, 2);
        // The solver is exact to 1e-12 of the largest cost, at most count times the mean one.
        expect(meanSquaredDistance(exact.x0, exact.x1, 2)).toBeLessThanOrEqual(bound * (1 + 1e-10));
      }),
    );
  });

  it('pairs in order on the line, where the optimal coupling is the monotone one', () => {
    const { x0, x1 } = exactPairing(normalSource([0]), normalSource([4], 3)).draw(createRng(1), 200);
    const order = Array.from(x0.keys()).sort((i, j) => x0[i] - x0[j]);
    expect(order.map((i) => x1[i])).toEqual(Array.from(x1).sort((a, b) => a - b));
  });

  it('pairs every point with its own translate', () => {
    // Both sources make the same points, one of them moved: a translation is the gradient of a convex function, hence
    // optimal.
    const plane = normalSource([0, 0]);
    const shared = {
      dim: 2,
      draw: (_: unknown, count: number) => plane.draw(createRng('shared'), count),
    } as PointSource;
    const moved: PointSource = {
      dim: 2,
      draw: (rng, count) => shared.draw(rng, count).map((x, j) => x + (j % 2 ? -7 : 3)),
    };
    const { x0, x1 } = exactPairing(shared, moved).draw(createRng(0), 300);
    // x0 and x1 are the same numbers, so the sums that made x1 are repeated to the bit.
    expect(x1).toEqual(x0.map((x, j) => x + (j % 2 ? -7 : 3)));
  });

  it('leaves no pair of pairs that would gain by swapping their ends', () => {
    const { x0, x1 } = exactPairing(normalSource([0, 0, 0]), normalSource([1, 2, 3], 2)).draw(createRng(8), 60);
    const dot = (i: number, j: number) => x0.slice(3 * i, 3 * i + 3).reduce((sum, x, k) => sum + x * x1[3 * j + k], 0);
    for (let i = 0; i < 60; i++) {
      for (let j = 0; j < i; j++) {
        // Costs are at most about 200, and exact to 1e-12 of that.
        expect(dot(i, i) + dot(j, j) - dot(i, j) - dot(j, i)).toBeGreaterThanOrEqual(-1e-9);
      }
    }
  });

  it('costs at least the squared Wasserstein distance in expectation, and comes nearer as batches grow', () => {
    const [source, target] = [normalSource([0, 0]), normalSource([5, 0])];
    const costs = [1, 8, 64, 512].map((count) => {
      const repeats = 1024 / count;
      const each = Array.from({ length: repeats }, (_, k) =>
        exactPairing(source, target).draw(createRng(3).fork(k), count),
      );
      return each.reduce((sum, { x0, x1 }) => sum + meanSquaredDistance(x0, x1, 2) / repeats, 0);
    });
    // W2² = 25 between translates; independent pairs cost 25 + 2 + 2. Errors of the means: at most 0.7.
    expect(Math.abs(costs[0] - 29)).toBeLessThan(1.5);
    for (let k = 1; k < costs.length; k++) expect(costs[k]).toBeLessThan(costs[k - 1] + 0.3);
    expect(Math.abs(costs[3] - 25)).toBeLessThan(1);
  });

  it('is not moved by an offset that both ends share', () => {
    const offset = 2 ** 20;
    const near = exactPairing(normalSource([0, 0]), normalSource([2, 0])).draw(createRng(4), 50);
    const far = exactPairing(normalSource([offset, offset]), normalSource([offset + 2, offset])).draw(createRng(4), 50);
    // Coordinates near 2²⁰ are rounded to 2⁻³².
    expectAllClose(
      far.x1.map((x) => x - offset),
      near.x1,
      { absolute: 2 ** -31 },
    );
  });

  it('is the independent pairing for batches of one, and works where all points coincide', () => {
    const [source, target] = [normalSource([0]), normalSource([1])];
    expect(exactPairing(source, target).draw(createRng(2), 1)).toEqual(
      independentPairing(source, target).draw(createRng(2), 1),
    );
    const same = cloudSource({ points: [3, 3, 3], count: 3, dim: 1 });
    const { x0, x1 } = exactPairing(same, same).draw(createRng(0), 17);
    expectClose(meanSquaredDistance(x0, x1, 1), 0);
  });

  it('refuses what is no source, no count and no generator', () => {
    const source = normalSource([0]);
    expect(() => exactPairing(source, normalSource([0, 0]))).toThrow(
      '"target.dim" expected 1, the dimension of "source", got 2',
    );
    expect(() => exactPairing(null as never, source)).toThrow(
      '"source" expected an object with "dim" and "draw", got null',
    );
    expect(() => exactPairing(source, source).draw(createRng(0), 0)).toThrow('"count"');
    expect(() => exactPairing(source, source).draw(undefined as never, 3)).toThrow(TypeError);
  });
});
