/** All costs between two clouds, row-major: `x` holds rows × dim values, `y` columns × dim, `out` rows × columns. */
export interface PairwiseCostExports {
  /** float64; `cost` is 0 for ‖x−y‖², 1 for ‖x−y‖. `scratch`: 8·⌈columns / 8⌉·dim + 16 float64 values. */
  pairwiseCosts64(
    x: number,
    rows: number,
    y: number,
    columns: number,
    dim: number,
    cost: number,
    out: number,
    scratch: number,
  ): void;
  /** float32; `cost` is 0 for ‖x−y‖², 1 for ‖x−y‖. `scratch`: 16·⌈columns / 16⌉·dim + 32 float32 values. */
  pairwiseCosts32(
    x: number,
    rows: number,
    y: number,
    columns: number,
    dim: number,
    cost: number,
    out: number,
    scratch: number,
  ): void;
}
