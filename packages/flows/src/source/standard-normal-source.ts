import { checkInteger, checkOptions } from '@brenier/errors';
import { checkRng, fillNormal } from '@brenier/random';
import type { PointSource } from './point-source.js';

/** Options of {@link standardNormalSource}. */
export interface StandardNormalSourceOptions {
  /** Coordinates per point. */
  readonly dim: number;
}

/**
 * Noise: the standard normal distribution N(0, I).
 *
 * @param options - the dimension
 * @returns a source; drawing costs one normal number a coordinate
 * @throws TypeError or RangeError where the dimension is not a whole number of at least 1
 *
 * @example
 * Noise for images of 28 by 28 pixels.
 * ```ts
 * import { standardNormalSource } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const noise = standardNormalSource({ dim: 784 }).draw(createRng(0), 10);
 * noise.length; // => 7840
 * ```
 */
export function standardNormalSource(options: StandardNormalSourceOptions): PointSource {
  const dim = checkInteger('dim', checkOptions('options', options, ['dim']).dim, 1);
  return {
    dim,
    draw: (rng, count) =>
      fillNormal(checkRng('rng', rng), new Float64Array(checkInteger('count', count, 1, 2 ** 31 - 1) * dim)),
  };
}
