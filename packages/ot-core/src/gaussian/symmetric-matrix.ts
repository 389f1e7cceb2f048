// A symmetric matrix as an argument: row-major, shape [dim, dim].
import { checkFiniteArray, checkInteger, checkLength, checkNumericArray, type NumericArray } from '@brenier/errors';

/** Entries that mirror each other to this part of the largest one are taken to be meant equal. */
const SYMMETRY_TOLERANCE = 1e-8;

/**
 * A float64 copy of a symmetric matrix, exactly symmetric: mirrored entries are replaced by their mean. O(dim²).
 *
 * @param name - what errors call the matrix
 * @param matrix - row-major, shape [dim, dim], symmetric to 1e-8 of its largest entry
 * @param dim - rows, at least 1
 * @returns the copy
 * @throws TypeError or RangeError where the shape is wrong, an entry is not finite, or mirrored entries differ
 *
 * @example
 * ```ts
 * import { readSymmetric } from '@brenier/ot-core';
 *
 * readSymmetric('covariance', [2, 1, 1, 2], 2); // => Float64Array.of(2, 1, 1, 2)
 * readSymmetric('covariance', [2, 1, 0, 2], 2); // throws RangeError
 * ```
 */
export function readSymmetric(name: string, matrix: NumericArray, dim: number): Float64Array {
  checkInteger('dim', dim, 1);
  checkFiniteArray(name, checkLength(name, checkNumericArray(name, matrix), dim * dim));
  const out = Float64Array.from(matrix);
  const largest = largestEntry(out);
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < i; j++) {
      const [low, high] = [out[i * dim + j], out[j * dim + i]];
      // Halved first: neither the difference nor the mean can overflow.
      if (Math.abs(low / 2 - high / 2) > (SYMMETRY_TOLERANCE / 2) * largest) {
        throw new RangeError(`"${name}" expected a symmetric matrix, got ${low} at [${i}, ${j}] and ${high} opposite`);
      }
      out[i * dim + j] = out[j * dim + i] = low / 2 + high / 2;
    }
  }
  return out;
}

/** The largest |entry|. */
export function largestEntry(matrix: Float64Array): number {
  return matrix.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
}

/** The sum of the diagonal. */
export function traceOf(matrix: Float64Array, dim: number): number {
  let sum = 0;
  for (let i = 0; i < dim; i++) sum += matrix[i * dim + i];
  return sum;
}
