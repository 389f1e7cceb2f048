import type { Rng } from '@brenier/random';
import type { FixedWalk } from '../field.js';

/**
 * All that an integrator does to a batch of points, so that each method is written once for arrays and for tensors.
 *
 * A register is a mutable place that holds one batch. An algebra belongs to one field and one batch shape.
 *
 * @typeParam State - what the caller gives and gets: an array, a tensor
 * @typeParam Register - what the methods work on
 */
export interface StateAlgebra<State, Register> {
  /** Coordinates per point. */
  readonly dim: number;
  /** A new register with a copy of `state`. */
  load(state: State): Register;
  /** A new register of zeros. */
  allocate(): Register;
  /** to ← from. */
  copy(from: Register, to: Register): void;
  /** out ← x + Σ_k coefficients[k]·terms[k]; `out` may be `x`, never a term. */
  combine(out: Register, x: Register, coefficients: ArrayLike<number>, terms: readonly Register[]): void;
  /** out ← field(x, t); `out` is not `x`. */
  evaluate(x: Register, t: number, out: Register): void;
  /** Moves x through the steps of a walk, in place, where the field can: see `ArrayField.walk`. Default: absent. */
  walk?(x: Register, walk: FixedWalk): void;
  /** out ← independent normal numbers of mean 0 and standard deviation `sd`, in row-major order from `rng`. */
  normal(rng: Rng, sd: number, out: Register): void;
  /**
   * max over all entries of |error| / (absoluteTolerance + relativeTolerance·max(|x|, |y|)); NaN where an entry is NaN.
   */
  scaledNorm(error: Register, x: Register, y: Register, absoluteTolerance: number, relativeTolerance: number): number;
  /** Whether every entry is finite. */
  isFinite(register: Register): boolean;
  /** A copy for the caller, who owns it. */
  read(register: Register): State;
  /** Gives a register's memory back. */
  free(register: Register): void;
}
