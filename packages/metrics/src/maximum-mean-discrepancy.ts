import { checkOneOf, checkOptions, checkPositive } from '@brenier/errors';
import { exponentials } from '@brenier/kernels';
import type { PointCloud, PointsInput } from '@brenier/ot-core';
import { visitDistances } from './distance-rows.js';
import { medianDistance } from './median-distance.js';
import { readClouds } from './read-clouds.js';

/** Options of {@link maximumMeanDiscrepancy}. */
export interface MaximumMeanDiscrepancyOptions {
  /** `'gaussian'` is exp(−‖x−y‖²/(2h²)), `'laplace'` is exp(−‖x−y‖/h). Default `'gaussian'`. */
  readonly kernel?: 'gaussian' | 'laplace';
  /**
   * The width h, in units of x, or several, whose kernels are averaged (multi-scale). Default: the median distance
   * between points of both sets. Give one where several models are to be compared.
   */
  readonly bandwidth?: number | readonly number[];
  /** Coordinates per point; needed where points come as a flat array. */
  readonly dim?: number;
}

/** A maximum mean discrepancy. */
export interface MaximumMeanDiscrepancyResult {
  /** MMD, the root of `squared`; at most √2 for these kernels. */
  readonly value: number;
  /** MMD² of the two sets, at least 0: the biased estimate (a V-statistic). */
  readonly squared: number;
  /** The unbiased estimate of MMD² (a U-statistic), maybe below 0; `NaN` for a set of one point. */
  readonly unbiased: number;
  /** The widths used. */
  readonly bandwidths: readonly number[];
}

/**
 * The maximum mean discrepancy between two sets of points, each with equal weights: the distance of their mean embeddings
 * in the space of a kernel.
 *
 * Its floor is of order 1/n in the square, in any dimension; what it sees depends on the width: structure far below h is
 * invisible, and far above it every set looks alike.
 *
 * @param x - n points, shape [n, dim]
 * @param y - m points, shape [m, dim]
 * @param options - kernel and width
 * @returns the discrepancy, its square, the unbiased estimate, and the widths; cost O((n + m)² · (dim + widths)), memory
 *   about 12 MiB, and up to 64 MiB for the default width, the median of at most two million distances
 * @throws TypeError or RangeError where an argument is not valid
 *
 * @see Gretton, Borgwardt, Rasch, Schölkopf and Smola, A kernel two-sample test (2012), lemma 6 and equation (5)
 *
 * @example
 * Two points so far apart that the kernel between them vanishes.
 * ```ts
 * import { maximumMeanDiscrepancy } from '@brenier/metrics';
 *
 * maximumMeanDiscrepancy([[0]], [[1000]], { bandwidth: 1 }).squared; // => 2
 * ```
 */
export function maximumMeanDiscrepancy(
  x: PointsInput,
  y: PointsInput,
  options?: MaximumMeanDiscrepancyOptions,
): MaximumMeanDiscrepancyResult {
  const given = checkOptions('options', options, ['kernel', 'bandwidth', 'dim']);
  const kernel = checkOneOf('kernel', given.kernel ?? 'gaussian', ['gaussian', 'laplace']);
  const [first, second] = readClouds(x, y, given.dim);
  const bandwidths = readBandwidths(given.bandwidth) ?? [medianDistance(first, second)];
  const [n, m] = [first.count, second.count];
  const across = (2 * kernelSum(first, second, kernel, bandwidths)) / (n * m);
  const [withinX, withinY] = [first, second].map((each) => kernelSum(each, each, kernel, bandwidths));
  const squared = Math.max(0, withinX / (n * n) + withinY / (m * m) - across);
  // The diagonal is 1 for each point.
  const unbiased = (withinX - n) / (n * (n - 1)) + (withinY - m) / (m * (m - 1)) - across;
  return { value: Math.sqrt(squared), squared, unbiased, bandwidths };
}

function readBandwidths(bandwidth: number | readonly number[] | undefined): readonly number[] | undefined {
  if (!Array.isArray(bandwidth)) {
    return bandwidth === undefined ? undefined : [checkPositive('bandwidth', bandwidth)];
  }
  if (bandwidth.length === 0) throw new RangeError('"bandwidth" expected at least one width, got none');
  return bandwidth.map((each: unknown, k) => checkPositive(`bandwidth[${k}]`, each));
}

/** Σ over all pairs of the kernel, averaged over widths. */
function kernelSum(
  x: PointCloud,
  y: PointCloud,
  kernel: 'gaussian' | 'laplace',
  bandwidths: readonly number[],
): number {
  let sum = 0;
  visitDistances(x, y, kernel === 'gaussian' ? 2 : 1, (_, block) => {
    for (const h of bandwidths) {
      // Not −∞ for a tiny width: 0·∞ is no number.
      const scale = Math.max(kernel === 'gaussian' ? -1 / (2 * h * h) : -1 / h, -Number.MAX_VALUE);
      const values = exponentials(block.map((each) => each * scale));
      for (let start = 0; start < values.length; start += y.count) {
        let row = 0;
        for (let j = 0; j < y.count; j++) row += values[start + j];
        sum += row;
      }
    }
  });
  return sum / bandwidths.length;
}
