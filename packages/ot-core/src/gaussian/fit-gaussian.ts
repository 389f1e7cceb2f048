// Mean and covariance of points.
import { checkInteger, checkOptions } from '@brenier/errors';
import { multiplyMatrices } from '@brenier/kernels';
import { asPointCloud, type PointsInput } from '../geometry/as-point-cloud.js';
import type { Gaussian } from './gaussian.js';
import { largestEntry } from './symmetric-matrix.js';

/** Options of {@link fitGaussian}. */
export interface FitGaussianOptions {
  /** Coordinates per point; needed where points come as a flat array. */
  readonly dim?: number;
  /**
   * What is taken from the count in the denominator of the covariance: 1 for the unbiased estimate, 0 for the most
   * likely one. Default 1.
   */
  readonly correction?: 0 | 1;
}

/** Rows whose products are formed in one piece. */
const BLOCK = 4096;

/**
 * The normal distribution with the mean and the covariance of some points.
 *
 * Differences to the mean are formed before they are multiplied, so a huge offset costs no digits. Singular where there
 * are no more points than coordinates; entries are not finite where they exceed float64, beyond standard deviations of about
 * 1e154. Cost O(count · dim²), memory O(count · dim).
 *
 * @param points - shape [count, dim]; at least 2 points, or 1 where `correction` is 0
 * @param options - dimension of a flat array; denominator
 * @returns mean and covariance
 * @throws TypeError or RangeError where points or options are not valid, or there are too few points
 *
 * @example
 * Two points, two apart: the unbiased variance is 2.
 * ```ts
 * import { fitGaussian } from '@brenier/ot-core';
 *
 * const { mean, covariance } = fitGaussian([[1], [3]]);
 * mean; // => Float64Array.of(2)
 * covariance; // => Float64Array.of(2)
 * ```
 */
export function fitGaussian(points: PointsInput, options?: FitGaussianOptions): Gaussian {
  const { dim: givenDim, correction = 1 } = checkOptions('options', options, ['dim', 'correction']);
  checkInteger('correction', correction, 0, 1);
  const { points: x, count, dim } = asPointCloud('points', points, givenDim);
  if (count <= correction) throw new RangeError(`"points" expected at least ${correction + 1} points, got ${count}`);
  const mean = centre(x, count, dim);
  // A sum of squares may overflow where their mean does not: up to 2⁶⁴ of them are summed in this unit.
  const unit = largestEntry(x) > 2 ** 400 ? 2 ** 32 : 1;
  if (unit > 1) for (let at = 0; at < x.length; at++) x[at] /= unit;
  const covariance = new Float64Array(dim * dim);
  for (let first = 0; first < count; first += BLOCK) {
    const rows = x.subarray(first * dim, Math.min(first + BLOCK, count) * dim);
    const shape = { rows: dim, inner: rows.length / dim, columns: dim, transposeA: true };
    const part = multiplyMatrices(rows, rows, shape);
    for (let at = 0; at < covariance.length; at++) covariance[at] += part[at];
  }
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = (covariance[i * dim + j] / (count - correction)) * unit * unit;
      covariance[i * dim + j] = covariance[j * dim + i] = entry;
    }
  }
  return { mean, covariance, dim };
}

/** Takes the mean away from points, in place, and returns it; relative to the first point, to which a second pass adds. */
function centre(x: Float64Array, count: number, dim: number): Float64Array {
  const mean = new Float64Array(dim);
  for (let pass = 0; pass < 2; pass++) {
    const shift = pass === 0 ? x.slice(0, dim) : meanOf(x, count, dim);
    for (let at = 0; at < x.length; at++) x[at] -= shift[at % dim];
    for (let k = 0; k < dim; k++) mean[k] += shift[k];
  }
  return mean;
}

function meanOf(x: Float64Array, count: number, dim: number): Float64Array {
  const sum = new Float64Array(dim);
  for (let at = 0; at < x.length; at++) sum[at % dim] += x[at];
  return sum.map((each) => each / count);
}
