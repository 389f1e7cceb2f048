/**
 * The proof that comes with a result, recomputed in float64 by code that the solver does not share.
 *
 * For exact OT, every feasible plan Q of total mass M obeys ⟨C,Q⟩ ≥ `dual` − M · max(`worstViolation`, 0), whatever the
 * potentials are. So a plan with the right marginals is optimal up to `gap` + M · max(`worstViolation`, 0).
 * The gap alone proves nothing: it is 0 for every basis of a network simplex, optimal or not.
 */
export interface Certificate {
  /** ⟨C,P⟩ of the returned coupling. */
  readonly primal: number;
  /**
   * Σ a_i f_i + Σ b_j g_j for exact OT, a lower bound once `worstViolation` ≤ 0 (of a solve that was stopped, the bound
   * itself); the entropic dual for Sinkhorn.
   */
  readonly dual: number;
  /**
   * Objective − `dual`, formed before either is rounded. The objective is `primal`, plus ε KL(P | a⊗b) for Sinkhorn.
   */
  readonly gap: number;
  /** max over all pairs of f_i + g_j − c_ij; forbidden pairs restrict nothing. */
  readonly worstViolation: number;
  /** max over rows and columns of |marginal of the plan − given mass|. */
  readonly marginalError: number;
  /** The smallest mass of an entry; never negative in a feasible plan. */
  readonly smallestMass: number;
  /** The largest |c_ij| over all pairs that are not forbidden: the scale of `worstViolation`. */
  readonly largestCost: number;
}
