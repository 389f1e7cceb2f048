import { describe, expect, it } from 'vitest';
import {
  costAt,
  costMatrix,
  createTransportProblem,
  networkSimplex,
  pointClouds,
  run,
  runSync,
  type NetworkSimplexResult,
  type TransportProblem,
} from '@brenier/ot-core';

/** Minimum over all permutations, for problems of equal counts and weights: the definition itself. */
function bruteForceCost(costs: readonly number[][]): number {
  const n = costs.length;
  const visit = (i: number, used: number): number => {
    if (i === n) return 0;
    let least = Infinity;
    for (let j = 0; j < n; j++) {
      if (!(used & (1 << j))) least = Math.min(least, costs[i][j] + visit(i + 1, used | (1 << j)));
    }
    return least;
  };
  return visit(0, 0) / n;
}

/**
 * Numbers in [0, 1) that look random and are the same everywhere: the fractional parts of multiples of √2 and √3,
 * squared.
 */
function sequence(count: number, seed: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => {
    const value = (k + 1) * Math.SQRT2 * (seed + 1) + (k + seed) * (k + 1) * Math.sqrt(3);
    return value - Math.floor(value);
  });
}

/** Optimality in numbers: dual feasibility over all pairs, no gap, exact marginals, no negative mass. */
function expectOptimal({ status, certificate, cost }: NetworkSimplexResult, { mass }: TransportProblem): void {
  const scale = certificate.largestCost;
  expect(status).toBe('optimal');
  expect(certificate.worstViolation).toBeLessThanOrEqual(1e-12 * scale);
  expect(Math.abs(certificate.gap)).toBeLessThanOrEqual(1e-13 * scale * mass);
  expect(certificate.marginalError).toBeLessThanOrEqual(1e-14 * mass);
  expect(certificate.smallestMass).toBeGreaterThan(0);
  expect(cost).toBe(certificate.primal);
}

function solve(problem: TransportProblem): NetworkSimplexResult {
  const result = runSync(networkSimplex(), problem);
  expectOptimal(result, problem);
  return result;
}

