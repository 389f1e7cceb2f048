import { checkOptions } from '@brenier/errors';
import { emd, type Certificate, type PointsInput, type SolveStatus } from '@brenier/ot-core';

/** Options of {@link wasserstein1}. */
export interface Wasserstein1Options {
  /** Coordinates per point; needed where points come as a flat array. */
  readonly dim?: number;
}

/** A 1-Wasserstein distance with its proof. */
export interface Wasserstein1Result {
  /** W1, the mean distance of the optimal pairs, in units of x. */
  readonly value: number;
  /** How the solver ended; `'optimal'` where the distance is proved. */
  readonly status: SolveStatus;
  /** The proof: W1 lies in [certificate.dual, certificate.primal] up to rounding. */
  readonly certificate: Certificate;
}

/**
 * The exact 1-Wasserstein distance between two sets of points, each with equal weights: the earth mover's distance.
 *
 * The cost is the Euclidean distance itself, so W1 ≤ W2 and outliers weigh less. It is the distance of the samples; see
 * {@link samplingFloor}. Slower than {@link wasserstein2} in the plane, since the exact solver has its fast path for
 * squares; on the line use `wasserstein1d` of `@brenier/ot-core`.
 *
 * @param x - n points, shape [n, dim], in any form that `emd` takes
 * @param y - m points, shape [m, dim]
 * @param options - the dimension of flat arrays
 * @returns the distance and the certificate; exact to about 1e-12 of the largest distance. Cost: one exact transport
 *   problem, about O(n²) per pricing round, and one certifying sweep
 * @throws TypeError or RangeError where points are empty, not finite or of different dimension
 *
 * @see Peyré and Cuturi, Computational Optimal Transport (2019), section 6
 *
 * @example
 * A point in the middle moves by one to either side.
 * ```ts
 * import { wasserstein1 } from '@brenier/metrics';
 *
 * const { value, status } = wasserstein1([[0, 0], [0, 0]], [[1, 0], [-1, 0]]);
 * value; // => 1
 * status; // => 'optimal'
 * ```
 */
export function wasserstein1(x: PointsInput, y: PointsInput, options?: Wasserstein1Options): Wasserstein1Result {
  const { dim } = checkOptions('options', options, ['dim']);
  const { cost, status, certificate } = emd(x, y, { dim, cost: 'euclidean' });
  return { value: Math.max(0, cost), status, certificate };
}
