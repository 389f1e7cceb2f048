// A hash of 64 bits against mix-ups and damage, not against malice: four lanes of multiply and xor-shift over 32-bit
// words, with the constants of MurmurHash3 (Appleby 2011). Each step is one to one, so no change of a single word is lost
// in its lane.

/** A hash of the bytes of some arrays and of their lengths, as 16 hexadecimal digits. One multiplication per word. */
export function fingerprint(parts: readonly ArrayBufferView[]): string {
  let low = 0x9747b28c;
  let high = 0x3c6ef372;
  for (const part of parts) {
    const [p, q, r, s] = lanesOf(wordsOf(part));
    low = finish(Math.imul(low ^ part.byteLength, 0x85ebca6b) + Math.imul(p, 5) + q);
    high = finish(Math.imul(high ^ part.byteLength, 0xc2b2ae35) + Math.imul(r, 5) + s);
    low = finish(low + Math.imul(r, 9) + Math.imul(s, 3));
    high = finish(high + Math.imul(p, 9) + Math.imul(q, 3));
  }
  return hex(low) + hex(high);
}

/** Every fourth word; four chains of dependent multiplications take the time of one. */
function lanesOf(words: Uint32Array): [number, number, number, number] {
  let p = 1;
  let q = 2;
  let r = 3;
  let s = 4;
  let at = 0;
  for (; at + 3 < words.length; at += 4) {
    p = Math.imul(p ^ words[at], 0xcc9e2d51);
    p ^= p >>> 15;
    q = Math.imul(q ^ words[at + 1], 0xcc9e2d51);
    q ^= q >>> 15;
    r = Math.imul(r ^ words[at + 2], 0xcc9e2d51);
    r ^= r >>> 15;
    s = Math.imul(s ^ words[at + 3], 0xcc9e2d51);
    s ^= s >>> 15;
  }
  for (; at < words.length; at++) {
    p = Math.imul(p ^ words[at], 0xcc9e2d51);
    p ^= p >>> 15;
  }
  return [p, q, r, s];
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
