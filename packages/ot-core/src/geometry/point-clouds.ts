// The cost between two clouds, held as the clouds themselves: O((n + m) dim) memory, each cost computed where it is
// needed.
import { checkOptions } from '@brenier/errors';
import { asPointCloud, type PointsInput } from './as-point-cloud.js';
import { checkCostScale } from './cost-scale.js';
import type { PointCloud, PointCloudGeometry, PointCost } from './geometry.js';
import { costOfOffset, largestTermOfOffset, readPointCost } from './norm-cost.js';

/** Options of {@link pointClouds}. */
export interface PointCloudsOptions {
  /**
   * Cost of a unit of mass: `'squared-euclidean'` is ‖x−y‖² without ½, `'euclidean'` is ‖x−y‖, `{ p, power }` is
   * ‖x−y‖_p^power. Default `'squared-euclidean'`.
   */
  readonly cost?: PointCost;
  /** Coordinates per point; needed where `x` or `y` is a flat array. */
  readonly dim?: number;
}

/**
 * The geometry of two point clouds: costs computed on demand, never stored as a matrix.
 *
 * Cost O((n + m) · dim) time and memory; the points are copied.
 *
 * @param x - n points, shape [n, dim], in any form of {@link PointsInput}
 * @param y - m points, shape [m, dim]
 * @returns a frozen geometry with n rows and m columns; plain data, `postMessage` works
 * @throws TypeError or RangeError where {@link asPointCloud} refuses a cloud, the dimensions differ, an option is
 *   unknown, or the clouds are so far apart that costs overflow
 *
 * @example
 * Two points against three on the line, with the plain distance.
 * ```ts
 * import { costAt, pointClouds } from '@brenier/ot-core';
 *
 * const geometry = pointClouds([[0], [1]], [[3], [4], [5]], { cost: 'euclidean' });
 * costAt(geometry, 0, 2); // => 5
 * ```
 * The Manhattan distance, the cube of the 3-norm, and the largest difference of a coordinate.
 * ```ts
 * import { costAt, pointClouds } from '@brenier/ot-core';
 *
 * const costOf = (cost: { p: number; power?: number }) => costAt(pointClouds([[0, 0]], [[3, -4]], { cost }), 0, 0);
 * [{ p: 1 }, { p: 3, power: 3 }, { p: Infinity }].map(costOf); // => [7, 91, 4]
 * ```
 */
export function pointClouds(x: PointsInput, y: PointsInput, options?: PointCloudsOptions): PointCloudGeometry {
  const { cost = 'squared-euclidean', dim } = checkOptions('options', options, ['cost', 'dim']);
  return geometryBetween(asPointCloud('x', x, dim), asPointCloud('y', y, dim), cost);
}

/** {@link pointClouds} of clouds that were read already, and are not copied again. */
export function geometryBetween(x: PointCloud, y: PointCloud, cost: PointCost): PointCloudGeometry {
  checkSameDimension(x, y);
  const read = readPointCost(cost, x.dim);
  checkCostScale('x, y', largestTermOfOffset(read, largestOffset(x, y)), x.count + y.count);
  return Object.freeze({
    kind: 'point-cloud',
    x: Object.freeze(x),
    y: Object.freeze(y),
    cost: read,
    rows: x.count,
    columns: y.count,
  });
}

/** Refuses clouds of different dimensions. */
export function checkSameDimension(x: PointCloud, y: PointCloud): void {
  if (x.dim === y.dim) return;
  throw new RangeError(`"y" expected points of dimension ${x.dim} like "x", got dimension ${y.dim}`);
}

/** An upper bound of all costs in O((n + m) dim): that between the farthest corners of the two bounding boxes. */
export function largestCostOfClouds({ x, y, cost }: PointCloudGeometry): number {
  return costOfOffset(cost, largestOffset(x, y));
}

function largestOffset(x: PointCloud, y: PointCloud): Float64Array {
  const offset = new Float64Array(x.dim);
  for (let k = 0; k < x.dim; k++) {
    const [lowX, highX] = rangeOfCoordinate(x, k);
    const [lowY, highY] = rangeOfCoordinate(y, k);
    offset[k] = Math.max(highX - lowY, highY - lowX);
  }
  return offset;
}

function rangeOfCoordinate({ points, dim }: PointCloud, k: number): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (let at = k; at < points.length; at += dim) {
    if (points[at] < low) low = points[at]!;
    if (points[at] > high) high = points[at]!;
  }
  return [low, high];
}
