import { checkOptions } from '@brenier/errors';
import { emd, type Certificate, type PointsInput, type SolveStatus } from '@brenier/ot-core';

/** Options of {@link wasserstein2}. */
export interface Wasserstein2Options {
  /** Coordinates per point; needed where points come as a flat array. */
  readonly dim?: number;
}

/** A 2-Wasserstein distance with its proof. */
export interface Wasserstein2Result {
  /** W2, the root: what the tables of flow matching call 2-Wasserstein. In units of x. */
  readonly value: number;
  /** W2², the mean squared distance of the optimal pairs. */
  readonly squared: number;
  /** How the solver ended; `'optimal'` where the distance is proved. */
  readonly status: SolveStatus;
  /** The proof: W2² lies in [certificate.dual, certificate.primal] up to rounding. */
  readonly certificate: Certificate;
}

/**
 * The exact 2-Wasserstein distance between two sets of points, each with equal weights.
 *
 * It is the distance of the samples, not of the distributions behind them: two perfect samples of n points of the same
 * distribution are up to O(n^(−1/max(dim, 4))) apart. See {@link samplingFloor}.
 *
 * @param x - n points, shape [n, dim], in any form that `emd` takes
 * @param y - m points, shape [m, dim]
 * @param options - the dimension of flat arrays
 * @returns the distance, its square and the certificate; exact to about 1e-12 of the largest squared distance. Cost:
 *   one exact transport problem, about O(n^1.6) in the plane for n = m, and one certifying sweep over all pairs
 * @throws TypeError or RangeError where points are empty, not finite or of different dimension
 *
 * @see Peyré and Cuturi, Computational Optimal Transport (2019), proposition 2.2
 *
 * @example
 * A cloud and its translate are apart by the length of the shift.
 * ```ts
 * import { wasserstein2 } from '@brenier/metrics';
 *
 * const { value, squared, status } = wasserstein2([[0, 0], [1, 0]], [[3, 4], [4, 4]]);
 * value; // => 5
 * squared; // => 25
 * status; // => 'optimal'
 * ```
 */
export function wasserstein2(x: PointsInput, y: PointsInput, options?: Wasserstein2Options): Wasserstein2Result {
  const { cost, status, certificate } = emd(x, y, checkOptions('options', options, ['dim']));
  const squared = Math.max(0, cost);
  return { value: Math.sqrt(squared), squared, status, certificate };
}
