import { exponential } from './exponential.js';
import { logarithm } from './logarithm.js';

/**
 * −ε log Σ_j exp(logWeights_j + (potential_j − costs_j)/ε), relative to the largest exponent; +∞ where no term is left.
 */
export function softMin(
  costs: ArrayLike<number>,
  potential: ArrayLike<number>,
  logWeights: ArrayLike<number>,
  epsilon: number,
): number {
  const exponents = Array.from(costs, (cost, j) => logWeights[j] + (potential[j] - cost) / epsilon);
  const highest = exponents.reduce((top, exponent) => Math.max(top, exponent), -Infinity);
  if (highest === -Infinity) return Infinity;
  const sum = exponents.reduce((total, exponent) => total + exponential(exponent - highest), 0);
  return -epsilon * (highest + logarithm(sum));
}
