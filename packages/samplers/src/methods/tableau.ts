/**
 * Explicit Runge–Kutta methods as data: E. Hairer, S. P. Nørsett, G. Wanner, Solving Ordinary Differential Equations I,
 * second edition, chapter II.1, definition 1.1.
 */

/** The coefficients of an explicit Runge–Kutta method with s stages. */
export interface ButcherTableau {
  /** c, the time of each stage as a fraction of the step, shape [s]; c₀ = 0. */
  readonly nodes: readonly number[];
  /** a, row i holds the weights of the i stages before it. */
  readonly stages: readonly (readonly number[])[];
  /** b, the weight of each stage in the step, shape [s]; they sum to 1. */
  readonly weights: readonly number[];
}

/** An explicit Runge–Kutta method that takes the steps it is told to take. */
export interface FixedStepMethod {
  /** Tells this kind of method from the others. */
  readonly kind: 'fixed-step';
  /** For reports, for example `'rk4'`. */
  readonly name: string;
  /** The global error is O(h^order) for smooth fields. */
  readonly order: number;
  /** Its coefficients; one field evaluation per stage. */
  readonly tableau: ButcherTableau;
}

/**
 * A pair of Runge–Kutta methods that share their stages: the step size follows from the difference of the two results.
 */
export interface AdaptiveMethod {
  /** Tells this kind of method from the others. */
  readonly kind: 'adaptive';
  /** For reports, for example `'dormand-prince'`. */
  readonly name: string;
  /** The order of the method that advances the solution. */
  readonly order: number;
  /** Its coefficients. The last stage is the field at the end of the step, so it is the first one of the next step. */
  readonly tableau: ButcherTableau;
  /** b − b̂: the weight of each stage in the error estimate, shape [s]. */
  readonly errorWeights: readonly number[];
  /** Writes the weight of each stage at the fraction θ of the step, shape [s]: x(t + θh) ≈ x + h Σ out[i]·stage[i]. */
  readonly denseWeights: (theta: number, out: Float64Array) => void;
  /** Error allowed per step and coordinate, in units of x. */
  readonly absoluteTolerance: number;
  /** Error allowed per step and coordinate, as a fraction of |x|. */
  readonly relativeTolerance: number;
  /** Length of the first step tried; chosen from the field where absent. */
  readonly firstStep?: number;
  /** Steps tried, rejected ones included, before the integration gives up. */
  readonly maxSteps: number;
}
