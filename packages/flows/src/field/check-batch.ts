/** Guards of one call of a field, which a whole batch shares: kinds and lengths. */
import { checkLength, describeValue } from '@brenier/errors';

/** Checks points and the arrays of their shape. */
export function checkBatch(dim: number, x: Float64Array, out: Float64Array, u?: Float64Array): void {
  checkPoints(dim, x);
  checkLength('out', checkFloat64('out', out), x.length);
  if (u !== undefined) checkLength('u', checkFloat64('u', u), x.length);
}

/** Checks points and an array with one number for each. */
export function checkPerPoint(dim: number, x: Float64Array, out: Float64Array): void {
  checkPoints(dim, x);
  checkLength('out', checkFloat64('out', out), x.length / dim);
}

function checkPoints(dim: number, x: Float64Array): void {
  if (checkFloat64('x', x).length % dim === 0) return;
  throw new RangeError(`"x" expected rows of ${dim} coordinates, got length ${x.length}`);
}

function checkFloat64(name: string, array: Float64Array): Float64Array {
  if (array instanceof Float64Array) return array;
  throw new TypeError(`"${name}" expected a Float64Array, got ${describeValue(array)}`);
}
