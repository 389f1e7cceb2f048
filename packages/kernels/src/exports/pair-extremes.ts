/** What the worst of all pairs is, for a certificate of optimality: the kernel shares nothing with any solver. */
export interface PairExtremeExports {
  /**
   * Writes max f_i + g_j − ‖x_i − y_j‖² and max ‖x_i − y_j‖² over all pairs of two clouds of the plane to `out`, 2 float64
   * values; −∞ and 0 where there is no pair. Sums that are NaN do not count.
   */
  pairExtremes(x: number, rows: number, f: number, y: number, columns: number, g: number, out: number): void;
}
