import { cos, sin } from '@brenier/elementary';
import { checkFiniteArray, checkNonNegative, checkNumericArray, checkOptions } from '@brenier/errors';
import { integer, type Rng } from '@brenier/random';
import { addNoise } from './add-noise.js';
import { createCloud, type PointCloud } from './point-cloud.js';

/** Options of {@link circles}. */
export interface CirclesOptions {
  /** The radius of each circle, at least one, none negative; default [1.5, 3]. */
  readonly radii?: readonly number[];
  /** Standard deviation of the normal noise along each axis, at least 0; default 0.24. */
  readonly noise?: number;
}

/**
 * Circles around the origin, each of the same mass: the classes that no straight line divides.
 *
 * The circle and the angle of a point are uniform. The defaults are those of the 2-D experiments of FFJORD; radii
 * [1, 2, 3, 4] with the noise of 0.08 · 3 are their rings.
 *
 * @param rng - where the circles, angles and noise come from
 * @param count - how many independent points, at least 1
 * @param options - radii and noise
 * @returns the cloud, `dim` 2; O(count)
 * @throws TypeError or RangeError for a count that is not a whole number >= 1, no radius or a negative one, a negative
 * noise, an unknown option
 *
 * @example
 * Without noise every point is on one of the circles.
 * ```ts
 * import { circles } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const { points } = circles(createRng(1), 1, { radii: [2], noise: 0 });
 * Math.abs(Math.hypot(points[0], points[1]) - 2) < 1e-12; // => true
 * ```
 */
export function circles(rng: Rng, count: number, options?: CirclesOptions): PointCloud {
  const { radii = [1.5, 3], noise = 0.24 } = checkOptions('options', options, ['radii', 'noise']);
  checkFiniteArray('radii', checkNumericArray('radii', radii));
  if (radii.length === 0) throw new RangeError('"radii" expected at least one radius, got none');
  for (let k = 0; k < radii.length; k++) checkNonNegative(`radii[${k}]`, radii[k]);
  checkNonNegative('noise', noise);
  const cloud = createCloud(rng, count, 2);
  const { points } = cloud;
  for (let i = 0; i < points.length; i += 2) {
    const radius = radii[integer(rng, 0, radii.length)];
    const angle = 2 * Math.PI * rng.uniform();
    points[i] = radius * cos(angle);
    points[i + 1] = radius * sin(angle);
  }
  addNoise(rng, points, noise);
  return cloud;
}
