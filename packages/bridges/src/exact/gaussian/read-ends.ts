/** Two normal distributions as arguments. */
import { checkFiniteArray, checkLength, checkNumericArray, describeValue, type NumericArray } from '@brenier/errors';
import { symmetricEigen } from '@brenier/ot-core';
import type { Gaussian, GaussianInput } from '@brenier/ot-core';
import { symmetrized } from './square-matrix.js';

/** Copies of both ends, checked: of one dimension, with positive definite covariances. */
export function readGaussianEnds(source: GaussianInput, target: GaussianInput): [source: Gaussian, target: Gaussian] {
  const ends: [Gaussian, Gaussian] = [readGaussian('source', source), readGaussian('target', target)];
  if (ends[0].dim === ends[1].dim) return ends;
  throw new RangeError(`"target" expected dimension ${ends[0].dim} like "source", got dimension ${ends[1].dim}`);
}

function readGaussian(name: string, input: GaussianInput): Gaussian {
  if (typeof input !== 'object' || input === null || !('mean' in input) || !('covariance' in input)) {
    throw new TypeError(`"${name}" expected { mean, covariance }, got ${describeValue(input)}`);
  }
  const mean = Float64Array.from(checkFiniteArray(`${name}.mean`, checkNumericArray(`${name}.mean`, input.mean)));
  const dim = mean.length;
  if (dim === 0) throw new RangeError(`"${name}.mean" expected at least one coordinate, got none`);
  const entries = checkNumericArray(`${name}.covariance`, input.covariance);
  checkFiniteArray(`${name}.covariance`, checkLength(`${name}.covariance`, entries, dim * dim));
  checkSymmetric(`${name}.covariance`, entries, dim);
  const smallest = symmetricEigen(entries, dim).values[0];
  if (!(smallest > 0)) {
    throw new RangeError(`"${name}.covariance" expected a positive definite matrix, got the eigenvalue ${smallest}`);
  }
  return { mean, covariance: symmetrized(Float64Array.from(entries), dim), dim };
}

/** To 1e-8 of the largest entry, as the eigenvalues of `@brenier/ot-core` ask for it. */
function checkSymmetric(name: string, entries: NumericArray, dim: number): void {
  let largest = 0;
  for (const each of entries) largest = Math.max(largest, Math.abs(each));
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < i; j++) {
      const [below, above] = [entries[i * dim + j], entries[j * dim + i]];
      if (Math.abs(below - above) <= 1e-8 * largest) continue;
      throw new RangeError(
        `"${name}" expected a symmetric matrix, got ${below} at [${i}][${j}], ${above} at [${j}][${i}]`,
      );
    }
  }
}
