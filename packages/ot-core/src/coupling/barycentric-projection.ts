// The map that a plan induces. Other name: conditional mean. Ferradans, Papadakis, Peyré & Aujol (2014), eq. 14.
import { asPointCloud, type PointsInput } from '../geometry/as-point-cloud.js';
import type { PointCloud } from '../geometry/geometry.js';
import { checkCouplingShape, checkEntries } from './check-coupling.js';
import type { Coupling } from './coupling.js';
import { visitEntries } from './visit-entries.js';

/**
 * Sends each row to the mean of its targets: T(x_i) = Σ_j P_ij y_j / Σ_j P_ij.
 *
 * For the squared distance this is the map closest to the plan. Of a permutation it is the permutation of `y`.
 * Cost O(entries · dim), or O(rows · columns · dim) for dense and implicit couplings.
 *
 * @param coupling - of any kind
 * @param y - the points of the columns, shape [columns, dim], in any form of {@link PointsInput}
 * @param dim - coordinates per point; needed where `y` is a flat array
 * @returns one point for each row, shape [rows, dim]; a row without mass has no mean and gets NaN coordinates
 * @throws TypeError where `coupling` is none; TypeError or RangeError where `y` is refused or has another number of
 *   points
 *
 * @example
 * One point that is split between two targets goes to their middle.
 * ```ts
 * import { barycentricProjection, emd } from '@brenier/ot-core';
 *
 * const targets = [[-1, 0], [3, 0]];
 * barycentricProjection(emd([[0, 0]], targets).coupling, targets).points; // => new Float64Array([1, 0])
 * ```
 */
export function barycentricProjection(coupling: Coupling, y: PointsInput, dim?: number): PointCloud {
  const { points, count, dim: coordinates } = asPointCloud('y', y, dim);
  const { rows } = checkCouplingShape(coupling, checkEntries(coupling).rows, count);
  const mass = new Float64Array(rows);
  const projected = new Float64Array(rows * coordinates);
  // A running mean, not a sum that is divided: one target of mass m then gives y itself, not (m y) / m.
  visitEntries(coupling, (row, column, moved) => {
    mass[row] += moved;
    const share = moved / mass[row];
    for (let k = 0; k < coordinates; k++) {
      const at = row * coordinates + k;
      projected[at] += share * (points[column * coordinates + k] - projected[at]);
    }
  });
  for (let row = 0; row < rows; row++) {
    if (mass[row] === 0) projected.fill(NaN, row * coordinates, (row + 1) * coordinates);
  }
  return { points: projected, count: rows, dim: coordinates };
}
