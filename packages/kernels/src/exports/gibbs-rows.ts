/**
 * Rows of the Gibbs kernel that are kept between Sinkhorn iterations, all float64.
 *
 * T_ij = exp(logWeights[j] + (g[j] − c_ij)/ε) over the largest term of its row; terms below 2^−1000 count as 2^−1000.
 * Rows of T are `padded(columns)` values apart, `padded(n)` being n rounded up to a multiple of 8. Every result has the
 * same bits however the rows are cut into calls.
 */
export interface GibbsRowExports {
  /**
   * Replaces costs by T in place: on entry row i of `terms` holds c_i0 … c_i(columns−1), on return T_i0 … and a padding
   * of 2^−1000. `sums[i] = Σ_j T_ij`, `softMin[i] = −ε log Σ_j exp(logWeights[j] + (g[j] − c_ij)/ε)`.
   * `scratch`: padded(columns) float64 values.
   */
  gibbsRows(
    terms: number,
    rows: number,
    columns: number,
    g: number,
    logWeights: number,
    epsilon: number,
    softMin: number,
    sums: number,
    scratch: number,
  ): void;
  /**
   * The same with costs between the points of `x` (rows × dim) and of `y` (columns × dim); `cost` is 0 for ‖x−y‖² and 1
   * for ‖x−y‖. `scratch`: (2 + dim)·padded(columns) float64 values.
   */
  gibbsRowsPoints(
    x: number,
    rows: number,
    y: number,
    columns: number,
    dim: number,
    cost: number,
    g: number,
    logWeights: number,
    epsilon: number,
    terms: number,
    softMin: number,
    sums: number,
    scratch: number,
  ): void;
  /** `sums[i] = Σ_j T_ij·scaling[j]`; `scaling` holds padded(columns) values, zeros at the end. */
  gibbsRowSums(terms: number, rows: number, columns: number, scaling: number, sums: number): void;
  /** `columnSums[j] += Σ_i factors[i]·T_ij`, over all padded(columns) columns. */
  gibbsColumnSums(terms: number, rows: number, columns: number, factors: number, columnSums: number): void;
}
