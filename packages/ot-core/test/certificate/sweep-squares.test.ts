import { createRng, fillNormal } from '@brenier/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sweepEveryPair, sweepPairs } from '../../src/certificate/sweep-pairs.js';
import { sweepSquares } from '../../src/certificate/sweep-squares.js';
import { costAt, pointClouds } from '../../src/index.js';

const anyClouds = fc.record({
  seed: fc.integer({ min: 0 }),
  n: fc.integer({ min: 1, max: 70 }),
  m: fc.integer({ min: 1, max: 70 }),
  dim: fc.constantFrom(1, 2, 3, 10, 100),
  offset: fc.constantFrom(0, 3, 1e8),
});

function cloudsOf({ seed, n, m, dim, offset }: { seed: number; n: number; m: number; dim: number; offset: number }) {
  const rng = createRng(seed);
  const [x, y] = [n, m].map((count) => fillNormal(rng, new Float64Array(dim * count), { mean: offset }));
  const geometry = pointClouds(x, y, { dim });
  return { geometry, f: fillNormal(rng, new Float64Array(n)), g: fillNormal(rng, new Float64Array(m)) };
}

describe('sweepSquares', () => {
  it('gives every bit of the plain loop', () => {
    fc.assert(
      fc.property(anyClouds, (input) => {
        const { geometry, f, g } = cloudsOf(input);
        expect(sweepSquares(geometry, f, g)).toEqual(sweepEveryPair(geometry, f, g));
      }),
    );
  });

  it('finds one violation among a million pairs', () => {
    const { geometry, f, g } = cloudsOf({ seed: 1, n: 1100, m: 1000, dim: 6, offset: 1e4 });
    for (let i = 0; i < 1100; i++) {
      f[i] = Infinity;
      for (let j = 0; j < 1000; j++) f[i] = Math.min(f[i], costAt(geometry, i, j) - g[j]);
    }
    f[500] += 1e-10;
    const { worstViolation } = sweepSquares(geometry, f, g);
    expect(worstViolation).toBe(sweepEveryPair(geometry, f, g).worstViolation);
    expect(worstViolation).toBeGreaterThan(0.9e-10);
  });

  it('is what sweepPairs gives, from clouds that are too small for it to clouds that are not', () => {
    const none = new Int32Array(0);
    for (const n of [1, 31, 32, 33, 100]) {
      const { geometry, f, g } = cloudsOf({ seed: n, n, m: 32, dim: 5, offset: 0 });
      const coupling = { kind: 'sparse', rows: n, columns: 32, rowIndex: none, columnIndex: none, mass: f } as const;
      expect(sweepPairs(geometry, f, g, coupling)).toEqual(sweepSquares(geometry, f, g));
    }
  });
});
