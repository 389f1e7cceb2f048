import { checkFunction, checkInteger, checkOptions, describeValue } from '@brenier/errors';
import type { PointCloud } from '@brenier/ot-core';
import { checkRng, type Rng } from '@brenier/random';
import type { PointSource } from './point-source.js';

/** Options of {@link generatorSource}. */
export interface GeneratorSourceOptions {
  /** Coordinates per point of what the generator makes. */
  readonly dim: number;
}

/**
 * The distribution of a generator, which makes fresh points at every draw, as those of `@brenier/datasets` do. Where it deals
 * the points of a call out evenly, as `moons` and `eightGaussians` do, those of a batch are not independent, and a small
 * batch follows another law: draw such a set once, of many points, for {@link cloudSource}.
 *
 * @param generate - makes `count` points from `rng`
 * @param options - the dimension, which a function does not tell
 * @returns a source
 * @throws TypeError or RangeError where an argument is not valid; drawing throws where the generator's dimension
 *   differs
 *
 * @example
 * Normal numbers in the plane.
 * ```ts
 * import { generatorSource } from '@brenier/flows';
 * import { createRng, fillNormal, type Rng } from '@brenier/random';
 *
 * const gaussian = (rng: Rng, count: number) => ({
 *   points: fillNormal(rng, new Float64Array(2 * count)),
 *   count,
 *   dim: 2,
 * });
 * const source = generatorSource(gaussian, { dim: 2 });
 * source.draw(createRng(0), 5).length; // => 10
 * ```
 */
export function generatorSource(
  generate: (rng: Rng, count: number) => PointCloud,
  options: GeneratorSourceOptions,
): PointSource {
  checkFunction('generate', generate);
  const dim = checkInteger('dim', checkOptions('options', options, ['dim']).dim, 1);
  return {
    dim,
    draw(rng, count) {
      const cloud = generate(checkRng('rng', rng), checkInteger('count', count, 1));
      if (cloud?.dim !== dim) {
        const found = describeValue(typeof cloud?.dim === 'number' ? cloud.dim : cloud);
        throw new RangeError(`"generate" expected to make points of dimension ${dim}, got ${found}`);
      }
      return cloud.points;
    },
  };
}
