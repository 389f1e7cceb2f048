import { checkOptions } from '@brenier/errors';
import { slicedWasserstein, type PointsInput } from '@brenier/ot-core';
import { checkRng, type Rng } from '@brenier/random';

/** Options of {@link slicedWasserstein2}. */
export interface SlicedWasserstein2Options {
  /** Number of random directions, at least 1; default 128. */
  readonly numProjections?: number;
  /** Coordinates per point; needed where points come as a flat array. */
  readonly dim?: number;
}

/** A sliced 2-Wasserstein distance by Monte Carlo. */
export interface SlicedWasserstein2Result {
  /** SW2, the root of `squared`, in units of x. */
  readonly value: number;
  /** The estimate of SW2²: the mean over directions of the squared distance of the projections. */
  readonly squared: number;
  /** The standard error of `squared` over the directions; `Infinity` for a single one. */
  readonly standardError: number;
}

/**
 * The sliced 2-Wasserstein distance between two sets of points, each with equal weights, along random directions.
 *
 * A cheap judge: O(n log n) per direction in any dimension, and with a sampling floor that does not grow with the
 * dimension. It never exceeds W2, and is smaller by √dim between translates.
 *
 * @param rng - where the directions come from: the fork `'directions'`; not advanced, so two scores with one generator
 *   share them
 * @param x - n points, shape [n, dim], in any form that `slicedWasserstein` of `@brenier/ot-core` takes
 * @param y - m points, shape [m, dim]
 * @param options - number of directions, dimension of flat arrays
 * @returns the distance, its square and the standard error of the square
 * @throws TypeError or RangeError where an argument is not valid
 *
 * @see Bonneel, Rabin, Peyré and Pfister, Sliced and Radon Wasserstein barycenters of measures (2015)
 *
 * @example
 * On the line every direction gives the exact distance.
 * ```ts
 * import { slicedWasserstein2 } from '@brenier/metrics';
 * import { createRng } from '@brenier/random';
 *
 * const { value } = slicedWasserstein2(createRng(0), [[0], [2]], [[5], [3]], { numProjections: 4 });
 * value; // => 3
 * ```
 */
export function slicedWasserstein2(
  rng: Rng,
  x: PointsInput,
  y: PointsInput,
  options?: SlicedWasserstein2Options,
): SlicedWasserstein2Result {
  checkRng('rng', rng);
  const { numProjections, dim } = checkOptions('options', options, ['numProjections', 'dim']);
  const directions = { rng: rng.fork('directions'), numProjections };
  const { distance, cost, standardError } = slicedWasserstein(x, y, { ...directions, dim });
  return { value: distance, squared: cost, standardError };
}
