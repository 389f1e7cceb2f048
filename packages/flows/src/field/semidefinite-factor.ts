/**
 * Cholesky factors of positive semidefinite matrices, by pivoting on the diagonal (N. J. Higham, Accuracy and Stability of Numerical
 * Algorithms, 2nd ed., section 10.3). The matrix is scaled to unit diagonal first, so that a coordinate of tiny variance counts as
 * much as the others. Cost O(size · rank²). What is below the rounding of the entries is taken for zero.
 */

/** L of a matrix L Lᵀ. */
export interface SemidefiniteFactor {
  /** L, row-major, shape [size, rank]. */
  readonly rows: Float64Array;
  /** Number of columns. */
  readonly rank: number;
}

/** Relative to a unit diagonal: a residual below its negative is no rounding of the caller's covariances. */
const INDEFINITE = 1e-9;

/** L with L Lᵀ = matrix, or undefined where the symmetric matrix is not positive semidefinite. */
export function semidefiniteFactor(matrix: Float64Array, size: number): SemidefiniteFactor | undefined {
  const scales = diagonalScales(matrix, size);
  if (!scales) return undefined;
  const rest = matrix.map((entry, at) => ratio(entry, scales[(at / size) | 0], scales[at % size]));
  const rows = new Float64Array(size * size);
  const isOpen = new Uint8Array(size).fill(1);
  const smallestPivot = 8 * size * Number.EPSILON;
  let rank = 0;
  for (; rank < size; rank++) {
    const pivot = largestDiagonal(rest, isOpen, size);
    if (pivot < 0 || rest[pivot * size + pivot] <= smallestPivot) break;
    eliminate(rest, rows, isOpen, pivot, rank, size);
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (isOpen[i] && isOpen[j] && Math.abs(rest[i * size + j]) > INDEFINITE) return undefined;
    }
  }
  return { rows: Float64Array.from({ length: size * rank }, (_, at) => entryOf(at)), rank };

  function entryOf(at: number): number {
    const i = (at / rank) | 0;
    return scales![i] * rows[i * size + (at % rank)];
  }
}

/** Square roots of the diagonal; undefined where it is negative, or 0 beside an entry that is not. */
function diagonalScales(matrix: Float64Array, size: number): Float64Array | undefined {
  const scales = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const variance = matrix[i * size + i];
    if (variance < 0) return undefined;
    for (let j = 0; j < size; j++) if (variance === 0 && matrix[i * size + j] !== 0) return undefined;
    scales[i] = Math.sqrt(variance);
  }
  return scales;
}

function ratio(entry: number, left: number, right: number): number {
  return entry === 0 ? 0 : entry / left / right;
}

function largestDiagonal(rest: Float64Array, isOpen: Uint8Array, size: number): number {
  let largest = -1;
  for (let i = 0; i < size; i++) {
    if (isOpen[i] && (largest < 0 || rest[i * size + i] > rest[largest * size + largest])) largest = i;
  }
  return largest;
}

function eliminate(
  rest: Float64Array,
  rows: Float64Array,
  isOpen: Uint8Array,
  pivot: number,
  column: number,
  size: number,
): void {
  const root = Math.sqrt(rest[pivot * size + pivot]);
  isOpen[pivot] = 0;
  rows[pivot * size + column] = root;
  for (let i = 0; i < size; i++) if (isOpen[i]) rows[i * size + column] = rest[i * size + pivot] / root;
  for (let i = 0; i < size; i++) {
    if (!isOpen[i]) continue;
    for (let j = 0; j < size; j++) {
      if (isOpen[j]) rest[i * size + j] -= rows[i * size + column] * rows[j * size + column];
    }
  }
}
