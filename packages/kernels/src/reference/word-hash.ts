/** Takes words into sixteen lanes, in place, in the arithmetic of assembly/word-hash.ts. */
export function hashWords(words: Int32Array, lanes: Int32Array): void {
  words.forEach((word, k) => {
    const mixed = Math.imul(lanes[k % 16] ^ word, 0xcc9e2d51);
    lanes[k % 16] = mixed ^ (mixed >>> 15);
  });
}
