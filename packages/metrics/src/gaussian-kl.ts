import { log1p } from '@brenier/elementary';
import { checkFiniteArray, checkLength, checkOneOf, checkOptions } from '@brenier/errors';
import { multiplyMatrices } from '@brenier/kernels';
import { type GaussianInput, type PointsInput, spectralFunction, symmetricEigen } from '@brenier/ot-core';
import { momentsOf } from './moments-of.js';

/** Options of {@link gaussianKl}. */
export interface GaussianKlOptions {
  /** `'diagonal'` ignores covariances between coordinates on both sides. Default `'full'`. */
  readonly covariance?: 'full' | 'diagonal';
}

/** A Kullback–Leibler divergence between normal distributions. */
export interface GaussianKlResult {
  /** KL(p ‖ q) over all coordinates, in nats; `Infinity` where p is singular. */
  readonly value: number;
  /** `value` divided by the dimension. */
  readonly perDimension: number;
  /** The part that the means make, ½ (m_p − m_q)ᵀ Σ_q⁻¹ (m_p − m_q). */
  readonly meanPart: number;
  /** The part that the covariances make, ½ Σ_k (μ_k − 1 − log μ_k) over the eigenvalues μ of Σ_q^−½ Σ_p Σ_q^−½. */
  readonly covariancePart: number;
}

/**
 * The Kullback–Leibler divergence KL(p ‖ q) between two normal distributions, given by moments or fitted to points.
 *
 * Every term of both parts is at least 0, so that small divergences keep their digits. Fitted to n points of q itself,
 * its mean is about dim(dim + 3)/(4n) for full covariances and dim/n for diagonal ones: print that floor beside it.
 *
 * @param p - mean and covariance, or at least two points, shape [n, dim]: what is judged
 * @param q - the same for the reference, whose covariance must be positive definite
 * @param options - full or diagonal covariances
 * @returns the divergence in nats, total and per dimension, and its parts; cost O(dim³), and O(n · dim²) for points
 * @throws TypeError or RangeError where an argument is neither, dimensions differ, a covariance is not positive
 *   semidefinite, or that of `q` is singular
 *
 * @see Kullback, Information Theory and Statistics (1959), section 9.1
 *
 * @example
 * Unit variances, means one apart: ½.
 * ```ts
 * import { gaussianKl } from '@brenier/metrics';
 *
 * gaussianKl({ mean: [1], covariance: [1] }, { mean: [0], covariance: [1] }).value; // => 0.5
 * ```
 */
export function gaussianKl(
  p: GaussianInput | PointsInput,
  q: GaussianInput | PointsInput,
  options?: GaussianKlOptions,
): GaussianKlResult {
  const { covariance = 'full' } = checkOptions('options', options, ['covariance']);
  checkOneOf('covariance', covariance, ['full', 'diagonal']);
  const [first, second] = [momentsOf('p', p), momentsOf('q', q)];
  const dim = checkFiniteArray('p.mean', first.mean).length;
  checkFiniteArray('q.mean', checkLength('q.mean', second.mean, dim));
  const [sigmaP, sigmaQ] = [first, second].map((each, i) => {
    const name = i === 0 ? 'p.covariance' : 'q.covariance';
    const matrix = Float64Array.from(checkLength(name, each.covariance, dim * dim));
    return covariance === 'full' ? matrix : matrix.map((entry, at) => (at % (dim + 1) === 0 ? entry : 0));
  });
  const whitening = spectralFunction(sigmaQ, dim, inverseRoot);
  const shape = { rows: dim, inner: dim, columns: dim };
  const relative = multiplyMatrices(multiplyMatrices(whitening, sigmaP, shape), whitening, shape);
  const difference = Float64Array.from(first.mean, (each, k) => each - second.mean[k]);
  const white = multiplyMatrices(whitening, difference, { ...shape, columns: 1 });
  const meanPart = white.reduce((sum, each) => sum + each * each, 0) / 2;
  const covariancePart = symmetricEigen(relative, dim).values.reduce((sum, value) => sum + excess(value), 0) / 2;
  const value = meanPart + covariancePart;
  return { value, perDimension: value / dim, meanPart, covariancePart };
}

function inverseRoot(eigenvalue: number): number {
  if (eigenvalue > 0) return 1 / Math.sqrt(eigenvalue);
  throw new RangeError(`"q.covariance" expected a positive definite matrix, got the eigenvalue ${eigenvalue}`);
}

/** Rounding leaves eigenvalues of this size to a singular matrix. */
const SINGULAR = 1e-14;

/** μ − 1 − log μ ≥ 0. */
function excess(eigenvalue: number): number {
  if (eigenvalue < -1e-8) {
    throw new RangeError(`"p.covariance" expected a positive semidefinite matrix, got ${eigenvalue} relative to "q"`);
  }
  if (eigenvalue < SINGULAR) return Infinity;
  return Math.max(0, eigenvalue - 1 - log1p(eigenvalue - 1));
}
