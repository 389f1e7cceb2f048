// Potentials of rows and columns that the tree does not know, by c-transforms: the largest ones that keep f_i + g_j ≤
// c_ij, or 0 where only forbidden pairs would bound them.
import { fillCostRow } from '../../geometry/cost-row.js';
import type { Geometry } from '../../geometry/geometry.js';

/**
 * Overwrites f_i of unknown rows by min c_ij − g_j over known columns, then g_j of unknown columns by min c_ij − f_i
 * over all rows.
 *
 * Cost O(dim) per pair with an unknown end, nothing where all are known.
 */
export function completePotentials(
  geometry: Geometry,
  f: Float64Array,
  g: Float64Array,
  isKnownRow: (i: number) => boolean,
  isKnownColumn: (j: number) => boolean,
): void {
  const { rows, columns } = geometry;
  const costs = new Float64Array(columns);
  const known = new Uint8Array(columns);
  for (let j = 0; j < columns; j++) known[j] = Number(isKnownColumn(j));
  const unknownColumns = known.includes(0);
  for (let i = 0; i < rows; i++) {
    if (isKnownRow(i)) continue;
    fillCostRow(geometry, i, costs);
    let least = Infinity;
    for (let j = 0; j < columns; j++) if (known[j]) least = Math.min(least, costs[j] - g[j]);
    f[i] = least === Infinity ? 0 : least;
  }
  if (!unknownColumns) return;
  for (let j = 0; j < columns; j++) if (!known[j]) g[j] = Infinity;
  for (let i = 0; i < rows; i++) {
    fillCostRow(geometry, i, costs);
    for (let j = 0; j < columns; j++) if (!known[j]) g[j] = Math.min(g[j], costs[j] - f[i]);
  }
  for (let j = 0; j < columns; j++) if (g[j] === Infinity) g[j] = 0;
}
