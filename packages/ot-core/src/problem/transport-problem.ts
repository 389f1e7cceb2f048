import type { Geometry } from '../geometry/geometry.js';

/**
 * Balanced optimal transport: move the masses `a` to the masses `b` at the least cost.
 * Validated once by {@link createTransportProblem}, then frozen.
 */
export interface TransportProblem {
  /** What a unit of mass pays from row i to column j. */
  readonly geometry: Geometry;
  /** Masses of the rows, shape [rows], all >= 0, summing to `mass`. */
  readonly a: Float64Array;
  /** Masses of the columns, shape [columns], all >= 0, summing to `mass`. */
  readonly b: Float64Array;
  /** The common total mass. */
  readonly mass: number;
  /** Whether rows = columns and every entry of `a` and `b` is equal: then a permutation is optimal. */
  readonly isAssignment: boolean;
}
