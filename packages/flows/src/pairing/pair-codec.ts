// Pairs as bytes, little-endian on every machine:
//   8 bytes      "brenpair"
//   uint32       format version
//   uint32       dim
//   uint32       count
//   uint32       1 where classes follow the points, else 0
//   float64      x0, then x1, count · dim numbers each
//   int32        classes, count numbers
//   uint32       Adler-32 of all that precedes (RFC 1950, section 8.2)
import { describeValue } from '@brenier/errors';
import { checkStoredPairs, type StoredPairs } from './stored-pairs.js';

const MAGIC = new TextEncoder().encode('brenpair');
const VERSION = 1;
const HEADER = 24;
const CHECKSUM = 4;

/**
 * Packs pairs into bytes that `decodePairs` reads on any machine: for a file, a database or another thread.
 *
 * @param pairs - at least one pair
 * @returns 28 bytes, 16 for each coordinate of a pair, and 4 for each class
 * @throws TypeError or RangeError where the pairs are not as {@link StoredPairs} says
 *
 * @example
 * One pair of the plane.
 * ```ts
 * import { encodePairs } from '@brenier/flows';
 *
 * encodePairs({ dim: 2, x0: [0, 0], x1: [3, 4] }).length; // => 60
 * ```
 */
export function encodePairs(pairs: StoredPairs): Uint8Array {
  const count = checkStoredPairs('pairs', pairs);
  const { dim, x0, x1, label } = pairs;
  const bytes = new Uint8Array(sizeOf(dim, count, label !== undefined));
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  [VERSION, dim, count, label ? 1 : 0].forEach((word, i) => view.setUint32(MAGIC.length + 4 * i, word, true));
  let offset = HEADER;
  for (const points of [x0, x1]) {
    for (let j = 0; j < points.length; j++, offset += 8) view.setFloat64(offset, points[j], true);
  }
  for (let i = 0; label && i < count; i++, offset += 4) view.setInt32(offset, label[i], true);
  view.setUint32(offset, adler32(bytes.subarray(0, offset)), true);
  return bytes;
}

/**
 * Reads the pairs that `encodePairs` packed, bit for bit.
 *
 * @param bytes - all of them, and nothing else
 * @returns the pairs, for `storedPairing`; arrays of their own
 * @throws TypeError where `bytes` is no Uint8Array; RangeError where they are not such pairs, are cut short, of another
 *   version, or damaged
 *
 * @example
 * There and back.
 * ```ts
 * import { decodePairs, encodePairs, storedPairing } from '@brenier/flows';
 *
 * const bytes = encodePairs({ dim: 1, x0: [0, 1], x1: [10, 11], label: new Int32Array([0, 1]) });
 * const pairs = decodePairs(bytes);
 * pairs.x1; // => new Float64Array([10, 11])
 * storedPairing(pairs).dim; // => 1
 * ```
 */
export function decodePairs(bytes: Uint8Array): StoredPairs {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`"bytes" expected a Uint8Array, got ${describeValue(bytes)}`);
  }
  if (bytes.length < HEADER || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new RangeError('"bytes" expected what encodePairs returned, got something else');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [version, dim, count, isLabelled] = [0, 1, 2, 3].map((i) => view.getUint32(MAGIC.length + 4 * i, true));
  if (version !== VERSION) throw new RangeError(`"bytes" expected pairs of version ${VERSION}, got ${version}`);
  const expected = sizeOf(dim, count, isLabelled === 1);
  if (bytes.length !== expected) throw new RangeError(`"bytes" expected length ${expected}, got ${bytes.length}`);
  if (view.getUint32(expected - CHECKSUM, true) !== adler32(bytes.subarray(0, expected - CHECKSUM))) {
    throw new RangeError('"bytes" expected the checksum that they end with, got another: they are damaged');
  }
  const start = (index: number): number => HEADER + 8 * dim * count * index;
  const pointsAt = (offset: number): Float64Array =>
    Float64Array.from({ length: dim * count }, (_, j) => view.getFloat64(offset + 8 * j, true));
  const labelsAt = (offset: number): Int32Array =>
    Int32Array.from({ length: count }, (_, i) => view.getInt32(offset + 4 * i, true));
  const pairs = { dim, x0: pointsAt(start(0)), x1: pointsAt(start(1)) };
  return isLabelled === 1 ? { ...pairs, label: labelsAt(start(2)) } : pairs;
}

function sizeOf(dim: number, count: number, isLabelled: boolean): number {
  return HEADER + 16 * dim * count + (isLabelled ? 4 * count : 0) + CHECKSUM;
}

/** Sums are reduced once a block: they stay far below 2⁵³ within it. */
const BLOCK = 4096;

function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (let first = 0; first < bytes.length; first += BLOCK) {
    const end = Math.min(first + BLOCK, bytes.length);
    for (let i = first; i < end; i++) high += low += bytes[i];
    low %= 65521;
    high %= 65521;
  }
  return high * 65536 + low;
}
