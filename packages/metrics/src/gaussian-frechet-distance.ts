import { buresWasserstein, type GaussianInput, type PointsInput, symmetricEigen } from '@brenier/ot-core';
import { type Moments, momentsOf } from './moments-of.js';

/** A Fréchet distance between normal distributions. */
export interface GaussianFrechetDistanceResult {
  /** The distance, in units of x: W2 of the normal distributions. */
  readonly value: number;
  /** Its square, which is what scores like FID report. */
  readonly squared: number;
  /** The part of `squared` that the means make. */
  readonly meanPart: number;
  /** The part of `squared` that the covariances make, at least 0. */
  readonly covariancePart: number;
}

/**
 * The Fréchet distance between two normal distributions, given by their moments or fitted to points: ‖m₁−m₂‖² + tr(Σ₁ +
 * Σ₂ − 2(Σ₁^½ Σ₂ Σ₁^½)^½), and its root.
 *
 * Between points it compares first and second moments only, and is a lower bound of their W2 (Gelbrich). The floor
 * of the square is about dim(dim + 5)/(2n) for unit covariances and n points on both sides, since ‖m₁−m₂‖² makes 2dim/n of
 * it and ¼‖Σ₁−Σ₂‖² the rest.
 *
 * @param x - mean and covariance, or at least two points, shape [n, dim], in rows, shaped or as a cloud
 * @param y - the same for the other distribution
 * @returns the distance, its square and the parts; covariances of points have n − 1 in the denominator. Cost O(n · dim² +
 *   dim³)
 * @throws TypeError or RangeError where an argument is neither, dimensions differ, or a covariance is not positive
 *   semidefinite
 *
 * @see Dowson and Landau, The Fréchet distance between multivariate normal distributions (1982), equation (16)
 *
 * @example
 * The means are three apart, the standard deviations one.
 * ```ts
 * import { gaussianFrechetDistance } from '@brenier/metrics';
 *
 * const { squared } = gaussianFrechetDistance({ mean: [0], covariance: [1] }, { mean: [3], covariance: [4] });
 * squared; // => 10
 * ```
 */
export function gaussianFrechetDistance(
  x: GaussianInput | PointsInput,
  y: GaussianInput | PointsInput,
): GaussianFrechetDistanceResult {
  const [first, second] = [checkSemidefinite('x', momentsOf('x', x)), checkSemidefinite('y', momentsOf('y', y))];
  if (first.dim !== second.dim) {
    throw new RangeError(`"y" expected dimension ${first.dim} like "x", got dimension ${second.dim}`);
  }
  const { cost, distance, meanCost, covarianceCost } = buresWasserstein(first, second);
  return { value: distance, squared: cost, meanPart: meanCost, covariancePart: covarianceCost };
}

/** Eigenvalues below minus this part of the largest are no rounding, as in `buresWasserstein`. */
const NEGATIVE_TOLERANCE = 1e-9;

/** Only moments that are given can fail: those of points are semidefinite up to rounding. */
function checkSemidefinite(name: string, moments: Moments): Moments {
  if (moments.count !== undefined) return moments;
  const { values } = symmetricEigen(moments.covariance, moments.dim);
  if (values[0] >= -NEGATIVE_TOLERANCE * Math.max(Math.abs(values[0]), values[moments.dim - 1])) return moments;
  throw new RangeError(`"${name}.covariance" expected a positive semidefinite matrix, got the eigenvalue ${values[0]}`);
}
