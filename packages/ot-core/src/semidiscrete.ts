// Front door of semidiscrete optimal transport: a distribution to draw from, a finite target.
import { checkOptions } from '@brenier/errors';
import type { PointsInput } from './geometry/as-point-cloud.js';
import {
  createSemidiscreteProblem,
  type SemidiscreteProblemOptions,
  type SourceSampler,
} from './problem/semidiscrete-problem.js';
import { runSync } from './solver/run.js';
import {
  SEMIDISCRETE_OPTIONS,
  type SemidiscreteResult,
  semidiscreteSolver,
  type SemidiscreteSolverOptions,
} from './solver/semidiscrete.js';
import type { Rng } from '@brenier/random';

/** Options of {@link semidiscrete}. */
export interface SemidiscreteOptions extends SemidiscreteProblemOptions, SemidiscreteSolverOptions {}

/**
 * Solves semidiscrete optimal transport, from a distribution that one can draw from to a weighted finite cloud, and blocks
 * until it is done.
 *
 * The answer is one number a target: fresh draws then find their targets by {@link assignCells} in O(targets), so a
 * coupling of noise with a whole training set is computed once, saved, and used for every batch. For progress, abort and
 * time limits call {@link run} with {@link semidiscreteSolver}, which also describes the method.
 *
 * @param rng - where all draws come from, by forks; not advanced
 * @param source - draws points of the source: `(rng, count) => { points, count, dim }`
 * @param target - shape [count, dim], in any form of {@link PointsInput}
 * @param options - weights, ε, when to stop; see {@link SemidiscreteSolverOptions}
 * @returns potential, cost, and a certificate from fresh draws; plain data
 * @throws TypeError or RangeError where an argument is not valid: see {@link createSemidiscreteProblem} and
 *   {@link semidiscreteSolver}
 *
 * @see Mousavi-Hosseini, Zhang, Klein and Cuturi, Flow matching with semidiscrete couplings (2025)
 *
 * @example
 * Three points share the unit interval: each gets a third, though one of them is far out.
 * ```ts
 * import { assignCells, semidiscrete } from '@brenier/ot-core';
 * import { createRng, fillUniform, type Rng } from '@brenier/random';
 *
 * const interval = (rng: Rng, count: number) => ({ points: fillUniform(rng, new Float64Array(count)), count, dim: 1 });
 * const plan = semidiscrete(createRng(0), interval, [[0.1], [0.2], [9]]);
 * plan.status; // => 'converged'
 * assignCells(plan, [0.2, 0.5, 0.8]); // => Int32Array.of(0, 1, 2)
 * ```
 */
export function semidiscrete(
  rng: Rng,
  source: SourceSampler,
  target: PointsInput,
  options?: SemidiscreteOptions,
): SemidiscreteResult {
  const { b, dim, ...solverOptions } = checkOptions('options', options, ['b', 'dim', ...SEMIDISCRETE_OPTIONS]);
  const solver = semidiscreteSolver(solverOptions);
  return runSync(solver, createSemidiscreteProblem(rng, source, target, { b, dim }));
}
