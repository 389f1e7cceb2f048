// A hash of 64 bits against mix-ups and damage, not against malice: the sixteen lanes of the kernel `hashWords`, folded by
// the constants and the last step of MurmurHash3 (Appleby 2011).
import { type Kernels, withKernels } from '@brenier/kernels';

const BLOCK = 64;
const LANES = 16;
const FIRST_LANES = Int32Array.from({ length: LANES }, (_, lane) => lane + 1);
/** Bytes that go through the kernel's memory at a time; they stay in the first cache. */
const PIECE = 2 ** 15;

/** A hash of the bytes of some arrays and of their lengths, as 16 hexadecimal digits. One multiplication per word. */
export function fingerprint(parts: readonly ArrayBufferView[]): string {
  return withKernels((kernels) => {
    let low = 0x9747b28c;
    let high = 0x3c6ef372;
    for (const part of parts) {
      low = finish(Math.imul(low ^ part.byteLength, 0x85ebca6b));
      high = finish(Math.imul(high ^ part.byteLength, 0xc2b2ae35));
      for (const lane of lanesOf(part, kernels)) {
        low = finish(Math.imul(low, 5) + lane);
        high = finish(Math.imul(high, 9) ^ lane);
      }
    }
    return hex(low) + hex(high);
  });
}

/** Piece by piece; the last block is filled up with zeros. */
function lanesOf({ buffer, byteOffset, byteLength }: ArrayBufferView, { arena, exports, memory }: Kernels): Int32Array {
  const lanes = arena.allocate(4 * LANES);
  const at = arena.allocate(PIECE);
  const piece = new Uint8Array(memory.buffer, at, PIECE);
  arena.int32(lanes, LANES).set(FIRST_LANES);
  for (let done = 0; done < byteLength; done += PIECE) {
    const count = Math.min(PIECE, byteLength - done);
    const blocks = Math.ceil(count / BLOCK);
    piece.fill(0, count, blocks * BLOCK);
    piece.set(new Uint8Array(buffer, byteOffset + done, count));
    exports.hashWords(at, blocks, lanes);
  }
  return arena.int32(lanes, LANES);
}

function finish(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
