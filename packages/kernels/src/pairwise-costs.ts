import { checkFiniteArray, checkInteger } from '@brenier/errors';
import { checkFloatArray, checkSameFloats, copyIn, copyOut, type FloatArray } from './float-arrays.js';
import type { Kernels } from './kernels.js';
import { withKernels } from './lease.js';

/**
 * All squared Euclidean distances ‖x_i − y_j‖² between two clouds.
 *
 * Differences are squared and added in the order of the coordinates, so that clouds far from the origin lose no
 * accuracy; the relative error is below (dim + 2) roundings. Cost O(rows · columns · dim).
 *
 * @param x - the first cloud, row-major, shape [rows, dim]
 * @param y - the second cloud, shape [columns, dim], with the element type of `x`
 * @param dim - coordinates per point, at least 1
 * @returns the distances, row-major, shape [rows, columns], with the element type of `x`
 * @throws TypeError where an array is not of floats or the types differ, RangeError where a length is not a multiple of
 * `dim`, an entry is not finite or the result does not fit into WebAssembly memory
 *
 * @example
 * One point against two.
 * ```ts
 * import { pairwiseSquaredDistances } from '@brenier/kernels';
 *
 * pairwiseSquaredDistances(new Float64Array([0, 0]), new Float64Array([1, 1, 3, 4]), 2); // => Float64Array.of(2, 25)
 * ```
 */
export function pairwiseSquaredDistances(x: Float64Array, y: Float64Array, dim: number): Float64Array;
export function pairwiseSquaredDistances(x: Float32Array, y: Float32Array, dim: number): Float32Array;
export function pairwiseSquaredDistances(x: FloatArray, y: FloatArray, dim: number): FloatArray {
  return pairwise(x, y, dim, 0);
}

/**
 * All Euclidean distances ‖x_i − y_j‖ between two clouds.
 *
 * Cost O(rows · columns · dim).
 *
 * @param x - the first cloud, row-major, shape [rows, dim]
 * @param y - the second cloud, shape [columns, dim], with the element type of `x`
 * @param dim - coordinates per point, at least 1
 * @returns the distances, row-major, shape [rows, columns], with the element type of `x`
 * @throws TypeError where an array is not of floats or the types differ, RangeError where a length is not a multiple of
 * `dim`, an entry is not finite or the result does not fit into WebAssembly memory
 *
 * @example
 * One point against two.
 * ```ts
 * import { pairwiseDistances } from '@brenier/kernels';
 *
 * pairwiseDistances(new Float64Array([0, 0]), new Float64Array([0, 2, 3, 4]), 2); // => Float64Array.of(2, 5)
 * ```
 */
export function pairwiseDistances(x: Float64Array, y: Float64Array, dim: number): Float64Array;
export function pairwiseDistances(x: Float32Array, y: Float32Array, dim: number): Float32Array;
export function pairwiseDistances(x: FloatArray, y: FloatArray, dim: number): FloatArray {
  return pairwise(x, y, dim, 1);
}

/** Checks two clouds and returns their sizes. */
export function checkClouds(x: FloatArray, y: FloatArray, dim: number): { rows: number; columns: number } {
  checkInteger('dim', dim, 1);
  checkFloatArray('x', x);
  checkSameFloats('y', checkFloatArray('y', y), x);
  return { rows: checkCloud('x', x, dim), columns: checkCloud('y', y, dim) };
}

function checkCloud(name: string, points: FloatArray, dim: number): number {
  if (points.length % dim !== 0) {
    throw new RangeError(`"${name}" expected a length that is a multiple of dim = ${dim}, got ${points.length}`);
  }
  checkFiniteArray(name, points);
  return points.length / dim;
}

function pairwise(x: FloatArray, y: FloatArray, dim: number, cost: 0 | 1): FloatArray {
  const { rows, columns } = checkClouds(x, y, dim);
  return withKernels(({ arena, exports }: Kernels) => {
    const size = x.BYTES_PER_ELEMENT;
    const xOffset = copyIn(arena, x);
    const yOffset = copyIn(arena, y);
    const out = arena.allocate(rows * columns * size);
    const scratch = arena.allocate(pairwiseScratchBytes(columns, dim));
    const run = x instanceof Float64Array ? exports.pairwiseCosts64 : exports.pairwiseCosts32;
    run(xOffset, rows, yOffset, columns, dim, cost, out, scratch);
    return copyOut(arena, out, rows * columns, x);
  });
}

/**
 * Bytes of scratch of either kernel: one panel of y, a cache line for each coordinate, for every 8 (16) columns, and an
 * edge.
 */
export function pairwiseScratchBytes(columns: number, dim: number): number {
  return Math.ceil(columns / 8) * 64 * dim + 128;
}
