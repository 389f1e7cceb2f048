// One entry of the cost, whatever holds it.
import { checkInteger } from '@brenier/errors';
import { checkGeometry } from './check-geometry.js';
import type { Geometry, PointCloudGeometry } from './geometry.js';
import { normCostBetween } from './norm-cost.js';

/**
 * The cost c_ij of moving a unit of mass from row i to column j.
 *
 * Distances are summed over coordinate differences in order, so they lose no digits to a common offset of the clouds; the
 * relative error of a square is at most (dim + 2) · 2⁻⁵³, that of ‖x−y‖_p^power about (dim + p + power) · 2⁻⁵². Cost O(dim).
 *
 * @param geometry - where the cost is defined
 * @param i - row, from 0
 * @param j - column, from 0
 * @returns c_ij, +∞ for a forbidden pair of a matrix
 * @throws TypeError or RangeError where an index is not a whole number inside the geometry
 *
 * @example
 * The squared distance, without ½.
 * ```ts
 * import { costAt, pointClouds } from '@brenier/ot-core';
 *
 * costAt(pointClouds([[0, 0]], [[3, 4]]), 0, 0); // => 25
 * ```
 */
export function costAt(geometry: Geometry, i: number, j: number): number {
  checkInteger('i', i, 0, checkGeometry('geometry', geometry).rows - 1);
  checkInteger('j', j, 0, geometry.columns - 1);
  return costBetween(geometry, i, j);
}

/** {@link costAt} without its guards, for loops whose indices are known to be valid. */
export function costBetween(geometry: Geometry, i: number, j: number): number {
  if (geometry.kind === 'matrix') return geometry.costs[i * geometry.columns + j];
  const { x, y, cost } = geometry;
  if (typeof cost === 'object') return normCostBetween(x.points, i * x.dim, y.points, j * y.dim, x.dim, cost);
  const squared = squaredDistance(geometry, i, j);
  return cost === 'euclidean' ? Math.sqrt(squared) : squared;
}

function squaredDistance({ x, y }: PointCloudGeometry, i: number, j: number): number {
  const dim = x.dim;
  let sum = 0;
  for (let k = 0; k < dim; k++) {
    const difference = x.points[i * dim + k] - y.points[j * dim + k];
    sum += difference * difference;
  }
  return sum;
}
