import { cos, sin } from '@brenier/elementary';
import { checkNonNegative, checkOptions } from '@brenier/errors';
import { type Rng } from '@brenier/random';
import { addNoise } from './add-noise.js';
import { createCloud, type PointCloud } from './point-cloud.js';

/** Options of {@link scurve}. */
export interface ScurveOptions {
  /** Standard deviation of the normal noise, before the scaling by 1.5; default 0.05. */
  readonly noise?: number;
}

/**
 * An S in the plane, as in the 2-D experiments of the bridge-matching papers.
 *
 * (x, z) = (sin t, sign(t)(cos t - 1)) with t uniform in [-3π/2, 3π/2), normal noise, times 1.5: the well-known
 * surface without its second coordinate.
 *
 * @param rng - where the parameter and the noise come from
 * @param count - how many independent points, at least 1
 * @param options - the noise
 * @returns the cloud, `dim` 2; O(count)
 * @throws TypeError or RangeError for a count that is not a whole number >= 1, a negative noise, an unknown option
 *
 * @example
 * Without noise the curve stays within ±1.5 by ±3.
 * ```ts
 * import { scurve } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const { points } = scurve(createRng(1), 500, { noise: 0 });
 * points.every((each, i) => Math.abs(each) <= (i % 2 === 0 ? 1.5 : 3)); // => true
 * ```
 */
export function scurve(rng: Rng, count: number, options?: ScurveOptions): PointCloud {
  const { noise = 0.05 } = checkOptions('options', options, ['noise']);
  checkNonNegative('noise', noise);
  const cloud = createCloud(rng, count, 2);
  const { points } = cloud;
  for (let i = 0; i < points.length; i += 2) {
    const t = 3 * Math.PI * (rng.uniform() - 0.5);
    points[i] = sin(t);
    points[i + 1] = Math.sign(t) * (cos(t) - 1);
  }
  addNoise(rng, points, noise);
  for (let i = 0; i < points.length; i++) points[i] *= 1.5;
  return cloud;
}
