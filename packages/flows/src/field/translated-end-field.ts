/**
 * The field of a coupling whose end is translated: X_t + tb moves with v_t(x − tb) + b. It holds for every interpolant with β(t) = t,
 * with noise and without. Cost: one evaluation.
 */
import { checkFiniteArray, checkLength, checkNumericArray, type NumericArray } from '@brenier/errors';
import { checkBatch } from './check-batch.js';
import { batchScratch, checkField } from './check-field.js';
import type { Field } from './field.js';

/**
 * The velocity of (X₀, X₁ + b), given that of (X₀, X₁): v(x, t) becomes v(x − tb, t) + b.
 *
 * @param field - the velocity of (X₀, X₁) along an interpolant with β(t) = t, such as the linear one or a Brownian bridge
 * @param shift - b, shape [dim]
 * @returns the velocity of the translated pair; it has Jacobian products where `field` has them
 * @throws TypeError or RangeError where `field` is none, or `shift` has another length or an entry that is not finite
 *
 * @example
 * Nothing moves, until the end is moved.
 * ```ts
 * import { translatedEndField, type Field } from '@brenier/flows';
 *
 * const still: Field = { dim: 1, evaluate: (x, t, out) => out.fill(0) };
 * const v = new Float64Array(1);
 * translatedEndField(still, [3]).evaluate(new Float64Array([0.5]), 0.5, v);
 * v; // => [3]
 * ```
 */
export function translatedEndField(field: Field, shift: NumericArray): Field {
  const { dim } = checkField('field', field);
  const b = Float64Array.from(checkFiniteArray('shift', checkLength('shift', checkNumericArray('shift', shift), dim)));
  const scratch = batchScratch();
  const pullBack = (x: Float64Array, t: number): Float64Array => {
    const origin = scratch(x.length);
    for (let at = 0; at < x.length; at++) origin[at] = x[at] - t * b[at % dim];
    return origin;
  };
  return {
    dim,
    evaluate(x, t, out) {
      checkBatch(dim, x, out);
      field.evaluate(pullBack(x, t), t, out);
      for (let at = 0; at < out.length; at++) out[at] += b[at % dim];
    },
    ...(field.jacobianProduct && {
      jacobianProduct(x: Float64Array, t: number, u: Float64Array, out: Float64Array) {
        checkBatch(dim, x, out, u);
        field.jacobianProduct!(pullBack(x, t), t, u, out);
      },
    }),
  };
}
