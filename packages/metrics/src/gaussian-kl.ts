import { log, log1p } from '@brenier/elementary';
import { checkLength, checkOneOf, checkOptions } from '@brenier/errors';
import { multiplyMatrices } from '@brenier/kernels';
import { type GaussianInput, type PointsInput, spectralFunction, symmetricEigen } from '@brenier/ot-core';
import { type Moments, momentsOf } from './moments-of.js';

/** Options of {@link gaussianKl}. */
export interface GaussianKlOptions {
  /** `'diagonal'` ignores covariances between coordinates on both sides. Default `'full'`. */
  readonly covariance?: 'full' | 'diagonal';
}

/** A Kullback–Leibler divergence between normal distributions. */
export interface GaussianKlResult {
  /** KL(p ‖ q) over all coordinates, in nats; `Infinity` where p is singular up to rounding. */
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
 * Where both covariances are diagonal, p may be narrower than q by any factor. Others count as singular where the smallest relative
 * eigenvalue is what rounding leaves of 0, about 1e-14 where the largest is near 1.
 *
 * @param p - mean and covariance, or at least two points, shape [n, dim]: what is judged
 * @param q - the same for the reference, whose covariance must be positive definite: more than dim points for a full one, which do not
 *   lie in a hyperplane up to rounding
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
  const { dim } = first;
  checkLength('q.mean', second.mean, dim);
  const [sigmaP, sigmaQ] = [first, second].map((each) => {
    const matrix = Float64Array.from(each.covariance);
    return covariance === 'full' ? matrix : matrix.map((entry, at) => (at % (dim + 1) === 0 ? entry : 0));
  });
  if (covariance === 'full') checkPointsSpan(second);
  const whitening = spectralFunction(sigmaQ, dim, inverseRoot);
  const shape = { rows: dim, inner: dim, columns: dim };
  const relative = multiplyMatrices(multiplyMatrices(whitening, sigmaP, shape), whitening, shape);
  const difference = Float64Array.from(first.mean, (each, k) => each - second.mean[k]);
  const white = multiplyMatrices(whitening, difference, { ...shape, columns: 1 });
  const meanPart = white.reduce((sum, each) => sum + each * each, 0) / 2;
  const { values } = symmetricEigen(relative, dim);
  const rounding = covariance === 'full' && isThin(first) ? Infinity : roundingOf(relative, values);
  const covariancePart = values.reduce((sum, each) => sum + excess(each, rounding), 0) / 2;
  const value = meanPart + covariancePart;
  return { value, perDimension: value / dim, meanPart, covariancePart };
}

function inverseRoot(eigenvalue: number): number {
  if (eigenvalue > 0) return 1 / Math.sqrt(eigenvalue);
  throw new RangeError(`"q.covariance" expected a positive definite matrix, got the eigenvalue ${eigenvalue}`);
}

/** Whether points are too few to have a covariance that is not singular. */
function isThin({ count, dim }: Moments): boolean {
  return count !== undefined && count <= dim;
}

/** Refuses points in a hyperplane, whose covariance only rounding makes definite: judged by correlations, so that units do not matter. */
function checkPointsSpan(moments: Moments): void {
  const { covariance, count, dim } = moments;
  if (count === undefined) return;
  if (isThin(moments)) throw new RangeError(`"q" expected more than ${dim} points for a full covariance, got ${count}`);
  const scales = Float64Array.from({ length: dim }, (_, k) => 1 / Math.sqrt(covariance[k * (dim + 1)]));
  // A coordinate that is the same for all points is refused with its covariance.
  if (!scales.every(Number.isFinite)) return;
  const correlation = Float64Array.from(
    covariance,
    (each, at) => each * scales[Math.floor(at / dim)] * scales[at % dim],
  );
  const { values } = symmetricEigen(correlation, dim);
  if (values[0] > dim * ROUNDING * values[dim - 1]) return;
  throw new RangeError(
    `"q" expected points that span ${dim} dimensions, got correlations with the eigenvalues ${values[0]} to ${values[dim - 1]}`,
  );
}

/** Per coordinate, the part of the largest eigenvalue that rounding makes of a 0: up to half of it was seen. */
const ROUNDING = 2 ** -51;

/** Eigenvalues near 1 come with roundings of the matrix that whitens, which are larger. */
const SINGULAR = 1e-14;

/** What rounding may make of an eigenvalue 0 of the relative matrix; nothing where that is diagonal. */
function roundingOf(relative: Float64Array, values: Float64Array): number {
  const dim = values.length;
  if (relative.every((each, at) => each === 0 || at % (dim + 1) === 0)) return 0;
  const largest = Math.max(-values[0], values[dim - 1]);
  return Math.max(SINGULAR * Math.min(1, largest), dim * ROUNDING * largest);
}

/** Below it μ − 1 has fewer digits than μ. */
const SMALL = 2 ** -10;

/** μ − 1 − log μ ≥ 0, of an eigenvalue that is 0 where it is within the rounding. */
function excess(eigenvalue: number, rounding: number): number {
  if (eigenvalue < -1e6 * rounding) {
    throw new RangeError(`"p.covariance" expected a positive semidefinite matrix, got ${eigenvalue} relative to "q"`);
  }
  if (eigenvalue <= rounding) return Infinity;
  if (eigenvalue < SMALL) return eigenvalue - 1 - log(eigenvalue);
  return Math.max(0, eigenvalue - 1 - log1p(eigenvalue - 1));
}
