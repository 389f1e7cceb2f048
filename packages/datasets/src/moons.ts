import { checkNonNegative, checkOptions } from '@brenier/errors';
import { type Rng } from '@brenier/random';
import { addNoise } from './add-noise.js';
import { fillHalfCircles } from './half-circles.js';
import { createCloud, type PointCloud } from './point-cloud.js';

/** Options of {@link moons}. */
export interface MoonsOptions {
  /** Standard deviation of the normal noise, before the scaling by 2; default 0.05. */
  readonly noise?: number;
}

/**
 * Two interleaved half circles, as in the 2-D experiments of the bridge-matching papers.
 *
 * Evenly spaced angles on two unit half circles, normal noise, then (x, y) ↦ (2x - 1, 2y): the mean is (0, ½). (With
 * -1 on both coordinates the law would be the mirror image through the origin, so its distances to a centred Gaussian
 * are the same.)
 *
 * The angles are even in every cloud, tips included, not drawn: a small cloud is no sample of independent points, and one
 * point of a half circle always lies at its right or left tip. For independent draws take points of a large cloud, as
 * `cloudSource(moons(rng, 10_000))` of `@brenier/flows` does.
 *
 * @param rng - where the noise and the order of the points come from
 * @param count - how many points, at least 1: floor(count / 2) on the upper half circle, the rest on the lower
 * @param options - the noise
 * @returns the cloud, `dim` 2, in random order; O(count)
 * @throws TypeError or RangeError for a count that is not a whole number >= 1, a negative noise, an unknown option
 *
 * @example
 * The table variant; without noise every point is at distance 2 from the centre of one of the circles.
 * ```ts
 * import { moons } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const cloud = moons(createRng(1), 100, { noise: 0 });
 * cloud.points.length; // => 200
 * const [x, y] = cloud.points;
 * const distances = [Math.hypot(x + 1, y), Math.hypot(x - 1, y - 1)];
 * distances.some((each) => Math.abs(each - 2) < 1e-12); // => true
 * ```
 */
export function moons(rng: Rng, count: number, options?: MoonsOptions): PointCloud {
  const { noise = 0.05 } = checkOptions('options', options, ['noise']);
  checkNonNegative('noise', noise);
  const cloud = createCloud(rng, count, 2);
  const { points } = cloud;
  fillHalfCircles(rng, points, count);
  addNoise(rng, points, noise);
  for (let i = 0; i < points.length; i += 2) {
    points[i] = 2 * points[i] - 1;
    points[i + 1] = 2 * points[i + 1];
  }
  return cloud;
}

/** Options of {@link moonsTutorial}. */
export interface MoonsTutorialOptions {
  /** The noise is uniform in [0, noise), before the scaling by 3; default 0.2. */
  readonly noise?: number;
}

/**
 * The half circles of the conditional-flow-matching tutorials: 3 · (half circles + uniform noise) - 1. Not the
 * variant of the tables.
 *
 * The noise is uniform in [0, noise) and, as in the generator those tutorials call, one number shifts both
 * coordinates of a point. Angles are even, as in {@link moons}: a small cloud is no sample of independent points.
 *
 * @param rng - where the noise and the order of the points come from
 * @param count - how many points, at least 1: floor(count / 2) on the upper half circle, the rest on the lower
 * @param options - the noise
 * @returns the cloud, `dim` 2, in random order; O(count)
 * @throws TypeError or RangeError for a count that is not a whole number >= 1, a negative noise, an unknown option
 *
 * @example
 * The tutorials' moons, the target that their flows reach from eight Gaussians.
 * ```ts
 * import { moonsTutorial } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * moonsTutorial(createRng(1), 256).count; // => 256
 * ```
 */
export function moonsTutorial(rng: Rng, count: number, options?: MoonsTutorialOptions): PointCloud {
  const { noise = 0.2 } = checkOptions('options', options, ['noise']);
  checkNonNegative('noise', noise);
  const cloud = createCloud(rng, count, 2);
  const { points } = cloud;
  fillHalfCircles(rng, points, count);
  for (let i = 0; i < points.length; i += 2) {
    const shift = noise * rng.uniform();
    points[i] = 3 * (points[i] + shift) - 1;
    points[i + 1] = 3 * (points[i + 1] + shift) - 1;
  }
  return cloud;
}
