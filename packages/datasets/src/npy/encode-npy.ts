import { isLittleEndian } from './byte-order.js';
import { checkArray, codeOf, type NpyArray, type NpyData } from './npy-array.js';
import { magic } from './npy-header.js';

/**
 * Writes an array as the bytes of a `.npy` file, which `numpy.load` reads.
 *
 * Version 1 of the format, little-endian, C order; the numbers keep their type and their bits. A cloud is an array of shape
 * [count, dim].
 *
 * @param array - the numbers in row-major order, and the length of each dimension
 * @returns the whole file; O(length)
 * @throws TypeError or RangeError where `data` is no typed array of floats or whole numbers, or `shape` is not made of whole numbers
 * >= 0 whose product is the length of `data`
 *
 * @example
 * A cloud, ready to be written to a file or offered as a download.
 * ```ts
 * import { moons } from '@brenier/datasets';
 * import { encodeNpy } from '@brenier/datasets/files';
 * import { createRng } from '@brenier/random';
 *
 * const { points, count, dim } = moons(createRng(1), 100);
 * const bytes = encodeNpy({ data: points, shape: [count, dim] });
 * bytes.length; // => 1728
 * ```
 */
export function encodeNpy(array: NpyArray): Uint8Array<ArrayBuffer> {
  const { data, shape } = checkArray(array);
  const header = headerOf(data, shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  if (!isLittleEndian()) {
    for (let i = header.length; i < bytes.length; i += data.BYTES_PER_ELEMENT) {
      bytes.subarray(i, i + data.BYTES_PER_ELEMENT).reverse();
    }
  }
  return bytes;
}

/** Padded with spaces, so that the numbers begin at a multiple of 64 bytes. */
function headerOf(data: NpyData, shape: readonly number[]): Uint8Array {
  const order = data.BYTES_PER_ELEMENT === 1 ? '|' : '<';
  const lengths = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${order}${codeOf(data)}', 'fortran_order': False, 'shape': (${lengths}), }`;
  const length = 64 * Math.ceil((10 + dictionary.length + 1) / 64);
  const text = new TextEncoder().encode(`${dictionary.padEnd(length - 11)}\n`);
  return Uint8Array.of(...magic, 1, 0, text.length & 255, text.length >> 8, ...text);
}
