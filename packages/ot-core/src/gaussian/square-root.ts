// The square root of a covariance matrix.
import type { NumericArray } from '@brenier/errors';
import { recompose } from './spectral-function.js';
import { eigenOfSymmetric, type SymmetricEigen } from './symmetric-eigen.js';
import { readSymmetric } from './symmetric-matrix.js';

/** Eigenvalues below minus this part of the largest are no rounding. */
const NEGATIVE_TOLERANCE = 1e-9;

/**
 * The symmetric positive semidefinite square root of a covariance matrix: the one S ≥ 0 with S² = A.
 *
 * Eigenvalues within dim · 2⁻⁵² of the largest, which rounding alone can make, count as 0: without that a singular
 * direction would get a root of 1e-8 out of nothing. Cost one {@link symmetricEigen}.
 *
 * @param matrix - row-major, shape [dim, dim], symmetric, positive semidefinite
 * @param dim - rows and columns
 * @returns the root, exactly symmetric, row-major, shape [dim, dim]
 * @throws TypeError or RangeError where the shape is wrong, an entry is not finite, or the matrix is not symmetric, or
 *   has an eigenvalue below −1e-9 of the largest
 *
 * @example
 * The root of a diagonal matrix.
 * ```ts
 * import { symmetricSquareRoot } from '@brenier/ot-core';
 *
 * symmetricSquareRoot([4, 0, 0, 9], 2); // => Float64Array.of(2, 0, 0, 3)
 * ```
 */
export function symmetricSquareRoot(matrix: NumericArray, dim: number): Float64Array {
  return recompose(eigenOfSemidefinite('matrix', matrix, dim), Math.sqrt);
}

/** The eigen decomposition of a positive semidefinite matrix, eigenvalues of the size of rounding replaced by 0. */
export function eigenOfSemidefinite(name: string, matrix: NumericArray, dim: number): SymmetricEigen {
  const { values, vectors } = eigenOfSymmetric(readSymmetric(name, matrix, dim), dim);
  const largest = Math.max(Math.abs(values[0]), values[dim - 1]);
  if (values[0] < -NEGATIVE_TOLERANCE * largest) {
    throw new RangeError(`"${name}" expected a positive semidefinite matrix, got the eigenvalue ${values[0]}`);
  }
  const negligible = dim * 2 ** -52 * largest;
  return { values: values.map((value) => (value > negligible ? value : 0)), vectors };
}
