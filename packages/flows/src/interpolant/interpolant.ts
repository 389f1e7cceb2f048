/** An interpolant at one time: coefficients and their time derivatives, always together. */
export interface InterpolantValues {
  /** α(t), the weight of the start. */
  readonly alpha: number;
  /** β(t), the weight of the end. */
  readonly beta: number;
  /** γ(t) ≥ 0, the standard deviation of the noise around the mean. */
  readonly gamma: number;
  /** α'(t). */
  readonly dAlpha: number;
  /** β'(t). */
  readonly dBeta: number;
  /** γ'(t); infinite where a path starts or ends as √t does. */
  readonly dGamma: number;
  /**
   * (γ²)'(t), which closed-form fields read where γ = 0 and γ' is infinite, so that 2γγ' is no number. Default: its limit,
   * from values a little further in, to 1e-12.
   */
  readonly dVariance?: number;
}

/**
 * A Gaussian path between two points: x_t = α(t)x₀ + β(t)x₁ + γ(t)ε with ε ~ N(0, I).
 *
 * Its velocity given the ends and the noise is α'(t)x₀ + β'(t)x₁ + γ'(t)ε, and that is the regression target of flow
 * matching: Lipman et al., Flow Matching for Generative Modeling (ICLR 2023), theorem 3; Albergo and Vanden-Eijnden,
 * Building Normalizing Flows with Stochastic Interpolants (ICLR 2023).
 */
export interface Interpolant {
  /**
   * The path and its settings, for the names of objectives, for example `'linear(sigma 0.1)'`. Objectives call one
   * without a name `unnamed`: give one of your own a name, and checkpoints can tell it from others.
   */
  readonly name?: string;
  /**
   * δ in [0, ½): training stays in [δ, 1−δ] unless it is told otherwise, because a derivative is unbounded at an end.
   * Default: 0.
   */
  readonly timeMargin?: number;
  /**
   * The coefficients at one time.
   *
   * @param t - the time, in [0, 1]
   * @returns values and derivatives
   */
  at(t: number): InterpolantValues;
}
