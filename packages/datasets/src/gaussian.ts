import { checkFinite, checkInteger, checkNonNegative, checkOptions } from '@brenier/errors';
import { fillNormal, type Rng } from '@brenier/random';
import { createCloud, type PointCloud } from './point-cloud.js';

/** Options of {@link gaussian}. */
export interface GaussianOptions {
  /** The dimension of the space; default 2. */
  readonly dim?: number;
  /** The mean of every coordinate; default 0. */
  readonly mean?: number;
  /** The standard deviation of every coordinate, at least 0; default 1. */
  readonly sd?: number;
}

/**
 * Points of an isotropic normal distribution; by default N(0, I₂), the source of most experiments.
 *
 * @param rng - where the numbers come from
 * @param count - how many independent points, at least 1
 * @param options - dimension, mean and standard deviation
 * @returns the cloud; O(count · dim)
 * @throws TypeError or RangeError for a count or dim that is not a whole number >= 1, a mean that is not finite, a
 * negative sd, an unknown option, more numbers than memory holds
 *
 * @example
 * The ends of the Gaussian bridge between N(-0.1, I) and N(0.1, I) in five dimensions.
 * ```ts
 * import { gaussian } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const rng = createRng(1);
 * const source = gaussian(rng, 128, { dim: 5, mean: -0.1 });
 * const target = gaussian(rng, 128, { dim: 5, mean: 0.1 });
 * [source.dim, target.points.length]; // => [5, 640]
 * ```
 */
export function gaussian(rng: Rng, count: number, options?: GaussianOptions): PointCloud {
  const { dim = 2, mean = 0, sd = 1 } = checkOptions('options', options, ['dim', 'mean', 'sd']);
  checkInteger('dim', dim, 1, 2147483647);
  checkFinite('mean', mean);
  checkNonNegative('sd', sd);
  const cloud = createCloud(rng, count, dim);
  fillNormal(rng, cloud.points, { mean, sd });
  return cloud;
}
