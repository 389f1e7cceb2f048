// A normal distribution as an argument: its moments, or points to take them from.
import { checkFiniteArray, checkNumericArray } from '@brenier/errors';
import { asPointCloud, fitGaussian, type GaussianInput, type PointsInput, readSymmetric } from '@brenier/ot-core';

/** The moments of a normal distribution, checked but for the sign of the eigenvalues. */
export interface Moments extends GaussianInput {
  /** Coordinates of the mean. */
  readonly dim: number;
  /** The points they are fitted to. Default: they are given. */
  readonly count?: number;
}

/** The moments given, or those of the points given, with n − 1 in the denominator of the covariance. */
export function momentsOf(name: string, input: GaussianInput | PointsInput): Moments {
  if (typeof input === 'object' && input !== null && 'mean' in input) return checkMoments(name, input);
  const cloud = asPointCloud(name, input);
  if (cloud.count < 2) throw new RangeError(`"${name}" expected at least 2 points, got ${cloud.count}`);
  const { mean, covariance, dim } = fitGaussian(cloud);
  if (covariance.every(Number.isFinite)) return { mean, covariance, dim, count: cloud.count };
  throw new RangeError(`"${name}" expected points whose squares do not overflow, got a covariance that is not finite`);
}

function checkMoments(name: string, { mean, covariance }: GaussianInput): Moments {
  const dim = checkFiniteArray(`${name}.mean`, checkNumericArray(`${name}.mean`, mean)).length;
  if (dim === 0) throw new RangeError(`"${name}.mean" expected at least one coordinate, got none`);
  readSymmetric(`${name}.covariance`, covariance, dim);
  return { mean, covariance, dim };
}
