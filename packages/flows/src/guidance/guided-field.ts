/**
 * Classifier-free guidance of a flow.
 *
 * J. Ho and T. Salimans, Classifier-free Diffusion Guidance (2022); Q. Zheng et al., Guided Flows for Generative Modeling
 * and Decision Making (2023): for a Gaussian path the guided velocity is that of the guided score. With a
 * weight above 1 the samples are no longer those of the class but the more typical of it, and less diverse. Cost: one
 * evaluation of each field.
 */
import { checkFinite, checkOptions } from '@brenier/errors';
import { batchScratch, checkField } from '../field/check-field.js';
import type { Field } from '../field/field.js';

/** Options of {@link guidedField}. */
export interface GuidedFieldOptions {
  /** What the conditional field counts: 0 gives the unconditional one, 1 the conditional one, more exaggerates. */
  readonly weight: number;
}

/**
 * The field u + weight·(c − u) of a conditional field c and an unconditional one u: (1 − weight)·u + weight·c.
 *
 * Both may be one net with and without its class, trained with `labelDropout`. A weight of exactly 0 or 1 leaves out the
 * evaluation that does not count, and its bits are those of the other field.
 *
 * @param conditional - the field for the class
 * @param unconditional - the field without one, of the same dimension
 * @param options - the weight; the w of Ho and Salimans is `weight` − 1
 * @returns the guided field; it has Jacobian products where both fields have them
 * @throws TypeError or RangeError where an argument is not a field, dimensions differ, or the weight is not finite
 *
 * @example
 * Twice as far from the one to the other.
 * ```ts
 * import { guidedField, type Field } from '@brenier/flows';
 *
 * const constant = (value: number): Field => ({ dim: 1, evaluate: (x, t, out) => out.fill(value) });
 * const out = new Float64Array(1);
 * guidedField(constant(5), constant(3), { weight: 2 }).evaluate(new Float64Array(1), 0, out);
 * out[0]; // => 7
 * ```
 */
export function guidedField(conditional: Field, unconditional: Field, options: GuidedFieldOptions): Field {
  const { dim } = checkField('conditional', conditional);
  if (checkField('unconditional', unconditional).dim !== dim) {
    throw new RangeError(`"unconditional.dim" expected ${dim}, as in "conditional", got ${unconditional.dim}`);
  }
  const weight = checkFinite('weight', checkOptions('options', options, ['weight']).weight);
  const scratchOf = batchScratch();
  const blend = (out: Float64Array, write: (field: Field, image: Float64Array) => void): void => {
    if (weight === 0) return write(unconditional, out);
    write(conditional, out);
    if (weight === 1) return;
    const scratch = scratchOf(out.length);
    write(unconditional, scratch);
    for (let j = 0; j < out.length; j++) out[j] = scratch[j] + weight * (out[j] - scratch[j]);
  };
  const isDifferentiable = conditional.jacobianProduct && unconditional.jacobianProduct;
  return {
    dim,
    evaluate: (x, t, out) => blend(out, (field, image) => field.evaluate(x, t, image)),
    ...(isDifferentiable && {
      jacobianProduct: (x: Float64Array, t: number, u: Float64Array, out: Float64Array) =>
        blend(out, (field, image) => field.jacobianProduct!(x, t, u, image)),
    }),
  };
}
