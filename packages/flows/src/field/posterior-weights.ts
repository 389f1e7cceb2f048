/**
 * Which of finitely many centres a point belongs to: posterior weights r_j ∝ w_j exp(−‖x − c_j‖²/2V), and means with them, for a block
 * of points at a time, so that the centres are read once for the block. What a point gets does not depend on its block.
 *
 * Squares are compared before they are divided by V, which may be tiny, and exponents before they are exponentiated: one weight always is
 * of order 1, and centres that are equally near share by their w_j exactly.
 */
import { exp, log } from '@brenier/elementary';

/** Points per block: with a thousand centres their weights stay in the second cache. */
export const BLOCK = 16;

/** Where the weights of a block go. */
export interface PosteriorWeights {
  /** Weights of the points of the block, shape [BLOCK, size]. */
  readonly shares: Float64Array;
  /** The logarithm of Σ_j w_j exp(−‖x − c_j‖²/2V), shape [BLOCK]. */
  readonly logTotals: Float64Array;
}

/** Fills the weights of the points from `start` to `end`; V = 0 gives all weight to the nearest centres. */
export function weighBlock(
  { shares, logTotals }: PosteriorWeights,
  logWeights: Float64Array,
  centres: Float64Array,
  variance: number,
  x: Float64Array,
  start: number,
  end: number,
  dim: number,
): void {
  const size = logWeights.length;
  for (let j = 0; j < size; j++) {
    for (let first = start, at = j; first < end; first += dim, at += size) {
      let square = 0;
      for (let k = 0, c = j * dim; k < dim; k++) {
        const difference = x[first + k] - centres[c + k];
        square += difference * difference;
      }
      shares[at] = square;
    }
  }
  for (let place = 0, from = 0; start + place * dim < end; place++, from += size) {
    logTotals[place] = normalise(shares, logWeights, variance, from);
  }
}

/** Turns squares into weights of sum 1; returns the logarithm of what their sum was. */
function normalise(shares: Float64Array, logWeights: Float64Array, variance: number, from: number): number {
  const size = logWeights.length;
  let nearest = Infinity;
  for (let j = 0; j < size; j++) if (shares[from + j] < nearest) nearest = shares[from + j];
  let largest = -Infinity;
  for (let j = 0; j < size; j++) {
    const exponent = logWeights[j] - excess(shares[from + j] - nearest, variance);
    shares[from + j] = exponent;
    if (exponent > largest) largest = exponent;
  }
  let total = 0;
  for (let j = 0; j < size; j++) total += shares[from + j] = exp(shares[from + j] - largest);
  for (let j = 0; j < size; j++) shares[from + j] /= total;
  return largest + log(total) - (0.5 * nearest) / variance;
}

function excess(difference: number, variance: number): number {
  return variance > 0 ? (0.5 * difference) / variance : difference > 0 ? Infinity : difference;
}

/** Adds Σ_j r_j a_j to every point of a block of `out`, for vectors a_j, shape [size, dim]. */
export function addMeanVector(
  shares: Float64Array,
  vectors: Float64Array,
  out: Float64Array,
  start: number,
  end: number,
  dim: number,
): void {
  const size = vectors.length / dim;
  for (let j = 0; j < size; j++) {
    for (let first = start, at = j; first < end; first += dim, at += size) {
      const share = shares[at];
      if (share !== 0) for (let k = 0, v = j * dim; k < dim; k++) out[first + k] += share * vectors[v + k];
    }
  }
}

/** Adds factor·Σ_j r_j (x − c_j) to every point of a block of `out`. Differences come first: a common offset costs no digits. */
export function addMeanGap(
  shares: Float64Array,
  factor: number,
  centres: Float64Array,
  x: Float64Array,
  out: Float64Array,
  start: number,
  end: number,
  dim: number,
): void {
  const size = centres.length / dim;
  for (let j = 0; j < size; j++) {
    for (let first = start, at = j; first < end; first += dim, at += size) {
      const share = factor * shares[at];
      if (share !== 0)
        for (let k = 0, c = j * dim; k < dim; k++) out[first + k] += share * (x[first + k] - centres[c + k]);
    }
  }
}
