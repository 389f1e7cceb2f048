// Distances between two clouds, a few rows at a time: what every metric over all pairs is made of.
import { pairwiseDistances, pairwiseSquaredDistances } from '@brenier/kernels';
import type { PointCloud } from '@brenier/ot-core';

/** Distances held at once: 4 MiB of float64. */
const BLOCK = 1 << 19;

/**
 * Visits distances in blocks of whole rows, in order: `visit(first, block)` gets those of the points from `first` on, row-
 * major, and may overwrite them. Squared distances for `power` 2. O(rows · columns · dim) time, 4 MiB or one row.
 */
export function visitDistances(
  x: PointCloud,
  y: PointCloud,
  power: 1 | 2,
  visit: (first: number, block: Float64Array) => void,
): void {
  const height = Math.max(1, Math.floor(BLOCK / y.count));
  const distances = power === 1 ? pairwiseDistances : pairwiseSquaredDistances;
  for (let first = 0; first < x.count; first += height) {
    const rows = x.points.subarray(first * x.dim, (first + height) * x.dim);
    visit(first, distances(rows, y.points, x.dim));
  }
}

/** The sum of all distances ‖x_i − y_j‖. Rows are summed first, so that rounding grows with their length alone. */
export function sumOfDistances(x: PointCloud, y: PointCloud): number {
  let sum = 0;
  visitDistances(x, y, 1, (_, block) => {
    for (let start = 0; start < block.length; start += y.count) {
      let row = 0;
      for (let j = 0; j < y.count; j++) row += block[start + j];
      sum += row;
    }
  });
  return sum;
}
