// Which blocks of a small set of targets are worth a look, by a value of each target in float32 instead of bounds of boxes: up to a
// few thousand targets that is faster. A value k_t − 2 x·y_t (blocks.ts), the k without their mean, is a sum of dim + 1 terms,
// wrong by at most (dim + 4) 2⁻²⁴ of the sum of their sizes. Blocks are left out only beyond that, so that a search finds
// what it finds in float64.

import { f64At, setF32 } from '../cells';
import { multiplyAdd } from '../multiply-add';
import { BLOCK } from './blocks';
import { inverseOf, LARGEST, ROUNDING, ROUNDING_32, roundedUp } from './single-precision';
import { BlockSet } from './state';

/** Sets that have singles. */
export const FEW_TARGETS: i32 = 1024;

/** Bytes of the singles of a set. */
export function singleBytes(stride: i32, dim: i32): i32 {
  return min(stride, FEW_TARGETS) * 4 * (dim + 1);
}

/** Fills in the singles from the keys and points of a set: of each block 16 keys, then 16 of each coordinate. */
export function fillSingles(set: BlockSet): void {
  const dim = set.dim;
  let sum = 0.0;
  let radius = 0.0;
  for (let t = 0; t < set.count; t++) {
    sum += f64At(set.keys, t);
    let square = 0.0;
    for (let k = 0; k < dim; k++) {
      const value = f64At(set.points, k * set.stride + t);
      square += value * value;
    }
    radius = max(radius, square);
  }
  set.radius = sqrt(radius);
  set.keyMean = sum / <f64>set.count;
  set.scale = inverseOf(set.radius);
  set.keySpread = 0;
  const square = set.scale * set.scale;
  const padded = (set.count + BLOCK - 1) & -BLOCK;
  let at = set.singles;
  for (let from = 0; from < padded; from += BLOCK) {
    for (let t = from; t < from + BLOCK; t++, at += 4) {
      const key = f64At(set.keys, t) - set.keyMean;
      if (t < set.count) set.keySpread = max(set.keySpread, Math.abs(key));
      store<f32>(at, <f32>(square * key));
    }
    for (let k = 0; k < dim; k++) {
      const column = set.points + (<usize>(k * set.stride) << 3);
      for (let t = from; t < from + BLOCK; t++, at += 4) store<f32>(at, <f32>(set.scale * f64At(column, t)));
    }
  }
}

/** What roundings may cost a query whose doubled coordinates are at `doubled`; ∞ where float32 has no room for it. */
export function singleError(set: BlockSet, doubled: usize): f64 {
  let square = 0.0;
  for (let k = 0; k < set.dim; k++) square += f64At(doubled, k) * f64At(doubled, k);
  const size = set.keySpread + sqrt(square) * set.radius;
  if (!(size * set.scale * set.scale < LARGEST && square * set.scale * set.scale < LARGEST)) return Infinity;
  const margin = 16 * <f64>(set.dim + 8) * ROUNDING * (size + Math.abs(set.keyMean));
  return 1.02 * <f64>(set.dim + 6) * ROUNDING_32 * size + margin;
}

/** Writes the factors of a query, float32. */
export function writeFactors(set: BlockSet, doubled: usize, out: usize): void {
  for (let k = 0; k < set.dim; k++) setF32(out, k, <f32>(-set.scale * f64At(doubled, k)));
}

/** The float32 number that values of a block are compared with: no smaller than the threshold and the error ask for. */
export function singleBound(set: BlockSet, threshold: f64, error: f64): f32 {
  return roundedUp((threshold - set.keyMean + error) * set.scale * set.scale);
}

/** The first block from `block` on that has a value up to the bound; `blocks` where none has. */
export function nextBlock(set: BlockSet, factors: usize, bound: f32, block: i32, blocks: i32): i32 {
  return set.dim == 2
    ? nextInPlane(set.singles, factors, bound, block, blocks)
    : nextInSpace(set, factors, bound, block, blocks);
}

function nextInPlane(singles: usize, factors: usize, bound: f32, block: i32, blocks: i32): i32 {
  const x0 = v128.load32_splat(factors);
  const x1 = v128.load32_splat(factors, 4);
  const bounds = f32x4.splat(bound);
  let at = singles + <usize>block * 192;
  for (; block < blocks; block++, at += 192) {
    let v0 = multiplyAdd<f32>(x0, v128.load(at, 64), v128.load(at));
    let v1 = multiplyAdd<f32>(x0, v128.load(at, 80), v128.load(at, 16));
    let v2 = multiplyAdd<f32>(x0, v128.load(at, 96), v128.load(at, 32));
    let v3 = multiplyAdd<f32>(x0, v128.load(at, 112), v128.load(at, 48));
    v0 = multiplyAdd<f32>(x1, v128.load(at, 128), v0);
    v1 = multiplyAdd<f32>(x1, v128.load(at, 144), v1);
    v2 = multiplyAdd<f32>(x1, v128.load(at, 160), v2);
    v3 = multiplyAdd<f32>(x1, v128.load(at, 176), v3);
    const least = f32x4.pmin(f32x4.pmin(v0, v1), f32x4.pmin(v2, v3));
    if (v128.any_true(f32x4.le(least, bounds))) break;
  }
  return block;
}

function nextInSpace(set: BlockSet, factors: usize, bound: f32, block: i32, blocks: i32): i32 {
  const bounds = f32x4.splat(bound);
  const size = <usize>(set.dim + 1) << 6;
  let at = set.singles + <usize>block * size;
  for (; block < blocks; block++, at += size) {
    let v0 = v128.load(at);
    let v1 = v128.load(at, 16);
    let v2 = v128.load(at, 32);
    let v3 = v128.load(at, 48);
    let factor = factors;
    for (let column = at + 64; column < at + size; column += 64, factor += 4) {
      const x = v128.load32_splat(factor);
      v0 = multiplyAdd<f32>(x, v128.load(column), v0);
      v1 = multiplyAdd<f32>(x, v128.load(column, 16), v1);
      v2 = multiplyAdd<f32>(x, v128.load(column, 32), v2);
      v3 = multiplyAdd<f32>(x, v128.load(column, 48), v3);
    }
    const least = f32x4.pmin(f32x4.pmin(v0, v1), f32x4.pmin(v2, v3));
    if (v128.any_true(f32x4.le(least, bounds))) break;
  }
  return block;
}
