// Uniform directions: normalised normal vectors (Muller, A note on a method for generating points uniformly on
// n-dimensional spheres, CACM 2, 1959). Cost O(dim) a vector, in any dimension.
import { checkInteger } from '@brenier/errors';
import { normal } from './normal.js';
import { checkRng, type Rng } from './rng.js';
import { checkFloatArray, type FloatArray } from './uniform.js';

/**
 * Fills an array with independent unit vectors, uniform on the sphere.
 *
 * @param rng - where the bits come from; `dim` uniforms a vector
 * @param out - row-major, shape [count, dim]: its length is a multiple of `dim`
 * @param dim - the dimension of the space, at least 1; in dimension 1 the vectors are ±1
 * @returns `out`
 * @throws TypeError where `out` is not a float array; RangeError where its length is not a multiple of `dim`
 *
 * @example
 * A hundred directions of the plane.
 * ```ts
 * import { createRng, fillSphere } from '@brenier/random';
 *
 * const directions = fillSphere(createRng(1), new Float64Array(200), 2);
 * Math.abs(directions[0]! ** 2 + directions[1]! ** 2 - 1) < 1e-15; // => true
 * ```
 */
export function fillSphere<T extends FloatArray>(rng: Rng, out: T, dim: number): T {
  checkRng('rng', rng);
  checkFloatArray('out', out);
  checkInteger('dim', dim, 1);
  if (out.length % dim !== 0) {
    throw new RangeError(`"out" expected a length that is a multiple of dim ${dim}, got ${out.length}`);
  }
  const vector = new Float64Array(dim);
  for (let start = 0; start < out.length; start += dim) {
    const norm = drawVector(rng, vector);
    for (let k = 0; k < dim; k++) out[start + k] = vector[k] / norm;
  }
  return out;
}

/** A normal vector and its norm, at least 2^-54: no coordinate of `normal` is 0. */
function drawVector(rng: Rng, vector: Float64Array): number {
  let squares = 0;
  for (let k = 0; k < vector.length; k++) {
    const z = normal(rng);
    vector[k] = z;
    squares += z * z;
  }
  return Math.sqrt(squares);
}
