/**
 * A time-dependent vector field on batches of points: a velocity, a drift or a score.
 *
 * Whoever integrates fields owns the interface; what this package makes has the same shape, and `@brenier/samplers` takes it as it is.
 *
 * @example
 * A field that blows to the right.
 * ```ts
 * import type { Field } from '@brenier/flows';
 *
 * const wind: Field = { dim: 1, evaluate: (x, t, out) => out.fill(1) };
 * wind.dim; // => 1
 * ```
 */
export interface Field {
  /** Coordinates per point. */
  readonly dim: number;
  /**
   * Writes the field at every point of a batch.
   *
   * @param x - the points, row-major, shape [count, dim]; not changed
   * @param t - the time they share, 0 at the source and 1 at the data
   * @param out - where the vectors go, shape [count, dim]; never the same array as `x`
   */
  evaluate(x: Float64Array, t: number, out: Float64Array): void;
  /**
   * Writes the Jacobian of the field at every point times a vector of its own, (∂v/∂x) u. Default: absent.
   *
   * @param x - the points, row-major, shape [count, dim]
   * @param t - the time they share
   * @param u - one vector per point, shape [count, dim]
   * @param out - where the products go, shape [count, dim]; neither `x` nor `u`
   */
  jacobianProduct?(x: Float64Array, t: number, u: Float64Array, out: Float64Array): void;
}

/** A field with exact Jacobian products. */
export type DifferentiableField = Required<Field>;

/**
 * The velocity v_t(x) = E[dX_t/dt | X_t = x] of a path whose law p_t is known, with that law.
 *
 * All of it is computed in float64, in a fixed order, into arrays that the caller gives. Squared distances must be finite:
 * beyond about 1e154 from the middle of the law, in coordinates or in standard deviations, values are NaN.
 */
export interface ClosedFormField extends DifferentiableField {
  /** The score ∇log p_t(x). */
  readonly score: DifferentiableField;
  /**
   * Writes log p_t at every point of a batch.
   *
   * @param x - the points, row-major, shape [count, dim]
   * @param t - the time they share
   * @param out - where the log densities go, shape [count]
   */
  logDensity(x: Float64Array, t: number, out: Float64Array): void;
}
