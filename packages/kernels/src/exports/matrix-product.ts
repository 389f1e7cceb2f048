/** Products of row-major matrices. */
export interface MatrixProductExports {
  /** Bytes of `scratch` that a product needs; `size` is 4 for float32, 8 for float64. */
  matrixProductScratch(rows: number, inner: number, columns: number, size: number): number;
  /**
   * `c = op(a)·op(b)` in float32. `a` holds rows × inner values, or inner × rows where `transposeA` is 1, with
   * `aStride` values from one of its stored rows to the next; `b` holds inner × columns, or columns × inner where
   * `transposeB` is 1. Rows of `c` have the same bits whether they are computed together or apart.
   */
  matrixProduct32(
    a: number,
    aStride: number,
    transposeA: number,
    b: number,
    transposeB: number,
    c: number,
    rows: number,
    inner: number,
    columns: number,
    scratch: number,
  ): void;
  /** {@link MatrixProductExports.matrixProduct32} in float64. */
  matrixProduct64(
    a: number,
    aStride: number,
    transposeA: number,
    b: number,
    transposeB: number,
    c: number,
    rows: number,
    inner: number,
    columns: number,
    scratch: number,
  ): void;
}
