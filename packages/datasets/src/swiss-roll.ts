import { cos, sin } from '@brenier/elementary';
import { checkNonNegative, checkOptions } from '@brenier/errors';
import { type Rng } from '@brenier/random';
import { addNoise } from './add-noise.js';
import { createCloud, type PointCloud } from './point-cloud.js';

/** Options of {@link swissRoll}. */
export interface SwissRollOptions {
  /** Standard deviation of the normal noise along each axis, before the division by 5; default 1. */
  readonly noise?: number;
}

/**
 * A Swiss roll in the plane: the well-known surface without its second coordinate.
 *
 * (t cos t, t sin t) with t uniform in [3π/2, 9π/2), normal noise, divided by 5. The defaults are those of the 2-D
 * experiments of FFJORD.
 *
 * @param rng - where the parameter and the noise come from
 * @param count - how many independent points, at least 1
 * @param options - the noise
 * @returns the cloud, `dim` 2, nearly within 2.83 of the origin; O(count)
 * @throws TypeError or RangeError for a count that is not a whole number >= 1, a negative noise, an unknown option
 *
 * @example
 * Without noise the distance from the origin is between 3π/10 and 9π/10.
 * ```ts
 * import { swissRoll } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const [x, y] = swissRoll(createRng(1), 1, { noise: 0 }).points;
 * const distance = Math.hypot(x, y);
 * distance > 0.942 && distance < 2.828; // => true
 * ```
 */
export function swissRoll(rng: Rng, count: number, options?: SwissRollOptions): PointCloud {
  const { noise = 1 } = checkOptions('options', options, ['noise']);
  checkNonNegative('noise', noise);
  const cloud = createCloud(rng, count, 2);
  const { points } = cloud;
  for (let i = 0; i < points.length; i += 2) {
    const t = 3 * Math.PI * (0.5 + rng.uniform());
    points[i] = t * cos(t);
    points[i + 1] = t * sin(t);
  }
  addNoise(rng, points, noise);
  for (let i = 0; i < points.length; i++) points[i] /= 5;
  return cloud;
}
