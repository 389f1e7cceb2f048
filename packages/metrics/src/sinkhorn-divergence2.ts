import { checkOptions, checkPositive } from '@brenier/errors';
import { type PointCloud, type PointsInput, sinkhornDivergence, type SolveStatus } from '@brenier/ot-core';
import { readClouds } from './read-clouds.js';

/** Options of {@link sinkhornDivergence2}. */
export interface SinkhornDivergence2Options {
  /**
   * Blur, in units of cost. Default: 0.05 times the mean squared distance between two points of `y`, the reference, so
   * that several models are judged with one ε.
   */
  readonly epsilon?: number;
  /** Stop where the marginals are off by at most this part of the mass. Default 1e-4. */
  readonly tolerance?: number;
  /** Most sweeps of each of the three solves. Default 10,000. */
  readonly maxIterations?: number;
  /** Coordinates per point; needed where points come as a flat array. */
  readonly dim?: number;
}

/** A debiased Sinkhorn divergence for the squared distance. */
export interface SinkhornDivergence2Result {
  /** The root of `squared`, in units of x: between W2 (ε → 0) and the distance of the means (ε → ∞). */
  readonly value: number;
  /** The divergence, at least 0. */
  readonly squared: number;
  /** The ε that was used: a divergence without it means little. */
  readonly epsilon: number;
  /** `'converged'` where all three solves converged. */
  readonly status: SolveStatus;
}

/**
 * The debiased Sinkhorn divergence between two sets of points, each with equal weights, for ‖x−y‖².
 *
 * A blurred W2², 0 for equal sets. Its sampling floor falls like 1/n whatever the dimension (for fixed ε), where that of
 * W2² falls as slowly as n^(−2/max(dim, 4)): so it tells good models apart where W2 is at its floor. The error of the divergence is of
 * second order in `tolerance`.
 *
 * @param x - n points, shape [n, dim]: what is judged
 * @param y - m points, shape [m, dim]: the reference, which sets the default ε
 * @param options - ε and when to stop
 * @returns the root, the divergence, its ε and how the solves ended
 * @throws TypeError or RangeError where an argument is not valid
 *
 * Cost: three solves of `sinkhorn`, O(sweeps · (n + m)²), about fifty sweeps each at the default ε.
 *
 * @see Feydy, Séjourné, Vialard, Amari, Trouvé and Peyré, Interpolating between optimal transport and MMD using
 *   Sinkhorn divergences (2019); Genevay, Chizat, Bach, Cuturi and Peyré, Sample complexity of Sinkhorn divergences
 *   (2019), theorem 3
 *
 * @example
 * Translates are apart by the length of the shift, whatever ε.
 * ```ts
 * import { sinkhornDivergence2 } from '@brenier/metrics';
 *
 * const { value, status } = sinkhornDivergence2([[3, 4], [4, 4]], [[0, 0], [1, 0]]);
 * value.toFixed(6); // => '5.000000'
 * status; // => 'converged'
 * ```
 */
export function sinkhornDivergence2(
  x: PointsInput,
  y: PointsInput,
  options?: SinkhornDivergence2Options,
): SinkhornDivergence2Result {
  const given = checkOptions('options', options, ['epsilon', 'tolerance', 'maxIterations', 'dim']);
  const [first, second] = readClouds(x, y, given.dim);
  const scales = scalesOf(first, second);
  const epsilon = given.epsilon === undefined ? scales.epsilon : checkPositive('epsilon', given.epsilon);
  const { tolerance = 1e-4, maxIterations } = given;
  // From the mean cost down: few sweeps, and many fewer for sets that are far apart.
  const epsilonSchedule = { start: Math.max(epsilon, scales.meanCost) };
  const { divergence, status } = sinkhornDivergence(first, second, {
    epsilon,
    epsilonSchedule,
    tolerance,
    maxIterations,
  });
  const squared = Math.max(0, divergence);
  return { value: Math.sqrt(squared), squared, epsilon, status };
}

const RELATIVE_EPSILON = 0.05;

/**
 * The mean cost between the sets, and the default ε: of a reference without spread, that of the other set; of two points,
 * from their distance; of one point, from 1.
 */
function scalesOf(x: PointCloud, y: PointCloud): { readonly epsilon: number; readonly meanCost: number } {
  const [spreadX, spreadY] = [spreadOf(x), spreadOf(y)];
  const apart = spreadX.mean.reduce((sum, each, k) => sum + (each - spreadY.mean[k]) * (each - spreadY.mean[k]), 0);
  return {
    epsilon: RELATIVE_EPSILON * (2 * spreadY.variance || 2 * spreadX.variance || apart || 1),
    meanCost: spreadX.variance + spreadY.variance + apart,
  };
}

/** The mean, and the sum over coordinates of the variances. */
function spreadOf({ points, count, dim }: PointCloud): { readonly mean: Float64Array; readonly variance: number } {
  // Relative to the first point, so that equal points have no spread.
  const mean = points.slice(0, dim);
  for (let at = dim; at < points.length; at++) mean[at % dim] += (points[at] - points[at % dim]) / count;
  let variance = 0;
  for (let at = 0; at < points.length; at++) {
    const difference = points[at] - mean[at % dim];
    variance += (difference * difference) / count;
  }
  return { mean, variance };
}
