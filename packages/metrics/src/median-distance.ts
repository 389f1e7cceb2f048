// The median heuristic: the scale of a data set is the median distance between its points.
import { sortFloat64 } from '@brenier/kernels';
import type { PointCloud } from '@brenier/ot-core';
import { visitDistances } from './distance-rows.js';

/** Points of both sets together that are looked at: two million pairs say enough of a median. */
const MOST_POINTS = 2048;

/**
 * The median distance between different points of two sets pooled, of evenly spaced points where there are many; 1 where
 * more than half of the distances are 0.
 */
export function medianDistance(x: PointCloud, y: PointCloud): number {
  const pool = thinned(x, y);
  const distances = new Float64Array((pool.count * (pool.count - 1)) / 2);
  let filled = 0;
  visitDistances(pool, pool, 1, (first, block) => {
    for (let start = 0; start < block.length; start += pool.count) {
      const i = first + start / pool.count;
      for (let j = 0; j < i; j++) distances[filled++] = block[start + j];
    }
  });
  const sorted = sortFloat64(distances);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return median > 0 ? median : 1;
}

function thinned(x: PointCloud, y: PointCloud): PointCloud {
  const { dim } = x;
  const total = x.count + y.count;
  const count = Math.min(total, MOST_POINTS);
  const points = new Float64Array(count * dim);
  for (let k = 0; k < count; k++) {
    const at = Math.floor((k * total) / count);
    const [from, i] = at < x.count ? [x.points, at] : [y.points, at - x.count];
    points.set(from.subarray(i * dim, (i + 1) * dim), k * dim);
  }
  return { points, count, dim };
}
