// Threefry-4x32 with 20 rounds: the block function of Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as
// 1, 2, 3 (SC 2011), section 4.3; four blocks at once, one in each lane. The words are those of @brenier/random.

const PARITY: i32 = 0x1bd11bda;

/**
 * Writes the words of consecutive blocks, four words each.
 *
 * @param key - four int32
 * @param block - the counter of the first block: its low and its high word; the third and fourth are 0
 * @param count - blocks, a multiple of 4
 * @param out - receives 4·count int32
 */
export function threefryBlocks(key: usize, block: u64, count: i32, out: usize): void {
  const a = load<i32>(key);
  const b = load<i32>(key, 4);
  const c = load<i32>(key, 8);
  const d = load<i32>(key, 12);
  for (let done = 0; done < count; done += 4, block += 4, out += 64) {
    let k0 = a;
    let k1 = b;
    let k2 = c;
    let k3 = d;
    let k4 = PARITY ^ a ^ b ^ c ^ d;
    const early = i64x2.add(i64x2.splat(block), i64x2(0, 1));
    const late = i64x2.add(early, i64x2.splat(2));
    let x0 = i32x4.add(v128.shuffle<i32>(early, late, 0, 2, 4, 6), i32x4.splat(k0));
    let x1 = i32x4.add(v128.shuffle<i32>(early, late, 1, 3, 5, 7), i32x4.splat(k1));
    let x2 = i32x4.splat(k2);
    let x3 = i32x4.splat(k3);
    // Eight rounds a turn, the last turn has four. The key is added behind every four, each time from a word further on.
    for (let injection = 1; ; injection += 2) {
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotated(x1, 10), x0);
      x2 = i32x4.add(x2, x3);
      x3 = v128.xor(rotated(x3, 26), x2);
      x0 = i32x4.add(x0, x3);
      x3 = v128.xor(rotated(x3, 11), x0);
      x2 = i32x4.add(x2, x1);
      x1 = v128.xor(rotated(x1, 21), x2);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotated(x1, 13), x0);
      x2 = i32x4.add(x2, x3);
      x3 = v128.xor(rotated(x3, 27), x2);
      x0 = i32x4.add(x0, x3);
      x3 = v128.xor(rotated(x3, 23), x0);
      x2 = i32x4.add(x2, x1);
      x1 = v128.xor(rotated(x1, 5), x2);
      x0 = i32x4.add(x0, i32x4.splat(k1));
      x1 = i32x4.add(x1, i32x4.splat(k2));
      x2 = i32x4.add(x2, i32x4.splat(k3));
      x3 = i32x4.add(x3, i32x4.splat(k4 + injection));
      if (injection == 5) break;
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotated(x1, 6), x0);
      x2 = i32x4.add(x2, x3);
      x3 = v128.xor(rotated(x3, 20), x2);
      x0 = i32x4.add(x0, x3);
      x3 = v128.xor(rotated(x3, 17), x0);
      x2 = i32x4.add(x2, x1);
      x1 = v128.xor(rotated(x1, 11), x2);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotated(x1, 25), x0);
      x2 = i32x4.add(x2, x3);
      x3 = v128.xor(rotated(x3, 10), x2);
      x0 = i32x4.add(x0, x3);
      x3 = v128.xor(rotated(x3, 18), x0);
      x2 = i32x4.add(x2, x1);
      x1 = v128.xor(rotated(x1, 20), x2);
      x0 = i32x4.add(x0, i32x4.splat(k2));
      x1 = i32x4.add(x1, i32x4.splat(k3));
      x2 = i32x4.add(x2, i32x4.splat(k4));
      x3 = i32x4.add(x3, i32x4.splat(k0 + injection + 1));
      const passed = k0;
      k0 = k2;
      k2 = k4;
      k4 = k1;
      k1 = k3;
      k3 = passed;
    }
    // From a word of four blocks to the four words of a block.
    const low01 = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5);
    const low23 = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7);
    const high23 = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<i64>(low01, low23, 0, 2));
    v128.store(out, v128.shuffle<i64>(low01, low23, 1, 3), 16);
    v128.store(out, v128.shuffle<i64>(high01, high23, 0, 2), 32);
    v128.store(out, v128.shuffle<i64>(high01, high23, 1, 3), 48);
  }
}

/** Each word rotated to the left. */
// @ts-ignore: decorator
@inline
function rotated(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}
