import { categorical, createAliasTable } from '@brenier/random';
import { createCloud, type PointSampler } from './point-cloud.js';
import { edgesOf, type Edge, type Ring } from './rings.js';

/**
 * Draws points along the outline of a polygon, uniform in its length.
 *
 * @param rings - the outlines, vertices [x, y] within ±1e100; read at once
 * @returns a sampler of independent points in the coordinates of the rings, `dim` 2; O(edges) to prepare, O(1) a point
 * @throws TypeError or RangeError where the rings are none, a ring has fewer than three vertices, a vertex is not two finite numbers,
 * or all vertices are one point
 *
 * @example
 * The outline of a square.
 * ```ts
 * import { outlineSampler } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const sample = outlineSampler([[[-1, -1], [1, -1], [1, 1], [-1, 1]]]);
 * const [x, y] = sample(createRng(1), 1).points;
 * Math.max(Math.abs(x), Math.abs(y)); // => 1
 * ```
 */
export function outlineSampler(rings: readonly Ring[]): PointSampler {
  const edges = edgesOf(rings);
  const lengths = edges.map(lengthOf);
  if (!lengths.some((length) => length > 0)) throw new RangeError('"rings" expected a length > 0, got a single point');
  const table = createAliasTable(lengths);
  return (rng, count) => {
    const cloud = createCloud(rng, count, 2);
    for (let i = 0; i < count; i++) {
      const { x0, y0, x1, y1 } = edges[categorical(rng, table)];
      const s = rng.uniform();
      cloud.points[2 * i] = x0 + s * (x1 - x0);
      cloud.points[2 * i + 1] = y0 + s * (y1 - y0);
    }
    return cloud;
  };
}

function lengthOf({ x0, y0, x1, y1 }: Edge): number {
  return Math.sqrt((x1 - x0) ** 2 + (y1 - y0) ** 2);
}
