// Front door of exact optimal transport. Other names: earth mover's distance, transportation problem, Monge–Kantorovich
// problem.
import { checkOptions, type NumericArray } from '@brenier/errors';
import type { PointsInput } from './geometry/as-point-cloud.js';
import { isGeometry } from './geometry/check-geometry.js';
import type { CostName, Geometry } from './geometry/geometry.js';
import { pointClouds } from './geometry/point-clouds.js';
import { createTransportProblem } from './problem/create-transport-problem.js';
import { networkSimplex, type NetworkSimplexResult } from './solver/network-simplex.js';
import { runSync } from './solver/run.js';

/** Options of {@link emd}. */
export interface EmdOptions {
  /**
   * Masses of the rows, shape [rows], >= 0. Default: equal masses, of total 1, or of the total of `b` where `b` is
   * given.
   */
  readonly a?: NumericArray;
  /** Masses of the columns, shape [columns], >= 0. Default: equal masses with the total of `a`. */
  readonly b?: NumericArray;
  /** Cost of a unit of mass; only beside points. Default `'squared-euclidean'`, which is ‖x−y‖² without ½. */
  readonly cost?: CostName;
  /** Coordinates per point; needed where points come as a flat array, and only beside points. */
  readonly dim?: number;
}

/**
 * Solves optimal transport exactly, with a proof, and blocks until it is done.
 *
 * `cost` is ⟨C,P⟩: for the 2-Wasserstein distance of probability measures take its square root. For progress events,
 * abort and time limits use `run(networkSimplex(), createTransportProblem(geometry, { a, b }))`, of which this is the
 * short form.
 *
 * About O(n^1.3) time for n points in the plane, O(n) memory; see {@link networkSimplex}. The certificate takes one
 * more sweep over all pairs: see {@link certifyExact}.
 *
 * @param x - n points, shape [n, dim], in any form of {@link PointsInput}
 * @param y - m points, shape [m, dim]
 * @param options - weights, cost, dimension
 * @returns the optimal coupling (a permutation where n = m and all weights are equal, else a list of entries), its
 *   cost, potentials and certificate; plain data
 * @throws TypeError where an input is of the wrong kind; RangeError where points, costs or weights are refused: see
 *   {@link pointClouds} and {@link createTransportProblem}
 * @see Peyré and Cuturi, Computational Optimal Transport (2019), chapter 3
 *
 * @example
 * Two points of the plane move to two others; crossing would cost more.
 * ```ts
 * import { emd } from '@brenier/ot-core';
 *
 * const result = emd([[0, 0], [4, 0]], [[5, 0], [0, 1]]);
 * result.cost; // => 1
 * result.coupling.kind === 'permutation' && [...result.coupling.columnOfRow]; // => [1, 0]
 * result.certificate.gap; // => 0
 * ```
 */
export function emd(x: PointsInput, y: PointsInput, options?: EmdOptions): NetworkSimplexResult;
/**
 * Solves optimal transport exactly for a given geometry.
 *
 * @param geometry - costs from {@link pointClouds} or {@link costMatrix}
 * @param options - weights
 * @returns the optimal coupling with its cost, potentials and certificate; plain data
 * @throws TypeError where an input is of the wrong kind; RangeError where weights are refused: see
 *   {@link createTransportProblem}
 *
 * @example
 * Three workers, three jobs, what each pair costs, and one job for each worker.
 * ```ts
 * import { costMatrix, emd } from '@brenier/ot-core';
 *
 * const { cost } = emd(costMatrix([[10, 10, 8], [9, 8, 1], [9, 7, 4]]), { a: [1, 1, 1], b: [1, 1, 1] });
 * cost; // => 18
 * ```
 */
export function emd(geometry: Geometry, options?: Omit<EmdOptions, 'cost' | 'dim'>): NetworkSimplexResult;
export function emd(
  source: PointsInput | Geometry,
  targetOrOptions?: PointsInput | EmdOptions,
  pointOptions?: EmdOptions,
): NetworkSimplexResult {
  if (isGeometry(source)) {
    const { a, b } = checkOptions('options', targetOrOptions as EmdOptions | undefined, ['a', 'b']);
    return solve(source, a, b);
  }
  const { a, b, ...options } = checkOptions('options', pointOptions, ['a', 'b', 'cost', 'dim']);
  return solve(pointClouds(source, targetOrOptions as PointsInput, options), a, b);
}

function solve(geometry: Geometry, a: NumericArray | undefined, b: NumericArray | undefined): NetworkSimplexResult {
  return runSync(networkSimplex(), createTransportProblem(geometry, { a, b }));
}
