import { checkInteger } from '@brenier/errors';
import { asPointCloud, type PointCloudLike } from '@brenier/ot-core';
import { checkRng, integer } from '@brenier/random';
import type { PointSource } from './point-source.js';

/**
 * The uniform distribution on the points of a finite set, such as a training set.
 *
 * Points are drawn with replacement: independent draws, as the theory of flow matching and the public protocol of the
 * OT-CFM authors have it. A batch may therefore hold one point twice, also where it is as large as the set.
 *
 * @param cloud - at least one point; copied
 * @returns a source; drawing costs O(count · dim)
 * @throws TypeError or RangeError where `cloud` is not a point cloud of finite numbers
 *
 * @example
 * Draws from the two ends of an interval.
 * ```ts
 * import { cloudSource } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const ends = cloudSource({ points: new Float64Array([-1, 1]), count: 2, dim: 1 });
 * ends.draw(createRng(0), 100).every((x) => Math.abs(x) === 1); // => true
 * ```
 */
export function cloudSource(cloud: PointCloudLike): PointSource {
  const { points, count: size, dim } = asPointCloud('cloud', cloud);
  return {
    dim,
    draw(rng, count) {
      checkRng('rng', rng);
      const drawn = new Float64Array(checkInteger('count', count, 1, 2 ** 31 - 1) * dim);
      for (let i = 0; i < count; i++) {
        const from = integer(rng, 0, size) * dim;
        for (let k = 0; k < dim; k++) drawn[i * dim + k] = points[from + k];
      }
      return drawn;
    },
  };
}
