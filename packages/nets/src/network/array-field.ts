// Velocity fields on arrays.
import { checkFinite, checkLength, describeValue } from '@brenier/errors';

/** A velocity field on arrays of float64. */
export interface ArrayField {
  /** Dimension of a point. */
  readonly dim: number;
  /** Writes the velocities at the points `x`, row-major, shape [count, dim], at time `t` in [0, 1], into `out`. */
  evaluate(x: Float64Array, t: number, out: Float64Array): void;
  /**
   * Writes the Jacobian of the velocity at every point times a vector of its own, (∂v/∂x) u, into `out`; all of shape
   * [count, dim]. Default: absent.
   */
  jacobianProduct?(x: Float64Array, t: number, u: Float64Array, out: Float64Array): void;
}

/** Checks what a field is asked; cost O(1). Returns the number of points. */
export function checkFieldCall(dim: number, x: Float64Array, t: number, out: Float64Array): number {
  checkFloat64('x', x);
  checkFloat64('out', out);
  if (x.length % dim !== 0) throw new RangeError(`"x" expected a length that is a multiple of ${dim}, got ${x.length}`);
  checkLength('out', out, x.length);
  checkFinite('t', t);
  return x.length / dim;
}

/** Checks what a Jacobian product is asked; cost O(1). Returns the number of points. */
export function checkJacobianCall(dim: number, x: Float64Array, t: number, u: Float64Array, out: Float64Array): number {
  const count = checkFieldCall(dim, x, t, out);
  checkFloat64('u', u);
  checkLength('u', u, x.length);
  return count;
}

function checkFloat64(name: string, value: unknown): void {
  if (!(value instanceof Float64Array))
    throw new TypeError(`"${name}" expected a Float64Array, got ${describeValue(value)}`);
}
