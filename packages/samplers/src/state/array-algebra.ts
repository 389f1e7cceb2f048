/**
 * The state algebra of arrays: registers are `Float64Array`s changed in place, so a step allocates nothing.
 */
import { checkFiniteArray, checkFunction, checkNumericArray, type NumericArray } from '@brenier/errors';
import { fillNormal } from '@brenier/random';
import type { ArrayField, FixedWalk } from '../field.js';
import { checkField } from '../fields/field-guards.js';
import type { StateAlgebra } from './state-algebra.js';

/** The batch `x` in float64, copied, once `field` and `x` are found to fit; the names are what the caller calls them. */
export function checkBatch(fieldName: string, field: ArrayField, name: string, x: NumericArray): Float64Array {
  const { dim } = checkField(fieldName, field);
  if (field.walk !== undefined) checkFunction(`${fieldName}.walk`, field.walk);
  const { length } = checkNumericArray(name, x);
  if (length === 0 || length % dim !== 0) {
    throw new RangeError(`"${name}" expected a positive multiple of ${dim} coordinates, got ${length}`);
  }
  return Float64Array.from(checkFiniteArray(name, x));
}

/** An algebra for batches of `length` numbers moved by `field`. */
export function arrayAlgebra(field: ArrayField, length: number): StateAlgebra<Float64Array, Float64Array> {
  return {
    dim: field.dim,
    load: (state) => Float64Array.from(state),
    allocate: () => new Float64Array(length),
    copy: (from, to) => to.set(from),
    combine,
    evaluate: (x, t, out) => field.evaluate(x, t, out),
    ...(field.walk && { walk: (x: Float64Array, walk: FixedWalk) => field.walk!(x, walk) }),
    normal: (rng, sd, out) => {
      fillNormal(rng, out, { sd });
    },
    scaledNorm,
    isFinite: (register) => register.every(Number.isFinite),
    read: (register) => register.slice(),
    free: () => {},
  };
}

function combine(
  out: Float64Array,
  x: Float64Array,
  coefficients: ArrayLike<number>,
  terms: readonly Float64Array[],
): void {
  if (terms.length === 1) {
    const c = coefficients[0];
    const term = terms[0];
    for (let i = 0; i < out.length; i++) out[i] = x[i] + c * term[i];
    return;
  }
  // The increments are summed before x is added: they are small beside it, and their low bits would be lost one by one.
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let k = 0; k < terms.length; k++) sum += coefficients[k] * terms[k][i];
    out[i] = x[i] + sum;
  }
}

function scaledNorm(error: Float64Array, x: Float64Array, y: Float64Array, absolute: number, relative: number): number {
  let largest = 0;
  for (let i = 0; i < error.length; i++) {
    const scale = absolute + relative * Math.max(Math.abs(x[i]), Math.abs(y[i]));
    // Math.max passes a NaN on, where a comparison would drop it.
    largest = Math.max(largest, Math.abs(error[i]) / scale);
  }
  return largest;
}
