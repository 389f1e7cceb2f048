import { createRng, fillNormal } from '@brenier/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sweepEveryPair, sweepPairs } from '../../src/certificate/sweep-pairs.js';
import { sweepPlane } from '../../src/certificate/sweep-plane.js';
import { pointClouds } from '../../src/index.js';

const anyPlane = fc.record({
  seed: fc.integer({ min: 0 }),
  n: fc.integer({ min: 1, max: 70 }),
  m: fc.integer({ min: 1, max: 70 }),
  offset: fc.constantFrom(0, 3, 1e8),
});

function planeOf({ seed, n, m, offset }: { seed: number; n: number; m: number; offset: number }) {
  const rng = createRng(seed);
  const [x, y] = [n, m].map((count) => fillNormal(rng, new Float64Array(2 * count), { mean: offset }));
  const geometry = pointClouds(x, y, { dim: 2 });
  return { geometry, f: fillNormal(rng, new Float64Array(n)), g: fillNormal(rng, new Float64Array(m)) };
}

describe('sweepPlane', () => {
  it('gives every bit of the plain loop', () => {
    fc.assert(
      fc.property(anyPlane, (input) => {
        const { geometry, f, g } = planeOf(input);
        expect(sweepPlane(geometry, f, g)).toEqual(sweepEveryPair(geometry, f, g));
      }),
    );
  });

  it('is what sweepPairs gives, from clouds that are too small for it to clouds that are not', () => {
    const none = new Int32Array(0);
    for (const n of [1, 31, 32, 33, 100]) {
      const { geometry, f, g } = planeOf({ seed: n, n, m: 32, offset: 0 });
      const coupling = { kind: 'sparse', rows: n, columns: 32, rowIndex: none, columnIndex: none, mass: f } as const;
      expect(sweepPairs(geometry, f, g, coupling)).toEqual(sweepPlane(geometry, f, g));
    }
  });
});
