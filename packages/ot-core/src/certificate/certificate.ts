/**
 * The proof that comes with a result, recomputed in float64 by code that the solver does not share.
 * For exact OT: `worstViolation` ≤ 0 up to rounding together with a feasible plan proves optimality.
 */
export interface Certificate {
  /** ⟨C,P⟩ of the returned coupling. */
  readonly primal: number;
  /** Σ a_i f_i + Σ b_j g_j for exact OT; the entropic dual for Sinkhorn. A lower bound once `worstViolation` ≤ 0. */
  readonly dual: number;
  /** primal − dual. */
  readonly gap: number;
  /** max over all pairs of f_i + g_j − c_ij. */
  readonly worstViolation: number;
  /** max over rows and columns of |marginal of the plan − given mass|. */
  readonly marginalError: number;
  /** The smallest mass of an entry; never negative in a feasible plan. */
  readonly smallestMass: number;
  /** The largest |c_ij| over all pairs: the scale of `worstViolation`. */
  readonly largestCost: number;
}
