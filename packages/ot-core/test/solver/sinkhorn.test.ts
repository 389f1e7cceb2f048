import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  costMatrix,
  createTransportProblem,
  pointClouds,
  run,
  runSync,
  sinkhornSolver,
  toDense,
  type SinkhornSolverOptions,
} from '../../src/index.js';

function cloud(seed: number, count: number, dim = 2) {
  return { points: fillNormal(createRng(seed), new Float64Array(count * dim)), count, dim };
}

const geometry = pointClouds(cloud(1, 40), cloud(2, 30));
const problem = createTransportProblem(geometry);
const solve = (options: SinkhornSolverOptions) => runSync(sinkhornSolver(options), problem);

describe('sinkhornSolver', () => {
  it('gives the same answer whether the kernel is stored or recomputed, and from points or from their costs', () => {
    const options = { epsilon: 0.2, tolerance: 1e-12 };
    const stored = solve(options);
    const recomputed = solve({ ...options, memoryLimit: 0 });
    const costs = Array.from({ length: 40 }, (_, i) =>
      Array.from({ length: 30 }, (_, j) => {
        const [dx, dy] = [0, 1].map((k) => geometry.x.points[2 * i + k] - geometry.y.points[2 * j + k]);
        return dx * dx + dy * dy;
      }),
    );
    const matrix = runSync(sinkhornSolver(options), createTransportProblem(costMatrix(costs)));
    for (const other of [recomputed, matrix]) {
      expectAllClose(toDense(other.coupling).plan, toDense(stored.coupling).plan, { relative: 1e-9, absolute: 1e-15 });
      expectClose(other.entropicCost, stored.entropicCost, { relative: 1e-13 });
    }
  });

  it('gives the plan of its result without the proof, before, during and after the work', () => {
    const solver = sinkhornSolver({ epsilon: 0.2, epsilonSchedule: { start: 2 } });
    const heavy = Array.from({ length: 30 }, (_, j) => (j % 7 === 0 ? 0 : 40));
    for (const stopAfter of [0, 1, 3, 1000]) {
      const state = solver.init(createTransportProblem(geometry, { a: new Array<number>(40).fill(25), b: heavy }));
      for (let steps = 0; steps < stopAfter && solver.status(state) === 'running'; steps++) solver.step(state);
      expect(solver.coupling(state)).toEqual(solver.result(state, 'aborted').coupling);
      solver.dispose(state);
    }
  });

  it('reaches the same fixed point under any relaxation, never by a falling dual', () => {
    const plain = solve({ epsilon: 0.05, overRelaxation: 1, tolerance: 1e-11, maxIterations: 50_000 });
    for (const overRelaxation of ['auto', 1.5, 1.9] as const) {
      const solver = sinkhornSolver({ epsilon: 0.05, overRelaxation, tolerance: 1e-11, maxIterations: 50_000 });
      const relaxed = runSync(solver, problem);
      expect(relaxed.status).toBe('converged');
      expectClose(relaxed.entropicCost, plain.entropicCost, { relative: 1e-12 });
    }
    const duals = Array.from(
      { length: 12 },
      (_, k) => solve({ epsilon: 0.05, overRelaxation: 1.9, maxIterations: k + 1 }).certificate.dual,
    );
    for (let k = 1; k < duals.length; k++) expect(duals[k]).toBeGreaterThan(duals[k - 1]);
  });

  it('needs far fewer sweeps with the relaxation it finds than with none', () => {
    const plain = solve({ epsilon: 0.05, overRelaxation: 1 });
    const relaxed = solve({ epsilon: 0.05 });
    expect(relaxed.iterations).toBeLessThan(plain.iterations / 2);
  });

  it('reports the marginal error that the plan has', () => {
    for (const overRelaxation of [1, 1.7]) {
      const solver = sinkhornSolver({ epsilon: 0.3, overRelaxation });
      const state = solver.init(problem);
      for (let k = 0; k < 9; k++) solver.step(state); // small enough that a step is a sweep
      const { iterations, marginalError } = solver.progress(state);
      expect(iterations).toBe(9);
      const { plan } = toDense(solver.result(state, 'aborted').coupling);
      solver.dispose(state);
      const rows = new Float64Array(40);
      const columns = new Float64Array(30);
      plan.forEach((mass, at) => {
        rows[Math.floor(at / 30)] += mass;
        columns[at % 30] += mass;
      });
      const error =
        rows.reduce((sum, mass) => sum + Math.abs(mass - 1 / 40), 0) +
        columns.reduce((sum, mass) => sum + Math.abs(mass - 1 / 30), 0);
      expectClose(marginalError, error, { relative: 1e-9, absolute: 1e-14 });
    }
  });

  it('gives an answer with exact rows before its first step, and stops where it is told', async () => {
    const solver = sinkhornSolver({ epsilon: 0.3 });
    const stopped = runSync(solver, problem, { maxSteps: 0 });
    expect(stopped.status).toBe('max-iterations');
    expectClose(stopped.coupling.f.length, 40);
    expect(stopped.certificate.marginalError).toBeLessThan(1);
    const aborted = await run(solver, problem, { signal: AbortSignal.abort() });
    expect(aborted.status).toBe('aborted');
    expect(structuredClone(aborted)).toEqual(aborted);
  });

  it('cuts a large sweep into several steps without changing the answer', () => {
    const large = createTransportProblem(pointClouds(cloud(3, 1500), cloud(4, 1400)));
    const solver = sinkhornSolver({ epsilon: 1, tolerance: 1e-3 });
    const state = solver.init(large);
    solver.step(state);
    expect(solver.progress(state).iterations).toBe(0);
    while (solver.status(state) === 'running') solver.step(state);
    const result = solver.result(state, 'converged');
    solver.dispose(state);
    expect(result.certificate.marginalError * 1400).toBeLessThan(1e-3 * 1400);
    expect(result.iterations).toBeGreaterThan(1);
  });

  it('recovers columns that no row reaches at first', () => {
    // At this ε column 1 starts with a mass of e^-40000; c_ij is a sum of a row and a column term, so P = a⊗b.
    const far = createTransportProblem(
      costMatrix([
        [0, 400],
        [1, 401],
      ]),
    );
    const { status, coupling } = runSync(sinkhornSolver({ epsilon: 0.01 }), far);
    expect(status).toBe('converged');
    expectAllClose(toDense(coupling).plan, [0.25, 0.25, 0.25, 0.25], { relative: 1e-9 });
  });

  it('refuses weights whose reference a⊗b would vanish or overflow', () => {
    const pair = pointClouds([[0], [1]], [[0], [2]]);
    for (const weight of [1e-260, 1e-160, 1e160]) {
      const extreme = createTransportProblem(pair, { a: [weight, weight] });
      expect(() => runSync(sinkhornSolver({ epsilon: 1 }), extreme)).toThrow('"a" expected a total mass in');
    }
    // Far from both ends the answer only scales with the mass.
    const light = runSync(sinkhornSolver({ epsilon: 1 }), createTransportProblem(pair, { a: [1e-140, 1e-140] }));
    const usual = runSync(sinkhornSolver({ epsilon: 1 }), createTransportProblem(pair));
    expectClose(light.cost / 2e-140, usual.cost, { relative: 1e-12 });
  });
});
