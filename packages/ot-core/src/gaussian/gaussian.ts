// A normal distribution: its mean and its covariance.
import { checkFiniteArray, checkNumericArray, describeValue, type NumericArray } from '@brenier/errors';
import { readSymmetric } from './symmetric-matrix.js';

/** A normal distribution whose moments may be any arrays of numbers. */
export interface GaussianInput {
  /** The mean, shape [dim]. */
  readonly mean: NumericArray;
  /** The covariance, row-major, shape [dim, dim]: symmetric, positive semidefinite. */
  readonly covariance: NumericArray;
}

/** A normal distribution. Plain data. */
export interface Gaussian {
  /** The mean, shape [dim]. */
  readonly mean: Float64Array;
  /** The covariance, row-major, shape [dim, dim], exactly symmetric. */
  readonly covariance: Float64Array;
  /** Number of coordinates. */
  readonly dim: number;
}

/**
 * A copy of a normal distribution, checked but for the sign of its eigenvalues, which costs more.
 *
 * @throws TypeError or RangeError where shapes do not fit, a number is not finite, or the covariance is not symmetric
 */
export function readGaussian(name: string, input: GaussianInput): Gaussian {
  if (typeof input !== 'object' || input === null || !('mean' in input) || !('covariance' in input)) {
    throw new TypeError(`"${name}" expected { mean, covariance }, got ${describeValue(input)}`);
  }
  const mean = Float64Array.from(checkFiniteArray(`${name}.mean`, checkNumericArray(`${name}.mean`, input.mean)));
  if (mean.length === 0) throw new RangeError(`"${name}.mean" expected at least one coordinate, got none`);
  const covariance = readSymmetric(`${name}.covariance`, input.covariance, mean.length);
  return { mean, covariance, dim: mean.length };
}

/** Two normal distributions of one dimension. */
export function readGaussianPair(p: GaussianInput, q: GaussianInput): [p: Gaussian, q: Gaussian] {
  const [first, second] = [readGaussian('p', p), readGaussian('q', q)];
  if (first.dim === second.dim) return [first, second];
  throw new RangeError(`"q" expected dimension ${first.dim} like "p", got dimension ${second.dim}`);
}
