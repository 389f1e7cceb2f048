import { describeValue } from '@brenier/errors';
import type { ArrayField, FixedWalk } from '../field.js';

/**
 * The same field, whose calls throw where it returns its vectors, or a promise of them, instead of writing them: what is returned is
 * looked at by nobody, and the field would pass for zero.
 */
export function writingField(name: string, field: ArrayField): ArrayField {
  return {
    dim: field.dim,
    evaluate: (x, t, out) => checkWritten(`${name}.evaluate(x, t, out)`, 'out', out, field.evaluate(x, t, out)),
    ...(field.jacobianProduct && {
      jacobianProduct: (x: Float64Array, t: number, u: Float64Array, out: Float64Array) =>
        checkWritten(`${name}.jacobianProduct(x, t, u, out)`, 'out', out, field.jacobianProduct!(x, t, u, out)),
    }),
    ...(field.walk && {
      walk: (x: Float64Array, walk: FixedWalk) => checkWritten(`${name}.walk(x, walk)`, 'x', x, field.walk!(x, walk)),
    }),
  };
}

/**
 * Checks that a callback returned nothing, or the array that it was to fill.
 *
 * @throws TypeError that quotes the call and the place where its numbers belong
 */
export function checkWritten(call: string, place: string, array: Float64Array, returned: unknown): void {
  if (returned === undefined || returned === array) return;
  throw new TypeError(`"${call}" expected to write to "${place}", got ${describeValue(returned)}`);
}
