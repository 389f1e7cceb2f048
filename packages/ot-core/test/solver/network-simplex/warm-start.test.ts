import { createRng, fillNormal } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import {
  createTransportProblem,
  independentCoupling,
  networkSimplex,
  pointClouds,
  runSync,
  type NetworkSimplexStart,
  type TransportProblem,
} from '@brenier/ot-core';
import { cloud, problemKinds } from './problem-kinds.js';

const rng = createRng(6);

function solve(problem: TransportProblem, start?: NetworkSimplexStart) {
  return runSync(networkSimplex({ start }), problem);
}

/** The clouds of a problem, each point moved by about `distance`. */
function moved(problem: TransportProblem, distance: number): TransportProblem {
  const { geometry, a, b } = problem;
  if (geometry.kind !== 'point-cloud') throw new Error('expected points');
  const shake = (label: string, { points, count, dim }: typeof geometry.x) => ({
    points: fillNormal(rng.fork(label), new Float64Array(points.length)).map((each, k) => points[k] + distance * each),
    count,
    dim,
  });
  const { cost } = geometry;
  return createTransportProblem(pointClouds(shake('x', geometry.x), shake('y', geometry.y), { cost }), { a, b });
}

describe('networkSimplex with start', () => {
  it.each(problemKinds)('finds the optimum from any start: %s', (_, problem) => {
    const cold = solve(problem);
    const { rows, columns } = problem.geometry;
    const noise = (count: number, scale: number) =>
      fillNormal(rng.fork(`${count} ${scale}`), new Float64Array(count)).map((each) => each * scale);
    const starts: readonly NetworkSimplexStart[] = [
      cold,
      { f: cold.f },
      { g: cold.g },
      { coupling: cold.coupling },
      { g: new Float64Array(columns) },
      { f: noise(rows, 1) },
      { g: noise(columns, 1), f: noise(rows, 1) },
      { g: noise(columns, 1e290) },
      { g: new Array<number>(columns).fill(-1.7e308) },
      { coupling: independentCoupling(problem.a, problem.b) },
    ];
    for (const start of starts) {
      const { status, certificate } = solve(problem, start);
      const scale = certificate.largestCost;
      expect(status).toBe('optimal');
      expect(certificate.worstViolation).toBeLessThanOrEqual(1e-12 * scale);
      expect(Math.abs(certificate.gap)).toBeLessThanOrEqual(1e-12 * scale * problem.mass);
      expect(certificate.marginalError).toBeLessThanOrEqual(1e-14 * problem.mass);
      expect(Math.abs(certificate.primal - cold.cost)).toBeLessThanOrEqual(1e-12 * scale * problem.mass);
    }
  });

  it('needs few pivots, and no coarse level, where the start is the answer', () => {
    for (const [, problem] of problemKinds) {
      const cold = solve(problem);
      expect(solve(problem, cold).iterations).toBeLessThan(0.4 * cold.iterations);
      const solver = networkSimplex({ start: cold, stepBudget: 1 });
      const state = solver.init(problem);
      solver.step(state);
      const { level, levels } = solver.progress(state);
      expect(level).toBe(levels);
      solver.dispose(state);
    }
  });

  it('needs a small share of the pivots of a cold start where points have moved a little', () => {
    const pairs = [
      createTransportProblem(pointClouds(cloud('x', 1000, 2), cloud('y', 1000, 2))),
      createTransportProblem(pointClouds(cloud('x', 400, 2), cloud('y', 400, 2), { cost: 'euclidean' })),
      createTransportProblem(pointClouds(cloud('x', 400, 20), cloud('y', 300, 20))),
    ];
    for (const before of pairs) {
      const after = moved(before, 1e-4);
      const cold = solve(after).iterations;
      const known = solve(before);
      expect(solve(after, { g: known.g }).iterations).toBeLessThan(0.5 * cold);
      expect(solve(after, known).iterations).toBeLessThan(0.4 * cold);
    }
  });

  it('refuses starts of another shape, and what is none', () => {
    const [, problem] = problemKinds[2];
    const init = (start: unknown) => networkSimplex({ start: start as NetworkSimplexStart }).init(problem);
    expect(() => init({ g: [1, 2] })).toThrow('"start.g" expected length 150, got 2');
    expect(() => init({ f: [1, 2] })).toThrow('"start.f" expected length 200, got 2');
    expect(() => init({ coupling: independentCoupling([1], [1]) })).toThrow('expected shape [200, 150], got [1, 1]');
    expect(() => init({ g: new Float64Array(150).fill(NaN) })).toThrow('"start.g[0]" expected a finite number');
    expect(() => init({ f: new Float64Array(200).fill(Infinity) })).toThrow(RangeError);
    expect(() => init({})).toThrow(TypeError);
    expect(() => init(null)).toThrow(TypeError);
    expect(() => init({ g: 'potentials' })).toThrow(TypeError);
  });
});
