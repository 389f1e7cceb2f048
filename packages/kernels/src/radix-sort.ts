import { describeValue } from '@brenier/errors';
import { checkFloat64Array, copyIn, type FloatArray } from './float-arrays.js';
import type { Kernels } from './kernels.js';
import { withKernels } from './lease.js';

/**
 * Sorts float64 numbers, ascending, into a new array: what `Float64Array.prototype.sort` gives, by a radix sort.
 *
 * Digits of 11 bits, least significant first; a digit shared by all keys costs nothing. −0 comes before +0. Cost
 * O(count).
 *
 * @param keys - the numbers, infinities included
 * @returns the same numbers in order
 * @throws TypeError where `keys` is not a Float64Array, RangeError where it holds NaN
 *
 * @example
 * Three numbers in order.
 * ```ts
 * import { sortFloat64 } from '@brenier/kernels';
 *
 * sortFloat64(new Float64Array([3, -1, 2])); // => Float64Array.of(-1, 2, 3)
 * ```
 */
export function sortFloat64(keys: Float64Array): Float64Array {
  checkKeys(checkFloat64Array('keys', keys));
  return withKernels((kernels) => kernels.arena.float64(sortInside(kernels, keys, 0), keys.length).slice());
}

/**
 * The indices that sort float64 numbers, ascending; equal numbers keep their order, −0 comes before +0.
 *
 * Cost O(count).
 *
 * @param keys - the numbers, infinities included
 * @returns the permutation p for which `keys[p[0]] <= keys[p[1]] <= …`
 * @throws TypeError where `keys` is not a Float64Array, RangeError where it holds NaN
 *
 * @example
 * The order of three numbers.
 * ```ts
 * import { argsortFloat64 } from '@brenier/kernels';
 *
 * argsortFloat64(new Float64Array([3, -1, 2])); // => Int32Array.of(1, 2, 0)
 * ```
 */
export function argsortFloat64(keys: Float64Array): Int32Array {
  checkKeys(checkFloat64Array('keys', keys));
  return argsort(keys);
}

/**
 * Sorts float32 numbers, ascending, into a new array: what `Float32Array.prototype.sort` gives, by a radix sort.
 *
 * Three passes over digits of 11 bits. −0 comes before +0. Cost O(count).
 *
 * @param keys - the numbers, infinities included
 * @returns the same numbers in order
 * @throws TypeError where `keys` is not a Float32Array, RangeError where it holds NaN
 *
 * @example
 * Three numbers in order.
 * ```ts
 * import { sortFloat32 } from '@brenier/kernels';
 *
 * sortFloat32(new Float32Array([3, -1, 2])); // => Float32Array.of(-1, 2, 3)
 * ```
 */
export function sortFloat32(keys: Float32Array): Float32Array {
  checkKeys(checkFloat32Array('keys', keys));
  return withKernels((kernels) => kernels.arena.float32(sortInside(kernels, keys, 0), keys.length).slice());
}

/**
 * The indices that sort float32 numbers, ascending; equal numbers keep their order, −0 comes before +0.
 *
 * Cost O(count).
 *
 * @param keys - the numbers, infinities included
 * @returns the permutation p for which `keys[p[0]] <= keys[p[1]] <= …`
 * @throws TypeError where `keys` is not a Float32Array, RangeError where it holds NaN
 *
 * @example
 * The order of three numbers.
 * ```ts
 * import { argsortFloat32 } from '@brenier/kernels';
 *
 * argsortFloat32(new Float32Array([3, -1, 2])); // => Int32Array.of(1, 2, 0)
 * ```
 */
export function argsortFloat32(keys: Float32Array): Int32Array {
  checkKeys(checkFloat32Array('keys', keys));
  return argsort(keys);
}

function checkFloat32Array(name: string, value: unknown): Float32Array {
  if (value instanceof Float32Array) return value;
  throw new TypeError(`"${name}" expected a Float32Array, got ${describeValue(value)}`);
}

function checkKeys(keys: FloatArray): void {
  for (let i = 0; i < keys.length; i++) {
    if (Number.isNaN(keys[i])) throw new RangeError(`"keys[${i}]" expected a number, got NaN`);
  }
}

function argsort(keys: FloatArray): Int32Array {
  return withKernels((kernels) => {
    const payload = kernels.arena.allocate(keys.length * 4);
    const order = kernels.arena.int32(payload, keys.length);
    for (let i = 0; i < order.length; i++) order[i] = i;
    sortInside(kernels, keys, payload);
    return kernels.arena.int32(payload, keys.length).slice();
  });
}

/** Sorts a copy of the keys in WebAssembly memory and returns its offset. */
function sortInside({ arena, exports }: Kernels, keys: FloatArray, payload: number): number {
  const offset = copyIn(arena, keys);
  const scratch = arena.allocate(exports.radixSortScratch(keys.length, keys.BYTES_PER_ELEMENT));
  const run = keys instanceof Float64Array ? exports.radixSort64 : exports.radixSort32;
  run(offset, payload, keys.length, scratch);
  return offset;
}