describe('networkSimplex', () => {
  it('gives the plan of its result without the proof, before, during and after the work', () => {
    const x = { points: sequence(600, 1), count: 300, dim: 2 };
    const y = { points: sequence(600, 2), count: 300, dim: 2 };
    const heavy = sequence(300, 3).map((weight, i) => (i % 7 === 0 ? 0 : weight));
    for (const a of [undefined, heavy]) {
      const solver = networkSimplex({ stepBudget: 2 ** 14 });
      const state = solver.init(createTransportProblem(pointClouds(x, y), { a }));
      for (let steps = 0; steps === 0 || solver.status(state) === 'running'; steps++) {
        expect(solver.coupling(state)).toEqual(solver.result(state, 'aborted').coupling);
        solver.step(state);
      }
      expect(solver.coupling(state)).toEqual(solver.result(state, 'optimal').coupling);
      solver.dispose(state);
    }
  });

  it.each([1, 2, 3, 4, 5, 6, 7])('finds the cheapest of all permutations of %i rows of a matrix', (n) => {
    const costs = Array.from({ length: n }, (_, i) => Array.from(sequence(n, i + 3)));
    const { cost, coupling } = solve(createTransportProblem(costMatrix(costs)));
    expect(coupling.kind).toBe('permutation');
    // Rounding of a mean of at most 7 terms below 1.
    expect(Math.abs(cost - bruteForceCost(costs))).toBeLessThanOrEqual(4 * 2 ** -52);
  });

  it.each([
    [40, 40, 2],
    [200, 200, 2],
    [301, 177, 2],
    [60, 400, 2],
    [500, 1, 2],
    [1, 300, 2],
    [150, 150, 1],
    [250, 200, 3],
    [120, 130, 7],
    [100, 90, 20],
  ])('agrees with itself on the matrix of the same costs: %i to %i points in %i dimensions', (n, m, dim) => {
    const x = { points: sequence(n * dim, 1), count: n, dim };
    const y = { points: sequence(m * dim, 2), count: m, dim };
    const geometry = pointClouds(x, y);
    const costs = new Float64Array(n * m);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) {
        for (let k = 0; k < dim; k++) costs[i * m + j] += (x.points[i * dim + k] - y.points[j * dim + k]) ** 2;
      }
    }
    const a = sequence(n, 5).map((each) => each + 0.1);
    const b = sequence(m, 6).map((each) => each + 0.1);
    const [sumA, sumB] = [a, b].map((each) => each.reduce((sum, weight) => sum + weight, 0)) as [number, number];
    const weights = { a: a.map((each) => each / sumA), b: b.map((each) => each / sumB) };
    const fromPoints = solve(createTransportProblem(geometry, weights));
    const fromMatrix = solve(createTransportProblem(costMatrix(costs, { rows: n, columns: m }), weights));
    expect(Math.abs(fromPoints.cost - fromMatrix.cost)).toBeLessThanOrEqual(1e-12 * fromMatrix.cost);
  });

  it('takes Euclidean costs', () => {
    const x = { points: sequence(600, 1), count: 300, dim: 2 };
    const y = { points: sequence(500, 2), count: 250, dim: 2 };
    solve(createTransportProblem(pointClouds(x, y, { cost: 'euclidean' })));
  });

  it('gives rows and columns without mass potentials, and no entries', () => {
    const x = { points: sequence(80, 1), count: 40, dim: 2 };
    const y = { points: sequence(120, 2), count: 60, dim: 2 };
    const a = sequence(40, 3).map((each, i) => (i % 3 ? each : 0));
    const b = sequence(60, 4).map((each, j) => (j % 4 ? each : 0));
    const factor = a.reduce((sum, each) => sum + each, 0) / b.reduce((sum, each) => sum + each, 0);
    const { coupling } = solve(createTransportProblem(pointClouds(x, y), { a, b: b.map((each) => each * factor) }));
    expect(coupling.kind === 'sparse' && coupling.rowIndex.every((i) => a[i] > 0)).toBe(true);
  });

  it('orders entries by row, then column', () => {
    const x = { points: sequence(100, 1), count: 50, dim: 2 };
    const y = { points: sequence(140, 2), count: 70, dim: 2 };
    const { coupling } = solve(createTransportProblem(pointClouds(x, y)));
    if (coupling.kind !== 'sparse') throw new Error('expected a sparse coupling');
    const keys = Array.from(coupling.rowIndex, (i, k) => i * 70 + coupling.columnIndex[k]);
    expect(keys.every((key, k) => k === 0 || key > keys[k - 1])).toBe(true);
  });

  it('returns the same bits again', () => {
    const problem = createTransportProblem(
      pointClouds({ points: sequence(800, 1), count: 400, dim: 2 }, { points: sequence(800, 2), count: 400, dim: 2 }),
    );
    expect(runSync(networkSimplex({ stepBudget: 1000 }), problem)).toEqual(runSync(networkSimplex(), problem));
  });

  it('has a feasible plan and a true bound after every step', () => {
    const x = { points: sequence(240, 1), count: 120, dim: 2 };
    const y = { points: sequence(300, 2), count: 150, dim: 2 };
    const problem = createTransportProblem(pointClouds(x, y));
    const solver = networkSimplex({ stepBudget: 500 });
    const state = solver.init(problem);
    const optimum = solve(problem).cost;
    const costs: number[] = [];
    while (solver.status(state) === 'running') {
      const { certificate } = solver.result(state, 'aborted');
      expect(certificate.marginalError).toBeLessThanOrEqual(1e-14);
      expect(certificate.smallestMass).toBeGreaterThan(0);
      expect(certificate.worstViolation).toBeLessThanOrEqual(1e-15);
      expect(certificate.dual).toBeLessThanOrEqual(optimum * (1 + 1e-12));
      expect(certificate.primal).toBeGreaterThanOrEqual(optimum * (1 - 1e-12));
      costs.push(certificate.primal);
      solver.step(state);
    }
    expect(costs.length).toBeGreaterThan(10);
    solver.dispose(state);
  });

  it('reports levels, pivots and the cost of its plan', async () => {
    const n = 300;
    const problem = createTransportProblem(
      pointClouds({ points: sequence(2 * n, 1), count: n, dim: 2 }, { points: sequence(2 * n, 2), count: n, dim: 2 }),
    );
    const events: unknown[] = [];
    const result = await run(networkSimplex(), problem, { onProgress: ({ progress }) => events.push(progress) });
    const last = events.at(-1) as { primal: number };
    expect(last).toMatchObject({ level: 4, levels: 4, points: 600, pivots: result.iterations });
    expect(Math.abs(last.primal - result.cost)).toBeLessThanOrEqual(1e-13 * result.certificate.largestCost);
  });

  it('keeps its accuracy where both clouds, or one of them, are far from the origin', () => {
    const dim = 2;
    // Multiples of 2^-20, so that adding 2^27 loses nothing.
    const grid = (seed: number) => sequence(160, seed).map((each) => Math.round(each * 2 ** 20) / 2 ** 20);
    const x = { points: grid(1), count: 80, dim };
    const y = { points: grid(2), count: 80, dim };
    const far = (cloud: typeof x) => ({ ...cloud, points: cloud.points.map((each) => each + 2 ** 27) });
    const near = solve(createTransportProblem(pointClouds(x, y)));
    const both = solve(createTransportProblem(pointClouds(far(x), far(y))));
    const one = solve(createTransportProblem(pointClouds(x, far(y))));
    expect(both.cost).toBe(near.cost);
    // A translation of one cloud changes no optimal plan.
    expect(one.coupling).toEqual(near.coupling);
  });

  it.each([
    [5, 1],
    [9, 1e-12],
    [9, 1e12],
    [12, 1e-130],
    [12, 1e130],
    [100, 1],
  ])('finds in dimension %i at scale %d what it finds in a matrix of the same costs', (dim, scale) => {
    const n = 150;
    for (const offset of [0, 1e4]) {
      const points = (seed: number, shift: number) =>
        sequence(n * dim, seed).map((each) => scale * (Math.round(each * 2 ** 20) / 2 ** 20 + shift));
      const x = { points: points(1, 0), count: n, dim };
      const y = { points: points(2, offset), count: n, dim };
      const geometry = pointClouds(x, y);
      const costs = Float64Array.from({ length: n * n }, (_, at) => costAt(geometry, Math.floor(at / n), at % n));
      const [a, b] = [3, 4].map((seed) => sequence(n, seed).map((each) => each + 1));
      const total = (weights: Float64Array) => weights.reduce((sum, each) => sum + each, 0);
      const weights = { a, b: b.map((each) => (each * total(a)) / total(b)) };
      for (const given of [undefined, weights]) {
        const solved = solve(createTransportProblem(geometry, given));
        const ofMatrix = solve(createTransportProblem(costMatrix(costs, { rows: n, columns: n }), given));
        expect(Math.abs(solved.cost - ofMatrix.cost)).toBeLessThanOrEqual(1e-13 * solved.certificate.largestCost);
      }
    }
  });

  it('tells costs apart that differ by less than float32 can hold', () => {
    const [n, dim] = [300, 6];
    // Corners of a cube, a little off: whole groups of pairs cost nearly the same.
    const corners = (seed: number) => {
      const offsets = sequence(n * dim, seed + 7);
      return sequence(n * dim, seed).map((each, at) => Math.round(each) + 1e-8 * offsets[at]);
    };
    const x = { points: corners(1), count: n, dim };
    const y = { points: corners(2), count: n, dim };
    solve(createTransportProblem(pointClouds(x, y)));
    const a = sequence(n, 3).map((each) => each + 0.5);
    const total = a.reduce((sum, each) => sum + each, 0);
    solve(createTransportProblem(pointClouds(x, y), { a, b: new Float64Array(n).fill(total / n) }));
  });

  it('gives every positive weight its place, however small', () => {
    const x = { points: sequence(60, 1), count: 30, dim: 2 };
    const y = { points: sequence(60, 2), count: 30, dim: 2 };
    const a = sequence(30, 3).map((each, i) => (i % 4 === 0 ? 1e-12 : i % 4 === 1 ? 1e-300 : each + 0.1));
    const total = a.reduce((sum, each) => sum + each, 0);
    const { coupling } = solve(
      createTransportProblem(pointClouds(x, y), { a, b: new Float64Array(30).fill(total / 30) }),
    );
    if (coupling.kind !== 'sparse') throw new Error('expected a sparse coupling');
    expect(new Set(coupling.rowIndex).size).toBe(30);
  });

  it('refuses problems that no WebAssembly memory can hold', () => {
    const count = 3_000_000;
    const cloud = { points: new Float64Array(count), count, dim: 1 };
    const problem = createTransportProblem(pointClouds(cloud, cloud));
    expect(() => networkSimplex().init(problem)).toThrow(RangeError);
  });

  it('refuses unknown options and budgets', () => {
    expect(() => networkSimplex({ budget: 1 } as never)).toThrow(RangeError);
    expect(() => networkSimplex({ stepBudget: 0 })).toThrow(RangeError);
    expect(() => networkSimplex({ stepBudget: '1' } as never)).toThrow(TypeError);
  });
});
