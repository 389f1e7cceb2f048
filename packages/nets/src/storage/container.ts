// One self-describing file of named arrays, little-endian:
//   8 bytes      "brenier" and a line feed
//   uint32       format version
//   uint32       length of the header
//   header       JSON: { kind, meta, arrays: [{ name, type, length }] }
//   arrays       one after the other, unpadded
//   uint32       CRC-32 of all that precedes
import { describeValue } from '@brenier/errors';
import { crc32 } from './crc32.js';

/** The content of a file of named arrays. */
export interface Container {
  /** Plain JSON data. */
  readonly meta: Readonly<Record<string, unknown>>;
  /** Arrays by name. */
  readonly arrays: Readonly<Record<string, Float32Array | Float64Array | Uint8Array>>;
}

interface Header {
  readonly kind: string;
  readonly meta: Container['meta'];
  readonly arrays: readonly { readonly name: string; readonly type: ElementType; readonly length: number }[];
}

type ElementType = 'float32' | 'float64' | 'uint8';
const elementTypes = { 1: 'uint8', 4: 'float32', 8: 'float64' } as const;

const MAGIC = new TextEncoder().encode('brenier\n');
const VERSION = 1;
const PREFIX = MAGIC.length + 8;
const SUFFIX = 4;

/** What can be done about a file that cannot be read. */
const REMEDY = 'give an intact one, or remove it to start afresh';

/**
 * Packs data and arrays into one file with a format version and a checksum: for checkpoints of methods that train in several stages.
 *
 * @param kind - what the file is; {@link decodeContainer} refuses another
 * @param container - JSON data and arrays
 * @returns the bytes, those of the arrays and about 100 more; equal contents give equal bytes
 * @throws TypeError where the kind is no string or an array is none of the three types
 *
 * @example
 * The bits come back.
 * ```ts
 * import { decodeContainer, encodeContainer } from '@brenier/nets/fused';
 *
 * const bytes = encodeContainer('cache', { meta: { epoch: 3 }, arrays: { x: Float64Array.of(0.1, NaN) } });
 * const { meta, arrays } = decodeContainer('bytes', 'cache', bytes);
 * meta.epoch; // => 3
 * arrays.x[0]; // => 0.1
 * decodeContainer('bytes', 'model', bytes); // throws RangeError
 * ```
 */
export function encodeContainer(kind: string, { meta, arrays }: Container): Uint8Array {
  if (typeof kind !== 'string') throw new TypeError(`"kind" expected a string, got ${describeValue(kind)}`);
  for (const [name, array] of Object.entries(arrays)) {
    if (array instanceof Uint8Array || array instanceof Float32Array || array instanceof Float64Array) continue;
    throw new TypeError(
      `"arrays.${name}" expected a Float32Array, Float64Array or Uint8Array, got ${describeValue(array)}`,
    );
  }
  const header: Header = {
    kind,
    meta,
    arrays: Object.entries(arrays).map(([name, { length, BYTES_PER_ELEMENT }]) => ({
      name,
      type: elementTypes[BYTES_PER_ELEMENT as 1 | 4 | 8],
      length,
    })),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const payload = Object.values(arrays).reduce((sum, array) => sum + array.byteLength, 0);
  const bytes = new Uint8Array(PREFIX + text.length + payload + SUFFIX);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(MAGIC.length, VERSION, true);
  view.setUint32(MAGIC.length + 4, text.length, true);
  bytes.set(text, PREFIX);
  let offset = PREFIX + text.length;
  for (const array of Object.values(arrays)) {
    if (array instanceof Uint8Array) {
      bytes.set(array, offset);
      offset += array.length;
      continue;
    }
    for (const value of array) {
      if (array.BYTES_PER_ELEMENT === 4) view.setFloat32(offset, value, true);
      else view.setFloat64(offset, value, true);
      offset += array.BYTES_PER_ELEMENT;
    }
  }
  view.setUint32(offset, crc32(bytes.subarray(0, offset)), true);
  return bytes;
}

/**
 * Unpacks a file of the given kind, as {@link encodeContainer} wrote it.
 *
 * @param name - what the messages of errors call the bytes
 * @param kind - what the file must be
 * @param bytes - the file
 * @returns JSON data and arrays, copied
 * @throws TypeError where `bytes` is no Uint8Array; RangeError that says whether it is foreign, of another version or kind, cut
 * short, or damaged
 *
 * @example
 * A file that is something else is refused.
 * ```ts
 * import { decodeContainer } from '@brenier/nets/fused';
 *
 * decodeContainer('bytes', 'cache', Uint8Array.of(1, 2, 3)); // throws RangeError
 * ```
 */
export function decodeContainer(name: string, kind: string, bytes: Uint8Array): Container {
  if (!(bytes instanceof Uint8Array))
    throw new TypeError(`"${name}" expected a Uint8Array, got ${describeValue(bytes)}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (MAGIC.some((byte, k) => bytes[k] !== byte)) {
    throw new RangeError(
      `"${name}" expected a ${kind} file, got ${bytes.length} bytes that do not start like one; ${REMEDY}`,
    );
  }
  const end = bytes.length - SUFFIX;
  if (end < PREFIX || view.getUint32(end, true) !== crc32(bytes.subarray(0, end))) {
    throw new RangeError(
      `"${name}" expected an intact ${kind} file, got one that is cut short or damaged (checksum differs); ${REMEDY}`,
    );
  }
  const version = view.getUint32(MAGIC.length, true);
  if (version !== VERSION) throw new RangeError(`"${name}" expected format version ${VERSION}, got ${version}`);
  const start = PREFIX + view.getUint32(MAGIC.length + 4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(PREFIX, start))) as Header;
  if (header.kind !== kind) throw new RangeError(`"${name}" expected a ${kind} file, got a ${header.kind} file`);
  let offset = start;
  const arrays: Record<string, Float32Array | Float64Array | Uint8Array> = {};
  for (const { name: key, type, length } of header.arrays) {
    if (type === 'uint8') {
      // A Buffer's own slice is a view.
      arrays[key] = new Uint8Array(bytes.subarray(offset, offset + length));
      offset += length;
      continue;
    }
    const array = type === 'float32' ? new Float32Array(length) : new Float64Array(length);
    for (let i = 0; i < length; i++, offset += array.BYTES_PER_ELEMENT) {
      array[i] = type === 'float32' ? view.getFloat32(offset, true) : view.getFloat64(offset, true);
    }
    arrays[key] = array;
  }
  return { meta: header.meta, arrays };
}
