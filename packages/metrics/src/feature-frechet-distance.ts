import { checkOptions } from '@brenier/errors';
import type { PointsInput } from '@brenier/ot-core';
import { gaussianFrechetDistance, type GaussianFrechetDistanceResult } from './gaussian-frechet-distance.js';
import { readClouds } from './read-clouds.js';

/** Options of {@link featureFrechetDistance}. */
export interface FeatureFrechetDistanceOptions {
  /** Features per sample; needed where features come as a flat array. */
  readonly dim?: number;
}

/**
 * The Fréchet distance between the features of two sets of samples: normal distributions are fitted to both, and compared.
 *
 * The formula behind FID, for the features of any network: a number is comparable only with numbers from the same
 * features, the same count of samples, and the same reference. FID itself is `squared` for one particular Inception
 * network. The floor is about dim(dim + 5)/(2n) for white features: print that of two halves of the data beside it ({@link samplingFloor}).
 *
 * @param x - features of the samples to judge, shape [n, dim], n at least 2
 * @param y - features of the reference, shape [m, dim], m at least 2
 * @param options - the dimension of flat arrays
 * @returns the distance, its square and the parts of means and covariances; cost O((n + m) · dim² + dim³). Covariances have
 *   n − 1 in the denominator, as in the public code of FID
 * @throws TypeError or RangeError where features are not finite, fewer than two, or of different dimension
 *
 * @see Heusel, Ramsauer, Unterthiner, Nessler and Hochreiter, GANs trained by a two time-scale update rule converge to a
 *   local Nash equilibrium (2017), equation (6); Chong and Forsyth, Effectively unbiased FID and Inception score (2020),
 *   on its bias
 *
 * @example
 * Features moved by (3, 4): only the means differ.
 * ```ts
 * import { featureFrechetDistance } from '@brenier/metrics';
 *
 * const features = [[0, 0], [1, 0], [0, 1], [1, 1]];
 * const { meanPart } = featureFrechetDistance(features.map(([u, v]) => [u + 3, v + 4]), features);
 * meanPart; // => 25
 * ```
 */
export function featureFrechetDistance(
  x: PointsInput,
  y: PointsInput,
  options?: FeatureFrechetDistanceOptions,
): GaussianFrechetDistanceResult {
  const [first, second] = readClouds(x, y, checkOptions('options', options, ['dim']).dim);
  return gaussianFrechetDistance(first, second);
}
