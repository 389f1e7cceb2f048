/** The law of X_t given X_s = x: N(factor·x, variance·I). */
export interface Transition {
  /** The multiple of x that the mean is. */
  readonly factor: number;
  /** The variance of each coordinate. */
  readonly variance: number;
}

/** The law of X_t given both ends: N(alpha·x₀ + beta·x₁, gamma²·I). */
export interface PinnedLaw {
  /** The weight of the start. */
  readonly alpha: number;
  /** The weight of the end. */
  readonly beta: number;
  /** The standard deviation of each coordinate. */
  readonly gamma: number;
}

/**
 * A reference process on [0, 1]: the diffusion dX = −rate·X dt + σ dW, the same in every coordinate.
 *
 * A Schrödinger bridge is the process nearest to it, in Kullback–Leibler divergence, among those with given ends. The mixture of
 * its bridges over a coupling of the ends is what bridge matching learns.
 */
export interface Reference {
  /** What reports and checkpoints call it, with its parameters. */
  readonly name: string;
  /** σ > 0, in units of x per square root of time. */
  readonly sigma: number;
  /** The rate of return to 0, per unit of time; 0 for Brownian motion. */
  readonly rate: number;
  /**
   * The law of the process at t given its state at s.
   *
   * @param s - the earlier time, in [0, 1]
   * @param t - the later time, in [s, 1]
   * @returns factor and variance
   */
  transition(s: number, t: number): Transition;
  /**
   * The law of the process at t given its two ends.
   *
   * @param t - the time, in [0, 1]
   * @returns weights of the ends, and the standard deviation
   */
  pinned(t: number): PinnedLaw;
}
