/**
 * The law of both ends as the law of X₀ and that of X₁ given X₀. The divergence of two of them is KL(X₀) + E KL(X₁ | X₀), in which nothing is
 * the difference of near numbers, where the covariance of both ends together is singular to rounding as σ → 0.
 */
import { log, log1p } from '@brenier/elementary';
import { spectralFunction, symmetricEigen, type Gaussian } from '@brenier/ot-core';
import { apply, combine, product, symmetrized } from './square-matrix.js';

/** X₀, and X₁ = endMean + slope·(X₀ − E X₀) + noise. */
export interface ChainedLaw {
  /** The law of X₀. */
  readonly start: Gaussian;
  /** E X₁, shape [dim]. */
  readonly endMean: Float64Array;
  /** Cov(X₁, X₀)Σ₀⁻¹, shape [dim, dim]. */
  readonly slope: Float64Array;
  /** Cov(X₁ | X₀), shape [dim, dim]. */
  readonly residual: Float64Array;
}

/** KL(p ‖ q) in nats; Infinity where a residual of p is singular. */
export function chainedKl(p: ChainedLaw, q: ChainedLaw): number {
  const { dim } = p.start;
  const shift = p.start.mean.map((each, i) => each - q.start.mean[i]);
  const carried = apply(q.slope, shift);
  const endShift = p.endMean.map((each, i) => each - q.endMean[i] - carried[i]);
  const turn = combine(
    [
      [1, p.slope],
      [-1, q.slope],
    ],
    0,
    dim,
  );
  const spread = product(product(turn, p.start.covariance, dim), turn, dim, true);
  const none = new Float64Array(dim * dim);
  return (
    divergence(p.start.covariance, q.start.covariance, shift, none) +
    divergence(p.residual, q.residual, endShift, spread)
  );
}

/** KL of normal laws with the covariances P and Q, whose means are apart by something of mean `shift` and covariance `spread`. */
function divergence(p: Float64Array, q: Float64Array, shift: Float64Array, spread: Float64Array): number {
  const dim = shift.length;
  const whitening = spectralFunction(q, dim, (value) => 1 / Math.sqrt(value));
  const whitened = (matrix: Float64Array): Float64Array =>
    symmetrized(product(product(whitening, matrix, dim), whitening, dim), dim);
  let sum = 0;
  for (const value of symmetricEigen(whitened(p), dim).values) sum += excess(value);
  for (const each of apply(whitening, shift)) sum += each * each;
  const apart = whitened(spread);
  for (let i = 0; i < dim; i++) sum += apart[i * dim + i];
  return 0.5 * sum;
}

/** μ − 1 − log μ ≥ 0. */
function excess(eigenvalue: number): number {
  if (eigenvalue <= 0) return Infinity;
  const logarithm = eigenvalue < 0.5 ? log(eigenvalue) : log1p(eigenvalue - 1);
  return Math.max(0, eigenvalue - 1 - logarithm);
}
