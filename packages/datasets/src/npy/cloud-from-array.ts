import { checkFiniteArray } from '@brenier/errors';
import type { PointCloud } from '../point-cloud.js';
import { checkArray, type NpyArray } from './npy-array.js';

/**
 * Makes a cloud of an array of points, such as a `.npy` file holds.
 *
 * @param array - finite numbers of shape [count, dim], or [count] for points of the line; whole numbers of 8 bytes below 2^53 in
 * size
 * @returns the cloud, copied as float64; O(length)
 * @throws TypeError or RangeError where the array has another number of dimensions, no point or no coordinate, another length than its
 * shape, or a number that is not finite or not exact as float64
 *
 * @example
 * From the bytes of a file to a cloud.
 * ```ts
 * import { cloudFromArray, decodeNpy, encodeNpy } from '@brenier/datasets/files';
 *
 * const bytes = encodeNpy({ data: Int32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] });
 * const { points, count, dim } = cloudFromArray(decodeNpy(bytes));
 * [points.length, count, dim]; // => [6, 3, 2]
 * ```
 */
export function cloudFromArray(array: NpyArray): PointCloud {
  const { data, shape } = checkArray(array);
  const [count, dim = 1] = shape;
  if (shape.length < 1 || shape.length > 2 || count * dim === 0) {
    throw new RangeError(`"array.shape" expected [count, dim] or [count], each at least 1, got [${shape.join(', ')}]`);
  }
  const isBig = data instanceof BigInt64Array || data instanceof BigUint64Array;
  const points = Float64Array.from(isBig ? exactNumbers(data) : data);
  return { points: checkFiniteArray('array.data', points), count, dim };
}

function exactNumbers(data: BigInt64Array | BigUint64Array): number[] {
  return Array.from(data, (each, i) => {
    const value = Number(each);
    if (Number.isSafeInteger(value)) return value;
    throw new RangeError(`"array.data[${i}]" expected a whole number of size below 2^53, got ${each}`);
  });
}
