import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose, expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emd, slicedWasserstein, wasserstein1d, type RandomDirections } from '../src/index.js';

function cloud(seed: number, count: number, dim: number) {
  return { points: fillNormal(createRng(seed), new Float64Array(count * dim)), count, dim };
}

describe('slicedWasserstein', () => {
  it('gives a translation by b the cost |b|²/d, within its own standard error', () => {
    for (const dim of [2, 5]) {
      const x = cloud(dim, 40, dim);
      const y = { ...x, points: x.points.map((each) => each + 1) }; // |b|² = d
      const { cost, standardError } = slicedWasserstein(x, y, { rng: createRng(3), numProjections: 2000 });
      expect(Math.abs(cost - 1)).toBeLessThan(4 * standardError);
      expect(standardError).toBeLessThan(0.05);
    }
  });

  it('never exceeds the full transport along any direction', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 4 }),
        (seed, n, m, dim) => {
          const x = cloud(seed, n, dim);
          const y = cloud(seed + 1, m, dim);
          const { projectedCosts } = slicedWasserstein(x, y, { rng: createRng(seed), numProjections: 10 });
          const full = emd(x, y).cost;
          for (const each of projectedCosts) expect(each).toBeLessThanOrEqual(full * (1 + 1e-12));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is the exact transport on the line, for equal counts, unequal counts and weights', () => {
    const x = Float64Array.from([3, 1, 2, 5]);
    const y = Float64Array.from([0, 7, 4]);
    const rng = createRng(1);
    for (const p of [1, 2, 3]) {
      expectClose(
        slicedWasserstein(
          x,
          x.map((each) => each * each),
          { rng, dim: 1, p },
        ).cost,
        wasserstein1d(
          x,
          x.map((each) => each * each),
          { p },
        ).cost,
        { relative: 1e-13 },
      );
      expectClose(slicedWasserstein(x, y, { rng, dim: 1, p }).distance, wasserstein1d(x, y, { p }).distance, {
        relative: 1e-13,
      });
      const weights = { a: [1, 0, 2, 3], b: [3, 1, 2] };
      expectClose(
        slicedWasserstein(x, y, { rng, dim: 1, p, ...weights }).cost,
        wasserstein1d(x, y, { p, ...weights }).cost,
        { relative: 1e-13 },
      );
    }
  });

  it('does not depend on how equal masses are written, nor on blocks of directions', () => {
    const x = cloud(4, 600, 3);
    const y = cloud(5, 500, 3);
    const free = slicedWasserstein(x, y, { rng: createRng(6), numProjections: 1000 });
    // 1000 directions of 1100 values are three blocks; one direction at a time is one
    const alone = slicedWasserstein(x, y, { directions: free.directions.slice(999 * 3) });
    expect(alone.projectedCosts[0]).toBe(free.projectedCosts[999]);
    const uneven = new Float64Array(600).fill(1 / 600);
    uneven[0] *= 1 + 2e-16; // not constant: takes the weighted path
    const weighted = slicedWasserstein(x, y, { directions: free.directions, a: uneven });
    expectAllClose(weighted.projectedCosts, free.projectedCosts, { relative: 1e-11 });
  });

  it('uses the directions of the generator alone: same seed, same answer; the result carries them', () => {
    const x = cloud(7, 20, 3);
    const y = cloud(8, 20, 3);
    const first = slicedWasserstein(x, y, { rng: createRng('a'), numProjections: 16 });
    expect(slicedWasserstein(x, y, { rng: createRng('a'), numProjections: 16 })).toEqual(first);
    expect(slicedWasserstein(x, y, { directions: first.directions })).toEqual(first);
    expect(slicedWasserstein(x, y, { rng: createRng('b'), numProjections: 16 }).cost).not.toBe(first.cost);
    expect(slicedWasserstein(x, y, { rng: createRng('a') }).directions).toHaveLength(128 * 3);
  });

  it('knows no spread from a single direction', () => {
    expect(slicedWasserstein([[0, 0]], [[1, 0]], { directions: [1, 0] }).standardError).toBe(Infinity);
    expect(slicedWasserstein([[0, 0]], [[1, 0]], { directions: [1, 0, 0, 1] }).standardError).toBe(0.5);
  });

  it('keeps its digits at a huge offset', () => {
    const offset = 2 ** 40;
    const x = [
      [offset, offset],
      [offset + 1, offset],
    ];
    const y = [
      [offset + 2, offset],
      [offset + 3, offset],
    ];
    expectClose(slicedWasserstein(x, y, { directions: [0.6, 0.8] }).cost, 4 * 0.36, { relative: 1e-14 });
  });

  it('forms no squares for p = 1', () => {
    for (const size of [1e150, 1e-170]) {
      expect(slicedWasserstein([[size, 0]], [[0, 0]], { p: 1, directions: [1, 0] }).cost).toBe(size);
    }
  });

  it('refuses masses whose products with costs leave the range of a float64', () => {
    const directions = [1];
    expect(() => slicedWasserstein([[0]], [[1e100]], { directions, a: [1e100] })).toThrow(
      '"a, b" expected a total mass',
    );
    expect(() => slicedWasserstein([[0]], [[1]], { directions, a: [1e-280] })).toThrow('"a, b" expected a total mass');
  });

  it('refuses what it cannot do, naming the argument', () => {
    const x = [
      [0, 0],
      [1, 1],
    ];
    const rng = createRng(0);
    expect(() => slicedWasserstein(x, x, {} as RandomDirections)).toThrow(
      'exactly one of "rng" and "directions", got neither',
    );
    const both = { rng, directions: [1, 0] } as unknown as RandomDirections;
    expect(() => slicedWasserstein(x, x, both)).toThrow('got both');
    expect(() => slicedWasserstein(x, x, { rng: () => 0.5 } as unknown as RandomDirections)).toThrow('"rng"');
    expect(() => slicedWasserstein(x, x, { rng, numProjections: 0 })).toThrow('"numProjections"');
    expect(() => slicedWasserstein(x, x, { directions: [1, 1] })).toThrow('"directions" expected unit vectors');
    expect(() => slicedWasserstein(x, x, { directions: [1] })).toThrow('"directions" expected a length');
    expect(() => slicedWasserstein(x, x, { directions: [] })).toThrow('"directions" expected a length');
    expect(() => slicedWasserstein(x, x, { directions: [NaN, 0] })).toThrow('"directions[0]"');
    expect(() => slicedWasserstein(x, x, { rng, p: 0 })).toThrow('"p"');
    expect(() => slicedWasserstein(x, [[1]], { rng })).toThrow('"y" expected points of dimension 2');
    expect(() => slicedWasserstein([], x, { rng })).toThrow('"x"');
    expect(() => slicedWasserstein(x, x, { rng, a: [0, 0] })).toThrow('"a"');
    expect(() => slicedWasserstein(x, x, { rng, projections: 3 } as unknown as RandomDirections)).toThrow(
      'got "projections"',
    );
  });
});
