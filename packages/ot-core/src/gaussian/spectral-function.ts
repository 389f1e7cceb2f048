// A function of a symmetric matrix through its eigenvalues.
import { checkFunction, type NumericArray } from '@brenier/errors';
import { symmetricEigen, type SymmetricEigen } from './symmetric-eigen.js';

/**
 * Applies a scalar function to a symmetric matrix: f(A) = Σ_k f(λ_k) v_k v_kᵀ.
 *
 * Inverse, square root, logarithm and their combinations, whichever `map` is given. Cost one {@link symmetricEigen} and
 * dim³ more.
 *
 * @param matrix - row-major, shape [dim, dim], symmetric
 * @param dim - rows and columns
 * @param map - what becomes of an eigenvalue; called once for each, in increasing order
 * @returns f(A), exactly symmetric, row-major, shape [dim, dim]; not finite where `map` is not
 * @throws TypeError or RangeError as {@link symmetricEigen}, TypeError where `map` is no function
 *
 * @see Higham, Functions of Matrices (2008), section 1.2
 *
 * @example
 * The inverse of a symmetric matrix.
 * ```ts
 * import { spectralFunction } from '@brenier/ot-core';
 *
 * spectralFunction([0.5, 0, 0, 0.25], 2, (eigenvalue) => 1 / eigenvalue); // => Float64Array.of(2, 0, 0, 4)
 * ```
 */
export function spectralFunction(matrix: NumericArray, dim: number, map: (eigenvalue: number) => number): Float64Array {
  checkFunction('map', map);
  return recompose(symmetricEigen(matrix, dim), map);
}

/** Σ_k f(λ_k) v_k v_kᵀ. */
export function recompose({ values, vectors }: SymmetricEigen, map: (eigenvalue: number) => number): Float64Array {
  const dim = values.length;
  const out = new Float64Array(dim * dim);
  for (let k = 0; k < dim; k++) {
    const value = map(values[k]);
    for (let i = 0; i < dim; i++) {
      const scaled = value * vectors[k * dim + i];
      for (let j = 0; j <= i; j++) out[i * dim + j] += scaled * vectors[k * dim + j];
    }
  }
  for (let i = 0; i < dim; i++) for (let j = 0; j < i; j++) out[j * dim + i] = out[i * dim + j];
  return out;
}
