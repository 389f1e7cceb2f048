import { createTransportProblem, networkSimplex, pointClouds, runSync } from '@brenier/ot-core';
import { createRng, fillUniform } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { cloud } from './problem-kinds.js';

// The smallest sizes at which the solver shifts potentials by clusters of nodes: 2,048 rows and columns together.
const ROWS = 1100;
const COLUMNS = 1000;

describe('networkSimplex with unequal weights', () => {
  it.each(['squared-euclidean', 'euclidean'] as const)('proves its plan of many points, %s', (cost) => {
    const { certificate, coupling, status } = runSync(networkSimplex(), draw(cost));
    expect(status).toBe('optimal');
    expect(coupling.kind).toBe('sparse');
    // Pairs may violate the dual by 2^−46 of the largest cost; all else is rounding, relative to it and to the mass 1.
    expect(certificate.worstViolation).toBeLessThan(1e-13 * certificate.largestCost);
    expect(Math.abs(certificate.gap)).toBeLessThan(1e-13 * certificate.largestCost);
    expect(certificate.marginalError).toBeLessThan(1e-14);
  });

  it('takes the same pivots to the same bits in steps of any length', () => {
    const problem = draw('squared-euclidean');
    const [whole, sliced] = [2 ** 30, 1].map((stepBudget) => runSync(networkSimplex({ stepBudget }), problem));
    expect(sliced.iterations).toBe(whole.iterations);
    expect(sliced.coupling).toEqual(whole.coupling);
    expect(sliced.f).toEqual(whole.f);
    expect(sliced.g).toEqual(whole.g);
  });
});

function draw(cost: 'squared-euclidean' | 'euclidean') {
  const geometry = pointClouds(cloud('x', ROWS, 2), cloud('y', COLUMNS, 2), { cost });
  return createTransportProblem(geometry, { a: weights('a', ROWS), b: weights('b', COLUMNS) });
}

function weights(label: string, count: number): Float64Array {
  const masses = fillUniform(createRng(7).fork(label), new Float64Array(count), { low: 0.01, high: 1 });
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return masses.map((mass) => mass / total);
}
