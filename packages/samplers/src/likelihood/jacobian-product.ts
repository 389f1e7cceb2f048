/**
 * Jacobian–vector products of a field: its own, or central differences in float64.
 *
 * Differences err by about δ²/6 times the third derivative plus 1e-16·|v|/δ, δ being the step: 4e-11 by the default one, for a field
 * of size and curvature 1 that is computed in float64. A field computed in float32 has noise of 6e-8·|v| instead, which the default
 * step turns into 1e-2: give it its own product, or a step of about 2^-8 and be content with 1e-5. Cost: two evaluations.
 */
import { pow } from '@brenier/elementary';
import type { ArrayField } from '../field.js';

/** (∂v/∂x) u for a batch: see {@link ArrayField.jacobianProduct}. */
export type JacobianProduct = NonNullable<ArrayField['jacobianProduct']>;

/** 2^-17, near the cube root of the rounding unit, where the two errors of central differences are equal. */
export const DIFFERENCE_STEP = 7.62939453125e-6;

/** The product that a field brings along, else differences for batches of `length` numbers. */
export function jacobianProductOf(field: ArrayField, length: number, differenceStep: number): JacobianProduct {
  if (field.jacobianProduct) return (x, t, u, out) => field.jacobianProduct!(x, t, u, out);
  return centralDifferences(field, length, differenceStep);
}

function centralDifferences(field: ArrayField, length: number, differenceStep: number): JacobianProduct {
  const { dim } = field;
  const shifted = new Float64Array(length);
  const behind = new Float64Array(length);
  const steps = new Float64Array(length / dim);
  return (x, t, u, out) => {
    for (let i = 0; i < steps.length; i++) steps[i] = differenceStep * stepScale(x, u, i * dim, dim);
    shift(-1, x, u);
    field.evaluate(shifted, t, behind);
    shift(1, x, u);
    field.evaluate(shifted, t, out);
    for (let j = 0; j < length; j++) {
      const step = steps[(j / dim) | 0];
      out[j] = step === 0 ? 0 : (out[j] - behind[j]) / (2 * step);
    }
  };

  function shift(sign: number, x: Float64Array, u: Float64Array): void {
    for (let j = 0; j < length; j++) shifted[j] = x[j] + sign * steps[(j / dim) | 0] * u[j];
  }
}

/**
 * What makes the largest coordinate of a step along `u` as long as the cube root of the size of the point: the rounding of x + δu
 * grows with |x| and the step must follow, but not faster than the error of the difference allows. 0 where `u` is 0.
 */
function stepScale(x: Float64Array, u: Float64Array, first: number, dim: number): number {
  let size = 1;
  let length = 0;
  for (let j = first; j < first + dim; j++) {
    size = Math.max(size, Math.abs(x[j]));
    length = Math.max(length, Math.abs(u[j]));
  }
  if (length === 0) return 0;
  return size === 1 ? 1 / length : pow(size, 1 / 3) / length;
}
