// Entropic optimal transport in one call: the front door of Sinkhorn's method.
import { checkOptions, type NumericArray } from '@brenier/errors';
import type { PointsInput } from './geometry/as-point-cloud.js';
import { isGeometry } from './geometry/check-geometry.js';
import type { Geometry, PointCost } from './geometry/geometry.js';
import { pointClouds } from './geometry/point-clouds.js';
import { createTransportProblem } from './problem/create-transport-problem.js';
import { runSync } from './solver/run.js';
import {
  SINKHORN_OPTIONS,
  type SinkhornResult,
  sinkhornSolver,
  type SinkhornSolverOptions,
} from './solver/sinkhorn.js';

/** Options of {@link sinkhorn} for a geometry. */
export interface SinkhornOptions extends SinkhornSolverOptions {
  /**
   * Masses of the rows, shape [rows], all >= 0. Default: equal masses, of total 1, or of the total of `b` where `b` is
   * given.
   */
  readonly a?: NumericArray;
  /** Masses of the columns, shape [columns], all >= 0. Default: equal masses with the total of `a`. */
  readonly b?: NumericArray;
}

/** Options of {@link sinkhorn} for points. */
export interface SinkhornPointsOptions extends SinkhornOptions {
  /**
   * Cost of a unit of mass: `'squared-euclidean'` is ‖x−y‖² without ½, `'euclidean'` is ‖x−y‖, `{ p, power }` is
   * ‖x−y‖_p^power. Default `'squared-euclidean'`.
   */
  readonly cost?: PointCost;
  /** Coordinates per point; needed where `x` or `y` is a flat array. */
  readonly dim?: number;
}

/** The options of {@link sinkhorn} for points. */
export const POINTS_OPTIONS = ['cost', 'dim', 'a', 'b', ...SINKHORN_OPTIONS] as const;

/**
 * Solves entropic optimal transport: the plan that minimises ⟨C,P⟩ + ε KL(P | a⊗b), by Sinkhorn's method in the log
 * domain.
 *
 * Blocks until done; for progress, abort and time limits call {@link run} with {@link sinkhornSolver}, which also
 * describes the method. Cost O(n · m) per sweep; the plan is not stored but recomputed from its potentials where it is
 * needed.
 *
 * @param x - n points, shape [n, dim]
 * @param y - m points, shape [m, dim]
 * @param options - ε (units of cost), weights, cost and stopping rules
 * @returns cost ⟨C,P⟩ and `entropicCost` ⟨C,P⟩ + ε KL, the implicit plan, potentials (unique up to a constant moved
 *   from f to g), a certificate recomputed in float64, and the status `'converged'` or `'max-iterations'`
 * @throws TypeError or RangeError for points, weights or options that do not fit, see {@link pointClouds},
 *   {@link createTransportProblem} and {@link sinkhornSolver}
 *
 * @see Cuturi, Sinkhorn distances: lightspeed computation of optimal transport (2013)
 *
 * @example
 * Three points on the line moved by one, with a little blur.
 * ```ts
 * import { sinkhorn } from '@brenier/ot-core';
 *
 * const { status, cost } = sinkhorn([[0], [1], [2]], [[1], [2], [3]], { epsilon: 0.2 });
 * status; // => 'converged'
 * cost.toFixed(3); // => '1.009'
 * ```
 */
export function sinkhorn(x: PointsInput, y: PointsInput, options: SinkhornPointsOptions): SinkhornResult;
/**
 * The same for any geometry, such as a cost matrix.
 *
 * @param geometry - what a unit of mass pays
 * @param options - ε (units of cost), weights and stopping rules
 *
 * @example
 * Costs that come as a matrix.
 * ```ts
 * import { costMatrix, sinkhorn } from '@brenier/ot-core';
 *
 * sinkhorn(costMatrix([[0, 1], [1, 0]]), { epsilon: 1 }).cost.toFixed(8); // => '0.26894142'
 * ```
 */
export function sinkhorn(geometry: Geometry, options: SinkhornOptions): SinkhornResult;
export function sinkhorn(
  ...given:
    [x: PointsInput, y: PointsInput, options: SinkhornPointsOptions] | [geometry: Geometry, options: SinkhornOptions]
): SinkhornResult {
  if (isGeometry(given[0])) return solve(given[0], given[1] as SinkhornOptions);
  const [x, y, options] = given as [PointsInput, PointsInput, SinkhornPointsOptions];
  const { cost, dim, ...rest } = checkOptions('options', options, POINTS_OPTIONS);
  return solve(pointClouds(x, y, { cost, dim }), rest);
}

function solve(geometry: Geometry, options: SinkhornOptions): SinkhornResult {
  const { a, b, ...solverOptions } = checkOptions('options', options, ['a', 'b', ...SINKHORN_OPTIONS]);
  const solver = sinkhornSolver(solverOptions);
  return runSync(solver, createTransportProblem(geometry, { a, b }));
}
