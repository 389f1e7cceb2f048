/**
 * The field of a coupling whose end is scaled. With D = 1 − t + tc the segment from X₀ to cX₁ is at D·X_r at time t, where X_r is the
 * segment from X₀ to X₁ at its own time r = tc/D; so it moves with (c/D) v_r(x/D) + ((c − 1)/D) x. Segments without noise only. Cost:
 * one evaluation.
 */
import { checkPositive, checkWithin } from '@brenier/errors';
import { checkBatch } from './check-batch.js';
import { batchScratch, checkField } from './check-field.js';
import type { Field } from './field.js';

/**
 * The velocity of (X₀, cX₁), given that of (X₀, X₁): v(x, t) becomes (c/D) v(x/D, r) + ((c − 1)/D) x with D = 1 − t + tc and r = tc/D.
 *
 * @param field - the velocity of (X₀, X₁) along the linear interpolant without noise
 * @param factor - c > 0
 * @returns the velocity of the scaled pair, for t in [0, 1]; it has Jacobian products where `field` has them
 * @throws TypeError or RangeError where `field` is none or `factor` is not a finite number above 0; evaluating throws outside [0, 1]
 *
 * @example
 * Nothing moves; with the end at twice the place, everything moves outwards.
 * ```ts
 * import { scaledEndField, type Field } from '@brenier/flows';
 *
 * const still: Field = { dim: 1, evaluate: (x, t, out) => out.fill(0) };
 * const v = new Float64Array(1);
 * scaledEndField(still, 2).evaluate(new Float64Array([3]), 0.5, v);
 * v; // => [2]
 * ```
 */
export function scaledEndField(field: Field, factor: number): Field {
  const { dim } = checkField('field', field);
  const c = checkPositive('factor', factor);
  const scratch = batchScratch();
  /** D at t, with the points divided by it. */
  const pullBack = (x: Float64Array, t: number): { spread: number; origin: Float64Array } => {
    const spread = 1 - checkWithin('t', t, 0, 1) + t * c;
    const origin = scratch(x.length);
    for (let at = 0; at < x.length; at++) origin[at] = x[at] / spread;
    return { spread, origin };
  };
  return {
    dim,
    evaluate(x, t, out) {
      checkBatch(dim, x, out);
      const { spread, origin } = pullBack(x, t);
      field.evaluate(origin, (t * c) / spread, out);
      for (let at = 0; at < out.length; at++) out[at] = (c / spread) * out[at] + (c - 1) * origin[at];
    },
    ...(field.jacobianProduct && {
      jacobianProduct(x: Float64Array, t: number, u: Float64Array, out: Float64Array) {
        checkBatch(dim, x, out, u);
        const { spread, origin } = pullBack(x, t);
        field.jacobianProduct!(origin, (t * c) / spread, u, out);
        for (let at = 0; at < out.length; at++)
          out[at] = ((c / spread) * out[at]) / spread + ((c - 1) / spread) * u[at];
      },
    }),
  };
}
