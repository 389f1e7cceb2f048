/** Powers of p-norms between two clouds: `x` holds rows × dim values, `y` columns × dim. */
export interface NormCostExports {
  /**
   * `out[i * stride + j]` = ‖x_i − y_j‖_p^power, float64; 1 ≤ p ≤ ∞ and power > 0. About 20 ns for each power that is not
   * 1/2, 1, 2, 3 or 4.
   */
  normCosts(
    x: number,
    rows: number,
    y: number,
    columns: number,
    dim: number,
    p: number,
    power: number,
    out: number,
    stride: number,
  ): void;
}
