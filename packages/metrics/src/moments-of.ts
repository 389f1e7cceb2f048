// A normal distribution as an argument: its moments, or points to take them from.
import { asPointCloud, fitGaussian, type GaussianInput, type PointsInput } from '@brenier/ot-core';

/** The moments given, or those of the points given, with n − 1 in the denominator of the covariance. */
export function momentsOf(name: string, input: GaussianInput | PointsInput): GaussianInput {
  if (typeof input === 'object' && input !== null && 'mean' in input) return input;
  const cloud = asPointCloud(name, input);
  if (cloud.count < 2) throw new RangeError(`"${name}" expected at least 2 points, got ${cloud.count}`);
  return fitGaussian(cloud);
}
