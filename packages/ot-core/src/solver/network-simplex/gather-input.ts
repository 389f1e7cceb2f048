// The input of a solve, written into its memory in the order of the ids.
import type { MatrixGeometry, PointCloud } from '../../geometry/geometry.js';

/** Points in the order of their ids. */
export function gatherPoints({ points, dim }: PointCloud, ids: Int32Array, out: Float64Array): void {
  for (let p = 0; p < ids.length; p++) {
    const from = ids[p] * dim;
    for (let k = 0; k < dim; k++) out[p * dim + k] = points[from + k]!;
  }
}

/** Entries of a matrix, with its rows as sources. */
export function gather(
  { costs, columns }: MatrixGeometry,
  rowIds: Int32Array,
  columnIds: Int32Array,
  out: Float64Array | Float32Array,
): void {
  let to = 0;
  for (const i of rowIds) {
    const from = i * columns;
    for (let q = 0; q < columnIds.length; q++) out[to++] = costs[from + columnIds[q]]!;
  }
}

/** The sources are columns of the matrix: its rows are read one by one, which costs less than jumping between them. */
export function gatherTransposed(
  { costs, columns }: MatrixGeometry,
  sourceIds: Int32Array,
  sinkIds: Int32Array,
  out: Float64Array | Float32Array,
): void {
  const m = sinkIds.length;
  for (let q = 0; q < m; q++) {
    const from = sinkIds[q] * columns;
    for (let p = 0; p < sourceIds.length; p++) out[p * m + q] = costs[from + sourceIds[p]]!;
  }
}
