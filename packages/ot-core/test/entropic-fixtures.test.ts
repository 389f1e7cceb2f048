import { readFileSync } from 'node:fs';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { sinkhorn, slicedWasserstein, toDense, wasserstein1d, wasserstein1dCost } from '../src/index.js';

interface Weighted {
  readonly a: number[];
  readonly b: number[];
}

interface Fixtures {
  readonly sinkhorn: (Weighted & { x: number[][]; y: number[][]; epsilon: number; plan: number[][]; cost: number })[];
  readonly univariate: (Weighted & { x: number[]; y: number[]; p: number; cost: number })[];
  readonly sliced: (Weighted & { x: number[][]; y: number[][]; p: number; directions: number[]; distance: number })[];
}

// Written by fixtures/make-entropic-fixtures.py with POT 0.9.7.
const path = new URL('./fixtures/entropic-transport.json', import.meta.url);
const fixtures = JSON.parse(readFileSync(path, 'utf8')) as Fixtures;

describe('sinkhorn against POT', () => {
  it.each(fixtures.sinkhorn)('finds the plan at ε = $epsilon', ({ x, y, a, b, epsilon, plan, cost }) => {
    const result = sinkhorn(x, y, { a, b, epsilon, tolerance: 1e-13 });
    expect(result.status).toBe('converged');
    // a marginal error of 1e-13 leaves each entry as uncertain, amplified by the conditioning of the fixed point
    expectAllClose(toDense(result.coupling).plan, plan.flat(), { relative: 1e-10, absolute: 1e-11 });
    expectClose(result.cost, cost, { relative: 1e-10 });
  });
});

describe('wasserstein1d against POT', () => {
  it.each(fixtures.univariate)(
    'finds the cost for $x.length and $y.length numbers, p = $p',
    ({ x, y, a, b, p, cost }) => {
      // POT compares cumulated weights, whose rounding of 1e-16 moves as much mass
      expectClose(wasserstein1d(x, y, { a, b, p }).cost, cost, { relative: 1e-12 });
      expectClose(wasserstein1dCost(x, y, { a, b, p }), cost, { relative: 1e-12 });
    },
  );
});

describe('slicedWasserstein against POT', () => {
  it.each(fixtures.sliced)(
    'finds the distance along given directions, p = $p',
    ({ x, y, a, b, p, directions, distance }) => {
      expectClose(slicedWasserstein(x, y, { a, b, p, directions }).distance, distance, { relative: 1e-12 });
    },
  );
});
