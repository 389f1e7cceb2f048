import { CENTRE, centralQuantiles, tailPair } from './normal-quantile';
import { threefryBlocks } from './threefry';

// Normal numbers by inversion of uniform ones, with the bits of fillNormal of @brenier/random. A block of Threefry makes
// two uniforms, so number n of a stream comes of block n / 2, wherever a call begins.

/** Numbers made together: one bit each in a word. */
// @ts-ignore: decorator
@inline
const CHUNK: i32 = 64;

/** `fillNormal` for callers who count in float64. */
export function normalNumbers(key: usize, first: f64, spread: f64, out: usize, count: i32, scratch: usize): void {
  fillNormal(key, <u64>first, spread, out, count, scratch);
}

/**
 * Writes `spread` times the normal numbers `first`, `first` + 1, … of the stream with this key.
 *
 * @param scratch - 1024 bytes: the numbers q of a chunk, and their quantiles
 */
export function fillNormal(key: usize, first: u64, spread: f64, out: usize, count: i32, scratch: usize): void {
  const z = scratch + (CHUNK << 3);
  let block = first >> 1;
  // A chunk begins with a block; the first number of that may not be wanted.
  let skipped = <i32>(first & 1);
  while (count > 0) {
    const size = min(CHUNK - skipped, count);
    fillQuantiles(key, block, (skipped + size + 7) >> 3, scratch, z);
    scale(z + (<usize>skipped << 3), spread, out, size);
    out += <usize>size << 3;
    count -= size;
    block += CHUNK >> 1;
    skipped = 0;
  }
}

/** Writes the standard normal numbers of four blocks from `block` on, and of as many groups of four. */
function fillQuantiles(key: usize, block: u64, groups: i32, q: usize, z: usize): void {
  threefryBlocks(key, block, groups << 2, q);
  let tails: u64 = 0;
  for (let b = 0; b < groups << 2; b++) {
    const at = q + (<usize>b << 4);
    const centred = centredPair(v128.load(at));
    v128.store(at, centred);
    tails |= <u64>i64x2.bitmask(f64x2.gt(f64x2.abs(centred), f64x2.splat(CENTRE))) << (b << 1);
  }
  for (let g = 0; g < groups; g++) centralQuantiles(q + (<usize>g << 6), z + (<usize>g << 6));
  while (tails != 0) {
    const one = <usize>ctz(tails) << 3;
    tails &= tails - 1;
    const other = tails == 0 ? one : <usize>ctz(tails) << 3;
    tails &= tails - 1;
    const pair = tailPair(v128.load64_lane(q + other, v128.load64_zero(q + one), 1));
    v128.store64_lane(z + one, pair, 0);
    v128.store64_lane(z + other, pair, 1);
  }
}

/**
 * Two numbers u − ½ + 2^-54 of the words of a block, u = ((w0 >>> 5)·2^26 + (w1 >>> 6))·2^-53. The high part is put
 * below the bits of 2^25, the low one below those of ½; every sum is exact.
 */
// @ts-ignore: decorator
@inline
function centredPair(words: v128): v128 {
  const high = v128.or(i64x2.shr_u(i64x2.shl(words, 32), 37), i64x2.splat(0x4180000000000000));
  const low = v128.or(i64x2.shr_u(words, 38), i64x2.splat(0x3fe0000000000000));
  const centred = f64x2.add(f64x2.sub(high, f64x2.splat(33554433)), low);
  return f64x2.add(centred, f64x2.splat(5.551115123125783e-17));
}

/** out = 0 + spread·z: the sum with a mean of 0 turns −0 into 0. */
function scale(z: usize, spread: f64, out: usize, count: i32): void {
  const end = out + (<usize>count << 3);
  for (; out + 16 <= end; out += 16, z += 16) {
    v128.store(out, f64x2.add(f64x2.splat(0), f64x2.mul(f64x2.splat(spread), v128.load(z))));
  }
  if (out < end) store<f64>(out, 0 + spread * load<f64>(z));
}
