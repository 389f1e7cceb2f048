import { checkFinite, checkOptions, describeValue } from '@brenier/errors';
import { checkRng, type Rng } from './rng.js';

/** An array that the filling functions write to. */
export type FloatArray = Float64Array | Float32Array;

/** Options of {@link fillUniform}. */
export interface FillUniformOptions {
  /** The smallest value; default 0. */
  readonly low?: number;
  /** The bound that is not reached (but for rounding), at least `low`; default 1. */
  readonly high?: number;
}

/**
 * Fills an array with independent uniform numbers in [low, high).
 *
 * @param rng - where the bits come from
 * @param out - the array to fill; cost about 30 ns a number. In a Float32Array the rounding may reach `high`
 * @param options - the interval
 * @returns `out`
 * @throws TypeError where `out` is not a float array; RangeError where the bounds or their difference are not finite
 * or high < low
 *
 * @example
 * Times drawn uniformly between 0 and 1.
 * ```ts
 * import { createRng, fillUniform } from '@brenier/random';
 *
 * const t = fillUniform(createRng(1), new Float64Array(5));
 * t.every((each) => each >= 0 && each < 1); // => true
 * ```
 */
export function fillUniform<T extends FloatArray>(rng: Rng, out: T, options?: FillUniformOptions): T {
  checkRng('rng', rng);
  checkFloatArray('out', out);
  const { low = 0, high = 1 } = checkOptions('options', options, ['low', 'high']);
  checkFinite('low', low);
  checkFinite('high', high);
  const range = high - low;
  if (!(range >= 0 && range < Infinity)) {
    throw new RangeError(`"high" expected a number >= low (${low}) at a finite distance, got ${high}`);
  }
  for (let i = 0; i < out.length; i++) out[i] = low + range * rng.uniform();
  return out;
}

/** Checks that a value is an array the filling functions can write to. */
export function checkFloatArray<T extends FloatArray>(name: string, value: T): T {
  if ((value as unknown) instanceof Float64Array || (value as unknown) instanceof Float32Array) return value;
  throw new TypeError(`"${name}" expected a Float64Array or a Float32Array, got ${describeValue(value)}`);
}
