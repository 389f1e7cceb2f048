/** Draws from the bridges of a reference: the states in between, given both ends. One normal number per coordinate. */
import {
  checkFiniteArray,
  checkLength,
  checkNumericArray,
  checkWithin,
  describeValue,
  type NumericArray,
} from '@brenier/errors';
import { fillNormal, type Rng } from '@brenier/random';
import { checkReference } from './check-reference.js';
import type { Reference } from './reference.js';

/**
 * Samples X_t of the reference for many pairs of ends, each at a time of its own or all at one.
 *
 * @param rng - where the noise comes from: one normal number per coordinate, in the order of the points
 * @param reference - the process
 * @param x0 - the starts, shape [count, dim]
 * @param x1 - the ends, shape [count, dim]
 * @param t - one time for all, or an array of shape [count]; in [0, 1]. At 0 and 1 the ends themselves come back
 * @param out - where the states go, shape [count, dim]. Default: a new array
 * @returns `out`; O(count · dim), and the law of the reference once per time
 * @throws TypeError or RangeError where the reference is none, lengths do not fit each other, a time is not in [0, 1] or an end
 *   is no array of finite numbers
 *
 * @example
 * At time 0 the path is where it starts, at 1 where it ends.
 * ```ts
 * import { brownian, samplePinned } from '@brenier/bridges';
 * import { createRng } from '@brenier/random';
 *
 * samplePinned(createRng(0), brownian(), [5, 6], [7, 8], [0, 1]); // => new Float64Array([5, 8])
 * ```
 */
export function samplePinned(
  rng: Rng,
  reference: Reference,
  x0: NumericArray,
  x1: NumericArray,
  t: number | NumericArray,
  out?: Float64Array,
): Float64Array {
  checkReference('reference', reference);
  checkFiniteArray('x0', checkNumericArray('x0', x0));
  checkFiniteArray('x1', checkLength('x1', checkNumericArray('x1', x1), x0.length));
  const target = checkLength('out', out ?? new Float64Array(x0.length), x0.length);
  const noise = fillNormal(rng, new Float64Array(x0.length));
  if (typeof t === 'number') return mixEnds(reference, x0, x1, t, noise, target, 0, x0.length);
  const count = checkTimes(t, x0.length);
  const dim = x0.length / count;
  for (let i = 0; i < count; i++) mixEnds(reference, x0, x1, t[i], noise, target, i * dim, (i + 1) * dim);
  return target;
}

function checkTimes(t: NumericArray, length: number): number {
  const count = checkNumericArray('t', t).length;
  if (count > 0 && length % count === 0) return count;
  if (count === 0 && length === 0) return 0;
  throw new RangeError(`"t" expected a number or one time per point of ${length} coordinates, got ${describeValue(t)}`);
}

function mixEnds(
  reference: Reference,
  x0: NumericArray,
  x1: NumericArray,
  t: number,
  noise: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): Float64Array {
  const { alpha, beta, gamma } = reference.pinned(checkWithin('t', t, 0, 1));
  for (let i = from; i < to; i++) out[i] = alpha * x0[i] + beta * x1[i] + gamma * noise[i];
  return out;
}
