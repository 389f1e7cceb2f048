// The 2-Wasserstein distance between normal distributions. Other names: Fréchet distance, Bures–Wasserstein, Gelbrich.
import { multiplyMatrices } from '@brenier/kernels';
import { type GaussianInput, readGaussianPair } from './gaussian.js';
import { nuclearNorm } from './polar-factor.js';
import { recompose } from './spectral-function.js';
import { eigenOfSemidefinite } from './square-root.js';
import { traceOf } from './symmetric-matrix.js';

/** The answer of {@link buresWasserstein}. Plain data. */
export interface BuresWassersteinResult {
  /** W2², the cost of optimal transport for ‖x−y‖². */
  readonly cost: number;
  /** W2, its root. */
  readonly distance: number;
  /** The part of the means, ‖m_p − m_q‖². */
  readonly meanCost: number;
  /** The part of the covariances: the squared Bures distance, at least 0. */
  readonly covarianceCost: number;
}

/**
 * The exact 2-Wasserstein distance between two normal distributions: ‖m_p − m_q‖² + tr(Σ_p + Σ_q −
 * 2(Σ_p^½ Σ_q Σ_p^½)^½).
 *
 * The last trace is the nuclear norm of Σ_q^½ Σ_p^½ and is computed as such. `covarianceCost` is a difference of traces:
 * exact to about 1e-15 of tr(Σ_p + Σ_q), not of itself, and only to about 1e-8 of it where a covariance is singular to
 * working precision: a perturbation of 1e-16 of an eigenvalue 0 is one of 1e-8 of its root. For any two distributions with
 * these moments it is a lower bound of W2² (Gelbrich). Cost O(dim³).
 *
 * @param p - a normal distribution
 * @param q - another, of the same dimension
 * @returns W2², its root and its two parts
 * @throws TypeError or RangeError where shapes do not fit, a number is not finite, or a covariance is not symmetric and
 *   positive semidefinite
 *
 * @see Dowson and Landau, The Fréchet distance between multivariate normal distributions (1982); Gelbrich (1990);
 *   Peyré and Cuturi, Computational Optimal Transport (2019), remark 2.31
 *
 * @example
 * Two normal distributions on the line: W2² is (3 − 0)² + (2 − 1)².
 * ```ts
 * import { buresWasserstein } from '@brenier/ot-core';
 *
 * const { cost } = buresWasserstein({ mean: [0], covariance: [1] }, { mean: [3], covariance: [4] });
 * cost; // => 10
 * ```
 */
export function buresWasserstein(p: GaussianInput, q: GaussianInput): BuresWassersteinResult {
  const [first, second] = readGaussianPair(p, q);
  const dim = first.dim;
  const rootOfP = recompose(eigenOfSemidefinite('p.covariance', first.covariance, dim), Math.sqrt);
  const rootOfQ = recompose(eigenOfSemidefinite('q.covariance', second.covariance, dim), Math.sqrt);
  const product = multiplyMatrices(rootOfQ, rootOfP, { rows: dim, inner: dim, columns: dim });
  const traces = traceOf(first.covariance, dim) + traceOf(second.covariance, dim);
  const covarianceCost = Math.max(0, traces - 2 * nuclearNorm(product, dim));
  const meanCost = first.mean.reduce((sum, each, k) => sum + (each - second.mean[k]) * (each - second.mean[k]), 0);
  const cost = meanCost + covarianceCost;
  return { cost, distance: Math.sqrt(cost), meanCost, covarianceCost };
}
