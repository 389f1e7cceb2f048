// One self-describing file of named arrays, little-endian:
//   8 bytes      "brenier" and a line feed
//   uint32       format version
//   uint32       length of the header
//   header       JSON: { kind, meta, arrays: [{ name, type, length }] }
//   arrays       one after the other, unpadded
//   uint32       CRC-32 of all that precedes
import { describeValue } from '@brenier/errors';
import { crc32 } from './crc32.js';

/** What a file holds besides its arrays: plain JSON data. */
type ContainerMeta = Readonly<Record<string, unknown>>;

/** The content of a file. */
export interface Container {
  /** Plain JSON data. */
  readonly meta: ContainerMeta;
  /** Arrays by name. */
  readonly arrays: Readonly<Record<string, Float32Array | Float64Array>>;
}

interface Header {
  readonly kind: string;
  readonly meta: ContainerMeta;
  readonly arrays: readonly { readonly name: string; readonly type: 'float32' | 'float64'; readonly length: number }[];
}

const MAGIC = new TextEncoder().encode('brenier\n');
const VERSION = 1;
const PREFIX = MAGIC.length + 8;
const SUFFIX = 4;

/** Packs data and arrays into one file. */
export function encodeContainer(kind: string, { meta, arrays }: Container): Uint8Array {
  const header: Header = {
    kind,
    meta,
    arrays: Object.entries(arrays).map(([name, { length, BYTES_PER_ELEMENT }]) => ({
      name,
      type: BYTES_PER_ELEMENT === 4 ? 'float32' : 'float64',
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
 * Unpacks a file of the given kind.
 *
 * @throws TypeError where `bytes` is no Uint8Array; RangeError that says whether it is foreign, of another version or kind, cut
 * short, or damaged
 */
export function decodeContainer(name: string, kind: string, bytes: Uint8Array): Container {
  if (!(bytes instanceof Uint8Array))
    throw new TypeError(`"${name}" expected a Uint8Array, got ${describeValue(bytes)}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < PREFIX || MAGIC.some((byte, k) => bytes[k] !== byte)) {
    throw new RangeError(`"${name}" expected a ${kind} file, got ${bytes.length} bytes that do not start like one`);
  }
  const version = view.getUint32(MAGIC.length, true);
  if (version !== VERSION) throw new RangeError(`"${name}" expected format version ${VERSION}, got ${version}`);
  const end = bytes.length - SUFFIX;
  if (end < PREFIX || view.getUint32(end, true) !== crc32(bytes.subarray(0, end))) {
    throw new RangeError(
      `"${name}" expected an intact ${kind} file, got one that is cut short or damaged (checksum differs)`,
    );
  }
  const start = PREFIX + view.getUint32(MAGIC.length + 4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(PREFIX, start))) as Header;
  if (header.kind !== kind) throw new RangeError(`"${name}" expected a ${kind} file, got a ${header.kind} file`);
  let offset = start;
  const arrays: Record<string, Float32Array | Float64Array> = {};
  for (const { name: key, type, length } of header.arrays) {
    const array = type === 'float32' ? new Float32Array(length) : new Float64Array(length);
    for (let i = 0; i < length; i++, offset += array.BYTES_PER_ELEMENT) {
      array[i] = type === 'float32' ? view.getFloat32(offset, true) : view.getFloat64(offset, true);
    }
    arrays[key] = array;
  }
  return { meta: header.meta, arrays };
}
