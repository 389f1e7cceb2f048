// Front door of exact optimal transport. Other names: earth mover's distance, transportation problem, Monge–Kantorovich
// problem.
import { checkOptions, type NumericArray } from '@brenier/errors';
import type { PointsInput } from './geometry/as-point-cloud.js';
import { isGeometry } from './geometry/check-geometry.js';
import type { Geometry, PointCost } from './geometry/geometry.js';
import { pointClouds } from './geometry/point-clouds.js';
import { createTransportProblem } from './problem/create-transport-problem.js';
import {
  networkSimplex,
  type NetworkSimplexResult,
  type UncertifiedNetworkSimplexResult,
} from './solver/network-simplex.js';
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
  /**
   * Cost of a unit of mass, only beside points: a name, or `{ p, power }` for ‖x−y‖_p^power. Default
   * `'squared-euclidean'`, which is ‖x−y‖² without ½.
   */
  readonly cost?: PointCost;
  /** Coordinates per point; needed where points come as a flat array, and only beside points. */
  readonly dim?: number;
  /** Whether the result carries its proof, one sweep over all pairs. Default `true`. */
  readonly certify?: boolean;
}

/**
 * Solves optimal transport exactly, with a proof, and blocks until it is done.
 *
 * `cost` is ⟨C,P⟩: for the 2-Wasserstein distance of probability measures take its square root. For progress events,
 * abort and time limits use `run(networkSimplex(), createTransportProblem(geometry, { a, b }))`, of which this is the
 * short form.
 *
 * About O(n^1.6) time for n points in the plane, O(n^1.3) up to some thousand; O(n) memory; see {@link networkSimplex}.
 * The certificate takes one more sweep over all pairs: see {@link certifyExact}.
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
export function emd(
  x: PointsInput,
  y: PointsInput,
  options?: EmdOptions & { readonly certify?: true },
): NetworkSimplexResult;
/**
 * Solves optimal transport exactly between points, without the proof where `certify` is `false`.
 *
 * @param x - n points, shape [n, dim]
 * @param y - m points, shape [m, dim]
 * @param options - weights, cost, dimension
 * @returns the optimal coupling with its cost and potentials, the same bits as with a certificate; plain data
 * @throws TypeError where an input is of the wrong kind; RangeError where it is refused, as above
 *
 * @example
 * The cost alone.
 * ```ts
 * import { emd } from '@brenier/ot-core';
 *
 * emd([[0], [1]], [[1], [2]], { certify: false }).cost; // => 1
 * ```
 */
export function emd(
  x: PointsInput,
  y: PointsInput,
  options: EmdOptions & { readonly certify: false },
): UncertifiedNetworkSimplexResult;
/**
 * Solves optimal transport exactly for a given geometry, without the proof where `certify` is `false`.
 *
 * @param geometry - costs from {@link pointClouds} or {@link costMatrix}
 * @param options - weights
 * @returns the optimal coupling with its cost and potentials, the same bits as with a certificate; plain data
 * @throws TypeError where an input is of the wrong kind; RangeError where it is refused, as above
 *
 * @example
 * The cost alone.
 * ```ts
 * import { costMatrix, emd } from '@brenier/ot-core';
 *
 * emd(costMatrix([[1, 2], [4, 3]]), { certify: false }).cost; // => 2
 * ```
 */
export function emd(
  geometry: Geometry,
  options: Omit<EmdOptions, 'cost' | 'dim'> & { readonly certify: false },
): UncertifiedNetworkSimplexResult;
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
export function emd(
  geometry: Geometry,
  options?: Omit<EmdOptions, 'cost' | 'dim'> & { readonly certify?: true },
): NetworkSimplexResult;
export function emd(
  source: PointsInput | Geometry,
  targetOrOptions?: PointsInput | EmdOptions,
  pointOptions?: EmdOptions,
): NetworkSimplexResult | UncertifiedNetworkSimplexResult {
  if (isGeometry(source)) {
    return solve(source, checkOptions('options', targetOrOptions as EmdOptions | undefined, ['a', 'b', 'certify']));
  }
  const given = checkOptions('options', pointOptions, ['a', 'b', 'cost', 'dim', 'certify']);
  const { a, b, certify, ...options } = given;
  return solve(pointClouds(source, targetOrOptions as PointsInput, options), { a, b, certify });
}

function solve(
  geometry: Geometry,
  { a, b, certify }: Pick<EmdOptions, 'a' | 'b' | 'certify'>,
): NetworkSimplexResult | UncertifiedNetworkSimplexResult {
  return runSync(networkSimplex({ certify }), createTransportProblem(geometry, { a, b }));
}
