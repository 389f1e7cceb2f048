/**
 * Weighted sums of fields of one dimension. A term whose weight is 0 at a time is not evaluated there, so that a score which is singular
 * where the diffusion vanishes does no harm.
 */
import type { ArrayField } from '../field.js';

/** One field of a sum. */
export interface FieldTerm {
  readonly field: ArrayField;
  /** Its factor at time t. */
  readonly weight: (t: number) => number;
}

/** Σ weight(t)·field(x, t); it has Jacobian products where every term has them. */
export function fieldSum(terms: readonly FieldTerm[]): ArrayField {
  const { dim } = terms[0].field;
  let scratch = new Float64Array(0);
  const add = (t: number, out: Float64Array, write: (field: ArrayField, image: Float64Array) => void): void => {
    if (scratch.length !== out.length) scratch = new Float64Array(out.length);
    out.fill(0);
    for (const { field, weight } of terms) {
      const factor = weight(t);
      if (factor === 0) continue;
      write(field, scratch);
      for (let i = 0; i < out.length; i++) out[i] += factor * scratch[i];
    }
  };
  return {
    dim,
    evaluate: (x, t, out) => add(t, out, (field, image) => field.evaluate(x, t, image)),
    ...(terms.every(({ field }) => field.jacobianProduct) && {
      jacobianProduct: (x: Float64Array, t: number, u: Float64Array, out: Float64Array) =>
        add(t, out, (field, image) => field.jacobianProduct!(x, t, u, image)),
    }),
  };
}
