import type { Rng } from '@brenier/random';
import type { StateAlgebra } from '../state/state-algebra.js';
import type { Evaluation } from './explicit-stages.js';

/** A method for dX = b(X, t) dt + σ(t) dW on a given time grid. */
export interface StochasticMethod {
  /** Tells this kind of method from the others. */
  readonly kind: 'stochastic';
  /** For reports, for example `'euler-maruyama'`. */
  readonly name: string;
  /** The error of single paths is O(h^strongOrder) in the mean. */
  readonly strongOrder: number;
  /** The error of expectations is O(h^weakOrder). */
  readonly weakOrder: number;
  /** The step, with its working memory, over any state algebra. */
  createStep<State, Register>(algebra: StateAlgebra<State, Register>): StochasticStep<Register>;
}

/** One stochastic method at work. */
export interface StochasticStep<Register> {
  /** Everything it allocated. */
  readonly registers: readonly Register[];
  /**
   * Moves `x` from t to t + h, drawing from `rng` alone; false where an evaluation was refused, and then `x` is
   * unchanged.
   */
  step(
    x: Register,
    t: number,
    h: number,
    sigma: (t: number) => number,
    rng: Rng,
    evaluate: Evaluation<Register>,
  ): boolean;
}
