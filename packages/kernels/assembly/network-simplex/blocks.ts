// Lower bounds of reduced costs over blocks of consecutive targets, for the squared Euclidean cost in any dimension.
//
// With k_t = |y_t|² − g_t the reduced cost of a query x is |x|² − f(x) + (k_t − 2 x·y_t): only the bracket depends on
// the target. For a block whose targets lie in the box with centre c and half-widths h, and any anchor x₀,
//   k_t − 2 x·y_t = (k_t − 2 x₀·y_t) − 2 (x − x₀)·y_t ≥ m − 2 (x − x₀)·c − 2 |x − x₀|·h,   m = min_t (k_t − 2 x₀·y_t).
// The anchor is a query that is matched inside the block: there the gradient of the potential makes the first-order
// terms cancel, and what is left is second order in the distance. A block is 16 targets, a superblock 256.

import { f64At, i32At, setF64, setI32 } from '../cells';
import { FEW_TARGETS, fillSingles } from './singles';
import { BlockSet } from './state';

export const BLOCK: i32 = 16;
export const SUPERBLOCK: i32 = 256;

/**
 * Fills a set with the targets `ids[0…count)` (or 0…count without ids) of row-major points and potentials.
 * `anchors[id]` is the row of `anchorPoints` that serves as the anchor of a block around target `id`.
 */
export function fillBlocks(
  set: BlockSet,
  points: usize,
  potentials: usize,
  ids: usize,
  count: i32,
  anchors: usize,
  anchorPoints: usize,
): void {
  const dim = set.dim;
  const stride = set.stride;
  set.count = count;
  for (let t = 0; t < count; t++) {
    const id = ids ? i32At(ids, t) : t;
    setI32(set.ids, t, id);
    let key = -f64At(potentials, id);
    for (let k = 0; k < dim; k++) {
      const value = f64At(points, id * dim + k);
      setF64(set.points, k * stride + t, value);
      key += value * value;
    }
    setF64(set.keys, t, key);
  }
  // Padding up to whole blocks is never a minimum.
  const padded = (count + BLOCK - 1) & -BLOCK;
  for (let t = count; t < padded; t++) {
    setF64(set.keys, t, Infinity);
    for (let k = 0; k < dim; k++) setF64(set.points, k * stride + t, 0);
  }
  set.isSmall = count <= FEW_TARGETS ? 1 : 0;
  if (set.isSmall) {
    fillSingles(set);
    return;
  }
  fillBounds(set, set.fine, set.stride / BLOCK, BLOCK, anchors, anchorPoints);
  fillBounds(set, set.coarse, coarseStride(set), SUPERBLOCK, anchors, anchorPoints);
}

/** Room for superblock bounds: an even number, since bounds are computed in pairs. */
// @ts-ignore: decorator
@inline
export function coarseStride(set: BlockSet): i32 {
  return (set.stride / SUPERBLOCK + 1) & ~1;
}

/**
 * Lower bounds of two neighbouring blocks for a query: see the header. `bounds` is the address of the first one's m;
 * component k of x₀, c and h follow at `stride` bytes from each other.
 */
// @ts-ignore: decorator
@inline
export function lowerBounds(bounds: usize, stride: usize, x: usize, dim: i32): v128 {
  let centre = f64x2.splat(0);
  let width = centre;
  const toCentre = <usize>dim * stride;
  let at = bounds + stride;
  for (let k = 0; k < dim; k++) {
    const difference = f64x2.sub(v128.load_splat<f64>(x + (<usize>k << 3)), v128.load(at));
    centre = f64x2.add(centre, f64x2.mul(difference, v128.load(at + toCentre)));
    width = f64x2.add(width, f64x2.mul(f64x2.abs(difference), v128.load(at + 2 * toCentre)));
    at += stride;
  }
  const sum = f64x2.add(centre, width);
  return f64x2.sub(v128.load(bounds), f64x2.add(sum, sum));
}

/** The same for two coordinates. */
// @ts-ignore: decorator
@inline
export function lowerBoundsInPlane(bounds: usize, stride: usize, x: usize): v128 {
  const d0 = f64x2.sub(v128.load_splat<f64>(x), v128.load(bounds + stride));
  const d1 = f64x2.sub(v128.load_splat<f64>(x + 8), v128.load(bounds + 2 * stride));
  const c0 = f64x2.mul(d0, v128.load(bounds + 3 * stride));
  const c1 = f64x2.mul(d1, v128.load(bounds + 4 * stride));
  const h0 = f64x2.mul(f64x2.abs(d0), v128.load(bounds + 5 * stride));
  const h1 = f64x2.mul(f64x2.abs(d1), v128.load(bounds + 6 * stride));
  const sum = f64x2.add(f64x2.add(c0, h0), f64x2.add(c1, h1));
  return f64x2.sub(v128.load(bounds), f64x2.add(sum, sum));
}

/** [m, x₀, c, h] of all blocks of `size` targets, one array per component. */
function fillBounds(set: BlockSet, bounds: usize, stride: i32, size: i32, anchors: usize, anchorPoints: usize): void {
  let block = 0;
  for (let from = 0; from < set.count; from += size, block++) {
    const to = min(from + size, set.count);
    fillBound(set, bounds + (<usize>block << 3), <usize>stride << 3, from, to, anchors, anchorPoints);
  }
  // Blocks that do not exist are never below a threshold.
  const components = 1 + 3 * set.dim;
  const end = min(stride, (block + 15) & ~15);
  for (; block < end; block++) {
    setF64(bounds, block, Infinity);
    for (let c = 1; c < components; c++) setF64(bounds, c * stride + block, 0);
  }
}

function fillBound(
  set: BlockSet,
  at: usize,
  stride: usize,
  from: i32,
  to: i32,
  anchors: usize,
  anchorPoints: usize,
): void {
  const dim = set.dim;
  const anchor = i32At(anchors, i32At(set.ids, (from + to) >> 1));
  const x = anchorPoints + (<usize>(anchor * dim) << 3);
  for (let k = 0; k < dim; k++) {
    const column = set.points + (<usize>(k * set.stride) << 3);
    let low = f64At(column, from);
    let high = low;
    for (let t = from + 1; t < to; t++) {
      low = min(low, f64At(column, t));
      high = max(high, f64At(column, t));
    }
    store<f64>(at + <usize>(1 + k) * stride, f64At(x, k));
    store<f64>(at + <usize>(1 + dim + k) * stride, 0.5 * (low + high));
    store<f64>(at + <usize>(1 + 2 * dim + k) * stride, 0.5 * (high - low));
  }
  let least = Infinity;
  for (let t = from; t < to; t++) {
    let product = 0.0;
    for (let k = 0; k < dim; k++) product += f64At(x, k) * f64At(set.points, k * set.stride + t);
    least = min(least, f64At(set.keys, t) - 2 * product);
  }
  store<f64>(at, least);
}
