// Lower bounds of reduced costs over blocks of consecutive targets, for the squared Euclidean cost in any dimension.
//
// With k_t = |y_t|² − g_t the reduced cost of a query x is |x|² − f(x) + (k_t − 2 x·y_t): only the bracket depends on the target. For a block whose targets lie in
// the box with centre c and half-widths h, and any anchor x₀,
//   k_t − 2 x·y_t = (k_t − 2 x₀·y_t) − 2 (x − x₀)·y_t ≥ m − 2 (x − x₀)·c − 2 |x − x₀|·h,   m = min_t (k_t − 2 x₀·y_t).
// The anchor is a query that is matched inside the block: there the gradient of the potential makes the first-order terms cancel, and what is left is
// second order in the distance. A block is 16 targets, a superblock 256.

import { f64At, i32At, setF64, setI32 } from './cells';
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
  const record = <usize>(3 * dim + 1) << 3;
  let to = set.fine;
  for (let from = 0; from < count; from += BLOCK, to += record) {
    fillRecord(set, to, from, min(from + BLOCK, count), anchors, anchorPoints);
  }
  to = set.coarse;
  for (let from = 0; from < count; from += SUPERBLOCK, to += record) {
    fillRecord(set, to, from, min(from + SUPERBLOCK, count), anchors, anchorPoints);
  }
}

/** The bound of one record for a query: see the header. */
// @ts-ignore: decorator
@inline
export function lowerBound(record: usize, x: usize, dim: i32): f64 {
  if (dim == 2) {
    const dx = load<f64>(x) - load<f64>(record, 8);
    const dy = load<f64>(x, 8) - load<f64>(record, 16);
    const centre = dx * load<f64>(record, 24) + dy * load<f64>(record, 32);
    return load<f64>(record) - 2 * (centre + abs(dx) * load<f64>(record, 40) + abs(dy) * load<f64>(record, 48));
  }
  let sum = 0.0;
  for (let k = 0; k < dim; k++) {
    const difference = f64At(x, k) - f64At(record, 1 + k);
    sum += difference * f64At(record, 1 + dim + k) + abs(difference) * f64At(record, 1 + 2 * dim + k);
  }
  return f64At(record, 0) - 2 * sum;
}

/** [m, x₀, c, h] of the targets from…to. */
function fillRecord(set: BlockSet, record: usize, from: i32, to: i32, anchors: usize, anchorPoints: usize): void {
  const dim = set.dim;
  const stride = set.stride;
  const anchor = i32At(anchors, i32At(set.ids, (from + to) >> 1));
  for (let k = 0; k < dim; k++) {
    const column = set.points + (<usize>(k * stride) << 3);
    let low = f64At(column, from);
    let high = low;
    for (let t = from + 1; t < to; t++) {
      low = min(low, f64At(column, t));
      high = max(high, f64At(column, t));
    }
    setF64(record, 1 + k, f64At(anchorPoints, anchor * dim + k));
    setF64(record, 1 + dim + k, 0.5 * (low + high));
    setF64(record, 1 + 2 * dim + k, 0.5 * (high - low));
  }
  let least = Infinity;
  for (let t = from; t < to; t++) {
    let product = 0.0;
    for (let k = 0; k < dim; k++) product += f64At(record, 1 + k) * f64At(set.points, k * stride + t);
    least = min(least, f64At(set.keys, t) - 2 * product);
  }
  setF64(record, 0, least);
}
