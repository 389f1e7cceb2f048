import type { ButcherTableau } from './methods/tableau.js';

/**
 * A time-dependent vector field on arrays: a velocity, a drift or a score.
 *
 * Whoever has `dim` and `evaluate` is a field: a closed form, a cloud of particles, a trained net. Time runs from
 * 0 (source) to 1 (data).
 *
 * @example
 * A rotation by one turn per unit of time, applied to a batch of one point.
 * ```ts
 * import type { ArrayField } from '@brenier/samplers';
 *
 * const rotation: ArrayField = {
 *   dim: 2,
 *   evaluate(x, t, out) {
 *     for (let i = 0; i < x.length; i += 2) {
 *       out[i] = -2 * Math.PI * x[i + 1];
 *       out[i + 1] = 2 * Math.PI * x[i];
 *     }
 *   },
 * };
 * const out = new Float64Array(2);
 * rotation.evaluate(new Float64Array([1, 0]), 0, out);
 * out[1].toFixed(4); // => '6.2832'
 * ```
 */
export interface ArrayField {
  /** Coordinates per point. */
  readonly dim: number;
  /**
   * Writes the field at every point of a batch. Vectors that are returned instead would be lost: what follows the field throws where
   * anything but `undefined` or `out` comes back.
   *
   * @param x - the points, row-major, shape [count, dim]; not changed
   * @param t - the time they share
   * @param out - where the vectors go, shape [count, dim]; never the same array as `x`; its content before the call is
   *   unspecified
   */
  evaluate(x: Float64Array, t: number, out: Float64Array): void;
  /**
   * Writes the Jacobian of the field at every point times a vector of its own, (∂v/∂x) u: what likelihoods need. Default: absent.
   *
   * @param x - the points, row-major, shape [count, dim]
   * @param t - the time they share
   * @param u - one vector per point, shape [count, dim]
   * @param out - where the products go, shape [count, dim]; neither `x` nor `u`
   */
  jacobianProduct?(x: Float64Array, t: number, u: Float64Array, out: Float64Array): void;
  /**
   * Walks a batch through fixed steps without coming back in between: for engines whose way in and out costs more than a step.
   * The bits are those of the same steps made by {@link ArrayField.evaluate}. Default: absent.
   *
   * @param x - the points, row-major, shape [count, dim]; changed in place
   * @param walk - the steps
   */
  walk?(x: Float64Array, walk: FixedWalk): void;
}

/**
 * Steps of an explicit Runge–Kutta method, with noise or without. From (x, t) over h = times[k + 1] − times[k], with slopes kⱼ and
 * noise N, stage i is evaluated at x + (Σⱼ (h·aᵢⱼ)·kⱼ + cᵢ·N) and time t + h·nodes[i], and the step ends at x + (Σⱼ (h·bⱼ)·kⱼ + N).
 * Terms whose weight is 0 are left out, the others are summed in this order in float64: what keeps the bits of single steps.
 */
export interface FixedWalk {
  /** Coefficients of the method; with all signs changed where it is the negated field that is walked. */
  readonly tableau: ButcherTableau;
  /** Times at the ends of the steps, shape [steps + 1], in order or in reverse order. */
  readonly times: Float64Array;
  /**
   * N of each step: a stream of normal numbers for a step, so that any part of the batch can be drawn by itself, where it is
   * walked. Default: no noise.
   */
  readonly noise?: WalkNoise;
}

/** Normal noise of the steps of a walk as plain data. */
export interface WalkNoise {
  /**
   * The key of each step's stream, shape [steps, 4], as `streamKey` of `@brenier/random` gives it. Coordinate c of point i has
   * number i·dim + c of those that `fillNormal` draws from the stream.
   */
  readonly keys: Uint32Array;
  /** The standard deviation in each step, shape [steps]; the diffusion and √|h| are in it. */
  readonly spreads: Float64Array;
  /** c, the multiple of N in the argument of each stage, shape [s]. */
  readonly nodes: readonly number[];
}
