/** What the worst of all pairs is, for a certificate of optimality: the kernel shares nothing with any solver. */
export interface PairExtremeExports {
  /** Bytes of `scratch` that {@link PairExtremeExports.pairExtremes} needs. */
  pairExtremesScratch(rows: number, columns: number, dim: number): number;
  /**
   * Writes max f_i + g_j − ‖x_i − y_j‖² and max ‖x_i − y_j‖² over all pairs of two clouds, `dim` coordinates a point, to
   * `out`, 2 float64 values; −∞ and 0 where there is no pair. Sums that are NaN do not count. The bits are those of a loop
   * over all pairs in float64: float32 products with a proven bound of their error leave out pairs that cannot matter.
   */
  pairExtremes(
    x: number,
    rows: number,
    f: number,
    y: number,
    columns: number,
    g: number,
    dim: number,
    out: number,
    scratch: number,
  ): void;
}
