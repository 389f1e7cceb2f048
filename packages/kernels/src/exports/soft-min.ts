/**
 * Exponentials, logarithms and the inner operations of Sinkhorn's method, all float64.
 *
 * `padded(n)` below is n rounded up to a multiple of 8. `logWeights` holds natural logarithms (−∞ for a weight of
 * zero); offset 0 means that every weight is 1. `cost` is 0 for ‖x−y‖² and 1 for ‖x−y‖. Exponents are taken relative to
 * the largest of the row (or column), terms below 2^−1000 of it count as 2^−1000 of it, so that no denormals appear.
 * The soft-min of nothing (no columns, all weights zero) is +∞.
 */
export interface SoftMinExports {
  /** e^x for `count` numbers, within 4e-16 relative; results below e^−708 are flushed to 0. May run in place. */
  exponential(x: number, out: number, count: number): void;
  /** Natural logarithms of `count` numbers, within 4e-16 relative. May run in place. */
  logarithm(x: number, out: number, count: number): void;
  /**
   * `out[i] = −ε log Σ_j exp(logWeights[j] + (g[j] − costs[i·columns + j])/ε)`.
   * `scratch`: 2·padded(columns) float64 values.
   */
  softMinRows(
    costs: number,
    rows: number,
    columns: number,
    g: number,
    logWeights: number,
    epsilon: number,
    out: number,
    scratch: number,
  ): void;
  /**
   * `out[j] = −ε log Σ_i exp(logWeights[i] + (f[i] − costs[i·columns + j])/ε)`, from the same row-major matrix.
   * `scratch`: 2·padded(columns) + padded(rows) + 16 float64 values.
   */
  softMinColumns(
    costs: number,
    rows: number,
    columns: number,
    f: number,
    logWeights: number,
    epsilon: number,
    out: number,
    scratch: number,
  ): void;
  /**
   * {@link SoftMinExports.softMinRows} with the costs between the points of `x` (rows × dim) and of `y` (columns ×
   * dim), computed on the way. Exchange `x` and `y` for the other half of an iteration. `scratch`: (3 +
   * dim)·padded(columns) float64 values.
   */
  softMinPoints(
    x: number,
    rows: number,
    y: number,
    columns: number,
    dim: number,
    cost: number,
    g: number,
    logWeights: number,
    epsilon: number,
    out: number,
    scratch: number,
  ): void;
  /**
   * A whole Sinkhorn iteration with one exponential per pair. `f` gets the row soft-min of `g` (weights b in
   * `logWeights`), and `columnSums[j]` is increased by q_j = Σ_i P_ij of the plan P_ij = a_i b_j exp((f_i + g_j −
   * c_ij)/ε), whose row sums are exactly `a`. The caller clears `columnSums` first and ends the iteration with `g[j] +=
   * ε·(log b[j] − log q[j])`; Σ|q − b| is the marginal error of (f, g) before that. `scratch`: 2·padded(columns)
   * float64 values.
   */
  sinkhornSweep(
    costs: number,
    rows: number,
    columns: number,
    g: number,
    logWeights: number,
    a: number,
    epsilon: number,
    f: number,
    columnSums: number,
    scratch: number,
  ): void;
  /** {@link SoftMinExports.sinkhornSweep} between two clouds. `scratch`: (3 + dim)·padded(columns) float64 values. */
  sinkhornSweepPoints(
    x: number,
    rows: number,
    y: number,
    columns: number,
    dim: number,
    cost: number,
    g: number,
    logWeights: number,
    a: number,
    epsilon: number,
    f: number,
    columnSums: number,
    scratch: number,
  ): void;
}
