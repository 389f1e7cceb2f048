import { cos, sin } from '@brenier/elementary';
import { checkNonNegative, checkOptions } from '@brenier/errors';
import { type Rng } from '@brenier/random';
import { addNoise } from './add-noise.js';
import { createCloud, type PointCloud } from './point-cloud.js';

/** Options of {@link spirals}. */
export interface SpiralsOptions {
  /** A point of the first spiral is shifted by uniform numbers in [0, jitter), before the division by 3; default 0.5. */
  readonly jitter?: number;
  /** Standard deviation of the normal noise along each axis, at least 0; default 0.1. */
  readonly noise?: number;
}

/**
 * Two spirals of one and a half turns, one the other turned by half a turn.
 *
 * ±(φ (-cos φ, sin φ) + jitter · (u, v)) / 3 with φ = 3π √w, u, v, w uniform in [0, 1) and a sign of a coin, plus normal
 * noise. The root makes the density along the curve nearly even. The defaults are those of the 2-D experiments of FFJORD.
 *
 * @param rng - where the spirals, the places on them and the noise come from
 * @param count - how many independent points, at least 1
 * @param options - jitter and noise
 * @returns the cloud, `dim` 2, nearly within π of the origin; O(count)
 * @throws TypeError or RangeError for a count that is not a whole number >= 1, a negative jitter or noise, an unknown
 * option
 *
 * @example
 * The distance from the origin tells the angle.
 * ```ts
 * import { spirals } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const [x, y] = spirals(createRng(1), 1, { jitter: 0, noise: 0 }).points;
 * const angle = 3 * Math.hypot(x, y);
 * Math.abs(Math.abs(x * Math.cos(angle) - y * Math.sin(angle)) - angle / 3) < 1e-12; // => true
 * ```
 */
export function spirals(rng: Rng, count: number, options?: SpiralsOptions): PointCloud {
  const { jitter = 0.5, noise = 0.1 } = checkOptions('options', options, ['jitter', 'noise']);
  checkNonNegative('jitter', jitter);
  checkNonNegative('noise', noise);
  const cloud = createCloud(rng, count, 2);
  const { points } = cloud;
  for (let i = 0; i < points.length; i += 2) {
    const sign = rng.uniform() < 0.5 ? 1 : -1;
    const angle = 3 * Math.PI * Math.sqrt(rng.uniform());
    points[i] = (sign * (jitter * rng.uniform() - angle * cos(angle))) / 3;
    points[i + 1] = (sign * (jitter * rng.uniform() + angle * sin(angle))) / 3;
  }
  addNoise(rng, points, noise);
  return cloud;
}
