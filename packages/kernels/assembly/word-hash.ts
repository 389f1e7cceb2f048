// A hash of 32-bit words in sixteen lanes, with a multiplier of MurmurHash3 (Appleby 2011). Each step of a lane is one to
// one, so no change of a single word is lost in it.

const MULTIPLIER: v128 = i32x4.splat(0xcc9e2d51);

/**
 * Takes in blocks of 64 bytes: word k goes to lane k mod 16. The `lanes`, sixteen int32, are where an earlier call left
 * them, so the words may come in pieces.
 */
export function hashWords(words: usize, blocks: i32, lanes: usize): void {
  // Four chains of multiplications take the time of one.
  let p = v128.load(lanes);
  let q = v128.load(lanes, 16);
  let r = v128.load(lanes, 32);
  let s = v128.load(lanes, 48);
  for (let block = 0; block < blocks; block++, words += 64) {
    p = takeIn(p, v128.load(words));
    q = takeIn(q, v128.load(words, 16));
    r = takeIn(r, v128.load(words, 32));
    s = takeIn(s, v128.load(words, 48));
  }
  v128.store(lanes, p);
  v128.store(lanes, q, 16);
  v128.store(lanes, r, 32);
  v128.store(lanes, s, 48);
}

// @ts-ignore: decorator
@inline
function takeIn(lanes: v128, words: v128): v128 {
  const mixed = i32x4.mul(v128.xor(lanes, words), MULTIPLIER);
  return v128.xor(mixed, i32x4.shr_u(mixed, 15));
}
