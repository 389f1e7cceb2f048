/** Jointly Gaussian ends: what the caller writes, and what is computed with. */
import {
  checkFinite,
  checkFiniteArray,
  checkLength,
  checkNumericArray,
  checkOptions,
  type NumericArray,
} from '@brenier/errors';
import { semidefiniteFactor, type SemidefiniteFactor } from './semidefinite-factor.js';

/** The joint law of a start X₀ and an end X₁ that are Gaussian together. */
export interface JointGaussian {
  /** E X₀, shape [dim]. */
  readonly mean0: NumericArray;
  /** E X₁, shape [dim]. */
  readonly mean1: NumericArray;
  /** Cov(X₀), symmetric and positive semidefinite, row-major, shape [dim, dim]; a number is a multiple of the identity, 0 a point. */
  readonly covariance0: NumericArray | number;
  /** Cov(X₁), likewise. */
  readonly covariance1: NumericArray | number;
  /**
   * Cov(X₀, X₁), row-major, shape [dim, dim]: entry [i, j] is that of coordinate i of X₀ with coordinate j of X₁; a number is a
   * multiple of the identity. Default 0: independent ends.
   */
  readonly crossCovariance?: NumericArray | number;
}

/** Names of the fields of {@link JointGaussian}. */
const jointGaussianKeys = ['mean0', 'mean1', 'covariance0', 'covariance1', 'crossCovariance'] as const;

/** Checked copies, with a factor of the covariance of (X₀, X₁). */
export interface GaussianEnds {
  readonly dim: number;
  readonly mean0: Float64Array;
  readonly mean1: Float64Array;
  /** Covariance of (X₀, X₁), row-major, shape [2·dim, 2·dim]. */
  readonly covariance: Float64Array;
  /** L₀ over L₁, shape [2·dim, rank]: (X₀, X₁) is its mean plus L z with z ~ N(0, I). */
  readonly factor: SemidefiniteFactor;
}

/** Checks jointly Gaussian ends; `prefix` goes before the names of their fields. */
export function checkJointGaussian(prefix: string, joint: JointGaussian): GaussianEnds {
  const named = (key: string) => `${prefix}${key}`;
  const mean0 = checkMean(named('mean0'), joint.mean0);
  const dim = mean0.length;
  if (dim === 0) throw new RangeError(`"${named('mean0')}" expected at least one coordinate, got none`);
  const mean1 = checkLength(named('mean1'), checkMean(named('mean1'), joint.mean1), dim);
  const covariance0 = checkCovariance(named('covariance0'), joint.covariance0, dim);
  const covariance1 = checkCovariance(named('covariance1'), joint.covariance1, dim);
  const cross = readMatrix(named('crossCovariance'), joint.crossCovariance ?? 0, dim);
  const covariance = joinBlocks(covariance0, covariance1, cross, dim);
  const factor = semidefiniteFactor(covariance, 2 * dim);
  if (factor) return { dim, mean0, mean1, covariance, factor };
  throw new RangeError(
    `"${named('crossCovariance')}" expected a covariance that ends of these covariances can have, got one that no law has`,
  );
}

/** Checks an object of options that has the fields of {@link JointGaussian}. */
export function checkJointKeys<T extends JointGaussian>(
  name: string,
  joint: T,
  others: readonly (keyof T & string)[],
): T {
  return checkOptions(name, joint, [...jointGaussianKeys, ...others]);
}

/** Checks the mean of a Gaussian and copies it. */
function checkMean(name: string, mean: NumericArray): Float64Array {
  return Float64Array.from(checkFiniteArray(name, checkNumericArray(name, mean)));
}

/** Checks a covariance of one end, as an array. */
function checkCovariance(name: string, given: NumericArray | number, dim: number): Float64Array {
  const matrix = readMatrix(name, given, dim);
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < i; j++) {
      const [lower, upper] = [matrix[i * dim + j], matrix[j * dim + i]];
      const scale = Math.sqrt(Math.abs(matrix[i * dim + i])) * Math.sqrt(Math.abs(matrix[j * dim + j]));
      if (Math.abs(lower - upper) > 1e-9 * scale) {
        throw new RangeError(
          `"${name}" expected a symmetric matrix, got ${lower} and ${upper} at [${i}, ${j}] and across`,
        );
      }
      matrix[i * dim + j] = matrix[j * dim + i] = 0.5 * lower + 0.5 * upper;
    }
  }
  if (semidefiniteFactor(matrix, dim)) return matrix;
  throw new RangeError(`"${name}" expected a positive semidefinite matrix, got one that is not`);
}

function readMatrix(name: string, given: NumericArray | number, dim: number): Float64Array {
  if (typeof given !== 'number') {
    return Float64Array.from(checkFiniteArray(name, checkLength(name, checkNumericArray(name, given), dim * dim)));
  }
  const matrix = new Float64Array(dim * dim);
  for (let i = 0; i < dim; i++) matrix[i * (dim + 1)] = checkFinite(name, given);
  return matrix;
}

function joinBlocks(c0: Float64Array, c1: Float64Array, cross: Float64Array, dim: number): Float64Array {
  const joined = new Float64Array(4 * dim * dim);
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < dim; j++) {
      joined[2 * dim * i + j] = c0[i * dim + j];
      joined[2 * dim * (dim + i) + dim + j] = c1[i * dim + j];
      joined[2 * dim * i + dim + j] = joined[2 * dim * (dim + j) + i] = cross[i * dim + j];
    }
  }
  return joined;
}
