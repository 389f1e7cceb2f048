import type { ButcherTableau } from './tableau.js';

/**
 * A method for dX = b(X, t) dt + σ(t) dW on a given time grid: an explicit Runge–Kutta method for the drift, and one normal vector
 * N = σ̄·√|h|·ξ per step, added at its end and, scaled, in its stages. P. E. Kloeden, E. Platen, Numerical Solution of Stochastic
 * Differential Equations (1992), chapters 11 and 15, for noise that does not depend on the state.
 */
export interface StochasticMethod {
  /** Tells this kind of method from the others. */
  readonly kind: 'stochastic';
  /** For reports, for example `'euler-maruyama'`. */
  readonly name: string;
  /** The error of single paths is O(h^strongOrder) in the mean. */
  readonly strongOrder: number;
  /** The error of expectations is O(h^weakOrder). */
  readonly weakOrder: number;
  /** What it does with the drift; one evaluation per stage. */
  readonly tableau: ButcherTableau;
  /** The multiple of N in the argument of each stage, shape [s]; 0 for the first. */
  readonly noiseNodes: readonly number[];
  /** The weights of σ at the start and at the end of the step in σ̄; they sum to 1. */
  readonly diffusionWeights: readonly [number, number];
  /**
   * What N is multiplied by in the step from one time to another of an integration that ends at `end`: for methods that know
   * the law of the noise over a step better than σ̄·√|h|. Default: 1 throughout.
   *
   * @param from - the time at the start of the step
   * @param to - the time at its end
   * @param end - the last time of the integration
   * @returns a factor ≥ 0
   */
  noiseFactor?(from: number, to: number, end: number): number;
}
