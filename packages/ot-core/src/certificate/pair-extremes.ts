/** The two extremes over all pairs. */
export interface PairExtremes {
  /** max of f_i + g_j − c_ij. */
  readonly worstViolation: number;
  /** max of |c_ij| over pairs that are not forbidden. */
  readonly largestCost: number;
}
