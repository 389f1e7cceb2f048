import { createRng, fillNormal } from '@brenier/random';
import { costsOf, type KnownGeometry, nastyTransportProblem, solveTransportReference } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sweepByTrees, sweepEveryPair, sweepPairs } from '../../src/certificate/sweep-pairs.js';
import {
  emd,
  independentCoupling,
  pointClouds,
  type CostName,
  type Coupling,
  type PointCloudGeometry,
} from '../../src/index.js';

const none: Coupling = {
  kind: 'sparse',
  rows: 0,
  columns: 0,
  rowIndex: new Int32Array(0),
  columnIndex: new Int32Array(0),
  mass: new Float64Array(0),
};

/** What {@link nastyTransportProblem} gives. */
function withNamedCost(geometry: KnownGeometry): PointCloudGeometry & { readonly cost: CostName } {
  if (geometry.kind === 'matrix' || typeof geometry.cost === 'object') throw new Error('no cost with a name');
  return { ...geometry, cost: geometry.cost };
}

describe('sweepByTrees', () => {
  it('gives every bit of the plain loop, at optimal potentials of inputs that break solvers', () => {
    fc.assert(
      fc.property(nastyTransportProblem({ maxCount: 60, maxDim: 4 }), ({ geometry: given, a, b }) => {
        const geometry = withNamedCost(given);
        const { plan, f, g } = solveTransportReference(costsOf(geometry), a, b);
        const coupling = { kind: 'dense', rows: a.length, columns: b.length, plan } as const;
        expect(sweepByTrees(geometry, f, g, coupling)).toEqual(sweepEveryPair(geometry, f, g));
      }),
    );
  });

  it('gives every bit of the plain loop, whatever the potentials and the coupling', () => {
    fc.assert(
      fc.property(nastyTransportProblem({ maxCount: 60, maxDim: 4 }), fc.integer({ min: 0 }), (known, seed) => {
        const { a, b } = known;
        const geometry = withNamedCost(known.geometry);
        const rng = createRng(seed);
        const f = fillNormal(rng, new Float64Array(a.length), { sd: known.scale });
        const g = fillNormal(rng, new Float64Array(b.length));
        const expected = sweepEveryPair(geometry, f, g);
        expect(sweepByTrees(geometry, f, g, independentCoupling(a, b))).toEqual(expected);
        expect(sweepByTrees(geometry, f, g, none)).toEqual(expected);
      }),
    );
  });

  it.each<[CostName, number]>([
    ['squared-euclidean', 1],
    ['squared-euclidean', 2],
    ['squared-euclidean', 3],
    ['euclidean', 2],
  ])('gives every bit of the plain loop for a thousand points, %s in dimension %i', (cost, dim) => {
    const rng = createRng(dim);
    const x = { points: fillNormal(rng, new Float64Array(1100 * dim)), count: 1100, dim };
    const y = { points: fillNormal(rng, new Float64Array(1000 * dim), { mean: 2, sd: 0.5 }), count: 1000, dim };
    const geometry = { ...pointClouds(x, y, { cost }), cost };
    const { f, g, coupling } = emd(geometry);
    const expected = sweepEveryPair(geometry, f, g);
    expect(sweepByTrees(geometry, f, g, coupling)).toEqual(expected);
    expect(sweepPairs(geometry, f, g, coupling)).toEqual(expected);
    f[500] += 1e-10; // one violation among a million pairs
    const violated = sweepByTrees(geometry, f, g, coupling);
    expect(violated).toEqual(sweepEveryPair(geometry, f, g));
    expect(violated.worstViolation).toBeGreaterThan(expected.worstViolation + 0.9e-10);
  });
});
