import { checkNonNegative, checkPositive } from '@brenier/errors';

/**
 * The normalised path energy (NPE): how far an energy is from the least one possible, as a fraction of it.
 *
 * |energy − W2²| / W2², in both directions: an energy below the floor is an error of the integration or of the
 * training, not a better flow. Tong et al., Improving and Generalizing Flow-Based Generative Models with Minibatch
 * Optimal Transport (TMLR 2024), section 5.
 *
 * @param energy - a path energy over one unit of time, ≥ 0
 * @param squaredDistance - W2² between source and target, > 0
 * @returns the fraction; 0 for the optimal flow
 * @throws RangeError where an argument is negative or not finite, or `squaredDistance` is 0
 *
 * @example
 * An energy a quarter above the floor.
 * ```ts
 * import { normalizedPathEnergy } from '@brenier/metrics';
 *
 * normalizedPathEnergy(10, 8); // => 0.25
 * ```
 */
export function normalizedPathEnergy(energy: number, squaredDistance: number): number {
  checkNonNegative('energy', energy);
  checkPositive('squaredDistance', squaredDistance);
  return Math.abs(energy - squaredDistance) / squaredDistance;
}
