import { centralDifferences } from '@brenier/testing';
import type { ClosedFormField, DifferentiableField, Field } from '../../src/index.js';

/** A field at points, as a fresh array. */
export function valuesOf(field: Field, x: ArrayLike<number>, t: number): Float64Array {
  const out = new Float64Array(x.length);
  field.evaluate(Float64Array.from(x), t, out);
  return out;
}

/** The Jacobian of a field at one point, row-major, column by column from its products. */
export function jacobianOf(field: DifferentiableField, x: ArrayLike<number>, t: number): Float64Array {
  const { dim } = field;
  const jacobian = new Float64Array(dim * dim);
  for (let j = 0; j < dim; j++) {
    const column = new Float64Array(dim);
    field.jacobianProduct(
      Float64Array.from(x),
      t,
      Float64Array.from({ length: dim }, (_, i) => Number(i === j)),
      column,
    );
    for (let i = 0; i < dim; i++) jacobian[i * dim + j] = column[i];
  }
  return jacobian;
}

/** The Jacobian of a field at one point by central differences, row-major. */
export function differencedJacobian(field: Field, x: ArrayLike<number>, t: number): Float64Array {
  const { dim } = field;
  const rows = Array.from({ length: dim }, (_, i) =>
    centralDifferences((point) => valuesOf(field, point, t)[i], Float64Array.from(x)),
  );
  return Float64Array.from(rows.flatMap((row) => [...row]));
}

/** Log p_t at one point. */
export function logDensityAt(field: ClosedFormField, x: ArrayLike<number>, t: number): number {
  const out = new Float64Array(1);
  field.logDensity(Float64Array.from(x), t, out);
  return out[0];
}
