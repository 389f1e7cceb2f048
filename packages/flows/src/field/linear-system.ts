/** Square systems by LU factorisation with row exchanges (Golub and Van Loan, Matrix Computations, algorithm 3.4.1). */

/** A factorised matrix. */
export interface LinearSystem {
  /** x ← A⁻¹x for the vector that begins at `at`; O(dim²). */
  solve(x: Float64Array, at: number): void;
}

/** Factorises a matrix, shape [dim, dim], in O(dim³); undefined where it is singular to working precision. */
export function linearSystem(matrix: Float64Array, dim: number): LinearSystem | undefined {
  const lu = matrix.slice();
  const rowOf = Int32Array.from({ length: dim }, (_, i) => i);
  for (let k = 0; k < dim; k++) {
    const pivot = exchangeRows(lu, rowOf, k, dim);
    if (!(Math.abs(pivot) > dim * Number.EPSILON * largestOfRow(matrix, rowOf[k], dim))) return undefined;
    for (let i = k + 1; i < dim; i++) {
      const factor = (lu[i * dim + k] /= pivot);
      for (let j = k + 1; j < dim; j++) lu[i * dim + j] -= factor * lu[k * dim + j];
    }
  }
  const y = new Float64Array(dim);
  return { solve: (x, at) => substitute(lu, rowOf, y, x, at, dim) };
}

/** Brings the largest entry of what is left of column k to the diagonal. */
function exchangeRows(lu: Float64Array, rowOf: Int32Array, k: number, dim: number): number {
  let from = k;
  for (let i = k + 1; i < dim; i++) if (Math.abs(lu[i * dim + k]) > Math.abs(lu[from * dim + k])) from = i;
  if (from !== k) {
    for (let j = 0; j < dim; j++) {
      [lu[k * dim + j], lu[from * dim + j]] = [lu[from * dim + j], lu[k * dim + j]];
    }
    [rowOf[k], rowOf[from]] = [rowOf[from], rowOf[k]];
  }
  return lu[k * dim + k];
}

function largestOfRow(matrix: Float64Array, row: number, dim: number): number {
  let largest = 0;
  for (let j = 0; j < dim; j++) largest = Math.max(largest, Math.abs(matrix[row * dim + j]));
  return largest;
}

function substitute(
  lu: Float64Array,
  rowOf: Int32Array,
  y: Float64Array,
  x: Float64Array,
  at: number,
  dim: number,
): void {
  for (let i = 0; i < dim; i++) {
    let sum = x[at + rowOf[i]];
    for (let j = 0; j < i; j++) sum -= lu[i * dim + j] * y[j];
    y[i] = sum;
  }
  for (let i = dim - 1; i >= 0; i--) {
    let sum = y[i];
    for (let j = i + 1; j < dim; j++) sum -= lu[i * dim + j] * y[j];
    y[i] = sum / lu[i * dim + i];
  }
  for (let i = 0; i < dim; i++) x[at + i] = y[i];
}
