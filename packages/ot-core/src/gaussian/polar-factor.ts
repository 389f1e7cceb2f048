// (KᵀK)^½, the symmetric factor of the polar decomposition of a square matrix K, and its trace, the nuclear norm of K, by one-sided
// Jacobi rotations (Hestenes 1958): without forming KᵀK, which would lose half of the digits of small singular values.
//
// Rows are rotated in pairs until all are orthogonal. Then their lengths are the singular values, and KᵀK is the sum of their outer
// products. About 6 to 10 sweeps of 4 dim³ operations.
import { largestEntry } from './symmetric-matrix.js';

const MOST_SWEEPS = 60;

/** The sum of the singular values, tr (KᵀK)^½. Overwrites `k`. */
export function nuclearNorm(k: Float64Array, dim: number): number {
  const unit = takeUnit(k);
  return unit * orthogonaliseRows(k, dim).reduce((sum, length) => sum + length, 0);
}

/** (KᵀK)^½, exactly symmetric. Overwrites `k`. */
export function symmetricPolarFactor(k: Float64Array, dim: number): Float64Array {
  const unit = takeUnit(k);
  const lengths = orthogonaliseRows(k, dim);
  const factor = new Float64Array(dim * dim);
  lengths.forEach((length, row) => {
    if (length === 0) return;
    for (let i = 0; i < dim; i++) {
      const scaled = k[row * dim + i] / length;
      for (let j = 0; j <= i; j++) factor[i * dim + j] += scaled * k[row * dim + j];
    }
  });
  for (let i = 0; i < dim; i++) for (let j = 0; j < i; j++) factor[j * dim + i] = factor[i * dim + j];
  return unit === 1 ? factor : factor.map((each) => unit * each);
}

/** Divides a matrix whose squares would leave the range of a float64 by a power of two, and gives that; 1 for others. */
function takeUnit(k: Float64Array): number {
  const largest = largestEntry(k);
  if (largest === 0 || (largest >= 2 ** -400 && largest <= 2 ** 400)) return 1;
  const unit = largest > 1 ? 2 ** 700 : 2 ** -700;
  for (let at = 0; at < k.length; at++) k[at] /= unit;
  return unit;
}

/** Gives the lengths of the rows. */
function orthogonaliseRows(k: Float64Array, dim: number): Float64Array {
  const squares = new Float64Array(dim);
  for (let i = 0; i < dim; i++) squares[i] = dot(k, dim, i, i);
  const negligible = squares.reduce((most, each) => Math.max(most, each), 0) * 2 ** -104;
  for (let sweep = 0; sweep < MOST_SWEEPS && orthogonalise(k, squares, dim, negligible); sweep++);
  return squares.map(Math.sqrt);
}

function orthogonalise(k: Float64Array, squares: Float64Array, dim: number, negligible: number): boolean {
  let hasRotated = false;
  for (let p = 0; p < dim - 1; p++) {
    for (let q = p + 1; q < dim; q++) {
      const product = dot(k, dim, p, q);
      const scale = Math.sqrt(squares[p]) * Math.sqrt(squares[q]);
      if (Math.abs(product) <= dim * 2 ** -53 * scale || Math.abs(product) <= negligible) continue;
      rotate(k, dim, p, q, (squares[q] - squares[p]) / (2 * product));
      // Formed anew: an update in place would lose the digits of a row that nearly vanishes.
      squares[p] = dot(k, dim, p, p);
      squares[q] = dot(k, dim, q, q);
      hasRotated = true;
    }
  }
  return hasRotated;
}

function rotate(k: Float64Array, dim: number, p: number, q: number, theta: number): void {
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let j = 0; j < dim; j++) {
    const [x, y] = [k[p * dim + j], k[q * dim + j]];
    k[p * dim + j] = c * x - s * y;
    k[q * dim + j] = s * x + c * y;
  }
}

function dot(k: Float64Array, dim: number, p: number, q: number): number {
  let sum = 0;
  for (let j = 0; j < dim; j++) sum += k[p * dim + j] * k[q * dim + j];
  return sum;
}
