// A hash of 64 bits against mix-ups and damage, not against malice: two lanes of multiply, add and xor-shift over 32-bit
// words, with the constants of MurmurHash3 (Appleby 2011).

/** A hash of the bytes of some arrays and of their lengths, as 16 hexadecimal digits. One multiplication per word and lane. */
export function fingerprint(parts: readonly ArrayBufferView[]): string {
  let low = 0x9747b28c;
  let high = 0x3c6ef372;
  for (const part of parts) {
    const words = wordsOf(part);
    for (let at = 0; at < words.length; at++) {
      low = Math.imul(low ^ words[at], 0xcc9e2d51);
      low ^= low >>> 15;
      high = Math.imul(high + words[at], 0x1b873593);
      high ^= high >>> 13;
    }
    low = Math.imul(low ^ part.byteLength, 0x85ebca6b);
    high = Math.imul(high ^ words.length, 0xc2b2ae35);
  }
  return hex(finish(low ^ (high >>> 16))) + hex(finish(high ^ low));
}

/** Whole words; the last is filled up with zeros. */
function wordsOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint32Array {
  if (byteOffset % 4 === 0 && byteLength % 4 === 0) return new Uint32Array(buffer, byteOffset, byteLength / 4);
  const words = new Uint32Array(Math.ceil(byteLength / 4));
  new Uint8Array(words.buffer).set(new Uint8Array(buffer, byteOffset, byteLength));
  return words;
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
