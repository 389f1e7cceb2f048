// How far each point of a set is from its k-th nearest neighbour in the same set.
import { checkInteger } from '@brenier/errors';
import type { PointCloud } from '@brenier/ot-core';
import { visitDistances } from './distance-rows.js';

/** A number of neighbours that each of `count` points has; the name is that of the smallest set. */
export function checkNeighbours(neighbours: number, name: string, count: number): number {
  checkInteger('neighbours', neighbours, 1);
  if (neighbours < count) return neighbours;
  throw new RangeError(`"${name}" expected more points than "neighbours", which is ${neighbours}, got ${count}`);
}

/**
 * The squared distance from each point to its k-th nearest other point, shape [count]. A duplicate is another point.
 * O(count² · (dim + k)) at worst, since insertions become rare.
 */
export function squaredNeighbourRadii(x: PointCloud, k: number): Float64Array {
  const radii = new Float64Array(x.count);
  const nearest = new Float64Array(k);
  visitDistances(x, x, 2, (first, block) => {
    for (let start = 0; start < block.length; start += x.count) {
      const i = first + start / x.count;
      nearest.fill(Infinity);
      for (let j = 0; j < x.count; j++) {
        if (j !== i && block[start + j] < nearest[k - 1]) insert(nearest, block[start + j]);
      }
      radii[i] = nearest[k - 1];
    }
  });
  return radii;
}

/** Into an increasing list, whose last entry falls out. */
function insert(nearest: Float64Array, distance: number): void {
  let at = nearest.length - 1;
  for (; at > 0 && nearest[at - 1] > distance; at--) nearest[at] = nearest[at - 1];
  nearest[at] = distance;
}
