import { describeValue } from '@brenier/errors';
import { isLittleEndian } from './byte-order.js';
import { fromFloat16 } from './float16.js';
import { arrayTypes, sizeOf, type NpyArray } from './npy-array.js';
import { readHeader, type NpyHeader } from './npy-header.js';

/**
 * Reads the bytes of a `.npy` file, as `numpy.save` writes it.
 *
 * Versions 1, 2 and 3 of the format, numbers in either order of bytes, arrays in C and in Fortran order. Floats of 4 and 8 bytes and
 * whole numbers of 1 to 8 bytes keep their type, halves become a `Float32Array` (exact), booleans a `Uint8Array` of 0 and 1. The
 * format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
 *
 * @param bytes - the whole file, for example `new Uint8Array(await response.arrayBuffer())`
 * @returns the array, copied, in row-major order; O(length)
 * @throws TypeError where `bytes` is no Uint8Array; RangeError that says what is wrong with a file that is foreign, of another
 * version, cut short or too long, or holds complex numbers, texts, dates, objects or records
 *
 * @example
 * Written and read back.
 * ```ts
 * import { decodeNpy, encodeNpy } from '@brenier/datasets/files';
 *
 * const bytes = encodeNpy({ data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] });
 * const { data, shape } = decodeNpy(bytes);
 * [...data]; // => [1, 2, 3, 4, 5, 6]
 * shape; // => [3, 2]
 * decodeNpy(bytes.subarray(0, 140)); // throws RangeError
 * ```
 */
export function decodeNpy(bytes: Uint8Array): NpyArray {
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`"bytes" expected a Uint8Array, got ${describeValue(bytes)}`);
  const header = readHeader(bytes);
  const { code, shape } = header;
  const stored = arrayTypes[code === 'b1' ? 'u1' : code === 'f2' ? 'u2' : code];
  const content = bytes.subarray(header.length);
  const expected = sizeOf(shape) * stored.BYTES_PER_ELEMENT;
  if (content.length !== expected) {
    const what = `${expected} bytes of ${code} for shape (${shape.join(', ')})`;
    throw new RangeError(`"bytes" expected ${what} after the header, got ${content.length}`);
  }
  const data = new stored(arrange(content, stored.BYTES_PER_ELEMENT, header));
  return { data: code === 'f2' ? Float32Array.from(data as Uint16Array, fromFloat16) : data, shape };
}

/** Copies numbers of `size` bytes into row-major order, and their bytes into the order of this machine. */
function arrange(content: Uint8Array, size: number, { isLittle, isFortran, shape }: NpyHeader): ArrayBuffer {
  const arranged = new Uint8Array(content);
  const isForeign = size > 1 && isLittle !== isLittleEndian();
  if (!isForeign && !isFortran) return arranged.buffer;
  for (let k = 0; k * size < content.length; k++) {
    const first = size * (isFortran ? rowMajorIndex(k, shape, content.length / size) : k);
    for (let b = 0; b < size; b++) arranged[first + (isForeign ? size - 1 - b : b)] = content[k * size + b];
  }
  return arranged.buffer;
}

/** Where number k of an array in Fortran order is in C order. */
function rowMajorIndex(k: number, shape: readonly number[], count: number): number {
  let [index, rest, stride] = [0, k, count];
  for (const length of shape) {
    stride /= length;
    index += (rest % length) * stride;
    rest = Math.floor(rest / length);
  }
  return index;
}
