/**
 * A field on points with the divergence of the flow carried along: each row holds a point and, behind it, one integral of the
 * divergence per column.
 */
import type { ArrayField } from '../field.js';
import type { Divergence } from './divergence.js';

/** The field (v, div v) for batches of `count` rows of dim + columns numbers. */
export function augmentedField(field: ArrayField, { columns, write }: Divergence, count: number): ArrayField {
  const { dim } = field;
  const width = dim + columns;
  const points = new Float64Array(count * dim);
  const velocities = new Float64Array(count * dim);
  return {
    dim: width,
    evaluate(rows, t, out) {
      copyColumns(rows, width, points, dim, dim);
      field.evaluate(points, t, velocities);
      copyColumns(velocities, dim, out, width, dim);
      write(points, t, out.subarray(dim), width);
    },
  };
}

/** Copies the first `columns` numbers of each row of `from` to the beginning of the same row of `to`. */
export function copyColumns(
  from: Float64Array,
  fromWidth: number,
  to: Float64Array,
  toWidth: number,
  columns: number,
): void {
  for (let a = 0, b = 0; a < from.length; a += fromWidth, b += toWidth) {
    for (let k = 0; k < columns; k++) to[b + k] = from[a + k];
  }
}
