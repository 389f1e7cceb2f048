// The few targets of least reduced cost for one query, in ascending order, by block bounds (see blocks.ts) or over a
// whole row of costs.

import { BLOCK, SUPERBLOCK, coarseStride, lowerBounds, lowerBoundsInPlane } from './blocks';
import { f64At, i32At, setF64, setI32 } from '../cells';
import { nextBlock, singleBound, singleError, writeFactors } from './singles';
import { BlockSet, Solve } from './state';

const BLOCKS: i32 = SUPERBLOCK / BLOCK;

/**
 * Finds up to `wanted` targets with k_t − 2 x·y_t < limit. Writes values to `s.found` and ids to `s.foundIds`, least
 * first; returns how many. `guess` is a position whose block is looked at first: a good one makes the bounds bite at
 * once. −1 for none.
 */
export function searchBlocks(s: Solve, x: usize, wanted: i32, limit: f64, guess: i32): i32 {
  const set = changetype<BlockSet>(s.set);
  const dim = set.dim;
  const fineStride = <usize>(set.stride / BLOCK) << 3;
  const stride = <usize>coarseStride(set) << 3;
  const bounds = s.row + (<usize>BLOCK << 3);
  for (let k = 0; k < dim; k++) setF64(s.query, k, 2 * f64At(x, k));
  let found = 0;
  let first = -1;
  if (guess >= 0) {
    first = guess / BLOCK;
    found = scanBlock(s, set, first, wanted, limit, 0);
  }
  if (set.isSmall) return searchSingles(s, set, wanted, limit, found, first);
  let threshold = found == wanted ? min(limit, f64At(s.found, wanted - 1)) : limit;
  const supers = (set.count + SUPERBLOCK - 1) / SUPERBLOCK;
  let visited = supers;
  for (let p = 0; p < supers; p += 2) {
    const pair = lowerBounds(set.coarse + (<usize>p << 3), stride, x, dim);
    for (let q = p; q < p + 2; q++) {
      if ((q == p ? f64x2.extract_lane(pair, 0) : f64x2.extract_lane(pair, 1)) >= threshold) continue;
      const block = q * BLOCKS;
      visited += BLOCKS;
      if (!boundsBelow(set.fine + (<usize>block << 3), fineStride, x, dim, bounds, threshold)) continue;
      for (let b = 0; b < BLOCKS; b++) {
        if (f64At(bounds, b) >= threshold || block + b == first) continue;
        found = scanBlock(s, set, block + b, wanted, limit, found);
        if (found == wanted) threshold = min(limit, f64At(s.found, wanted - 1));
        visited += 8;
      }
    }
  }
  s.work += visited;
  return found;
}

function searchSingles(s: Solve, set: BlockSet, wanted: i32, limit: f64, found: i32, first: i32): i32 {
  const blocks = (set.count + BLOCK - 1) / BLOCK;
  const factors = s.row + (<usize>BLOCK << 3);
  const error = singleError(set, s.query);
  let bound: f32 = Infinity;
  if (error < Infinity) {
    writeFactors(set, s.query, factors);
    bound = singleBound(set, found == wanted ? min(limit, f64At(s.found, wanted - 1)) : limit, error);
  }
  s.work += blocks;
  for (let block = 0; block < blocks; block++) {
    if (error < Infinity) block = nextBlock(set, factors, bound, block, blocks);
    if (block == blocks) break;
    if (block == first) continue;
    found = scanBlock(s, set, block, wanted, limit, found);
    if (found == wanted) bound = singleBound(set, min(limit, f64At(s.found, wanted - 1)), error);
    s.work += 8;
  }
  return found;
}

/** Bounds of the 16 blocks of a superblock; whether any is below the threshold. */
// @ts-ignore: decorator
@inline
function boundsBelow(fine: usize, stride: usize, x: usize, dim: i32, out: usize, threshold: f64): bool {
  let least = f64x2.splat(Infinity);
  for (let b = 0; b < BLOCKS; b += 2) {
    const at = <usize>b << 3;
    const pair = dim == 2 ? lowerBoundsInPlane(fine + at, stride, x) : lowerBounds(fine + at, stride, x, dim);
    v128.store(out + at, pair);
    least = f64x2.pmin(least, pair);
  }
  return v128.any_true(f64x2.lt(least, f64x2.splat(threshold)));
}

/** The same over explicit costs: targets j < m (or `ids[0…m)`) with row_j − g_j < limit. */
export function searchRow(s: Solve, row: usize, g: usize, ids: usize, m: i32, wanted: i32, limit: f64): i32 {
  let found = 0;
  let threshold = limit;
  if (ids) {
    for (let t = 0; t < m; t++) {
      const j = i32At(ids, t);
      const value = f64At(row, j) - f64At(g, j);
      if (value < threshold) {
        found = insert(s, value, j, wanted, found);
        if (found == wanted) threshold = f64At(s.found, wanted - 1);
      }
    }
    return found;
  }
  let j = 0;
  for (; j + 3 < m; j += 4) {
    const at = <usize>j << 3;
    const low = f64x2.sub(v128.load(row + at), v128.load(g + at));
    const high = f64x2.sub(v128.load(row + at, 16), v128.load(g + at, 16));
    if (!v128.any_true(f64x2.lt(f64x2.pmin(low, high), f64x2.splat(threshold)))) continue;
    for (let t = j; t < j + 4; t++) {
      const value = f64At(row, t) - f64At(g, t);
      if (value < threshold) {
        found = insert(s, value, t, wanted, found);
        if (found == wanted) threshold = f64At(s.found, wanted - 1);
      }
    }
  }
  for (; j < m; j++) {
    const value = f64At(row, j) - f64At(g, j);
    if (value < threshold) {
      found = insert(s, value, j, wanted, found);
      if (found == wanted) threshold = f64At(s.found, wanted - 1);
    }
  }
  return found;
}

/** Looks at the 16 targets of one block, with 2 x in `s.query`; returns the new number found. */
function scanBlock(s: Solve, set: BlockSet, block: i32, wanted: i32, limit: f64, found: i32): i32 {
  const from = block * BLOCK;
  const values = s.row;
  const threshold = found == wanted ? min(limit, f64At(s.found, wanted - 1)) : limit;
  const least = set.dim == 2 ? valuesInPlane(s, set, from, values) : valuesInSpace(s, set, from, values);
  if (!v128.any_true(f64x2.lt(least, f64x2.splat(threshold)))) return found;
  return collect(s, set, from, wanted, limit, found);
}

/** k_t − 2 x·y_t for 16 targets; returns two minima. */
// @ts-ignore: decorator
@inline
function valuesInPlane(s: Solve, set: BlockSet, from: i32, values: usize): v128 {
  const x0 = v128.load_splat<f64>(s.query);
  const x1 = v128.load_splat<f64>(s.query + 8);
  const keys = set.keys + (<usize>from << 3);
  const y0 = set.points + (<usize>from << 3);
  const y1 = y0 + (<usize>set.stride << 3);
  let least = f64x2.splat(Infinity);
  for (let at: usize = 0; at < 128; at += 16) {
    const product = f64x2.add(f64x2.mul(x0, v128.load(y0 + at)), f64x2.mul(x1, v128.load(y1 + at)));
    const value = f64x2.sub(v128.load(keys + at), product);
    v128.store(values + at, value);
    least = f64x2.pmin(least, value);
  }
  return least;
}

function valuesInSpace(s: Solve, set: BlockSet, from: i32, values: usize): v128 {
  let least = f64x2.splat(Infinity);
  for (let t = 0; t < BLOCK; t += 2) {
    const at = <usize>(from + t) << 3;
    let value = v128.load(set.keys + at);
    let column = set.points + at;
    for (let k = 0; k < set.dim; k++) {
      value = f64x2.sub(value, f64x2.mul(v128.load_splat<f64>(s.query + (<usize>k << 3)), v128.load(column)));
      column += <usize>set.stride << 3;
    }
    v128.store(values + (<usize>t << 3), value);
    least = f64x2.pmin(least, value);
  }
  return least;
}

function collect(s: Solve, set: BlockSet, from: i32, wanted: i32, limit: f64, found: i32): i32 {
  const values = s.row;
  const ids = set.ids;
  let threshold = found == wanted ? min(limit, f64At(s.found, wanted - 1)) : limit;
  for (let t = 0; t < BLOCK; t++) {
    const value = f64At(values, t);
    if (value < threshold) {
      found = insert(s, value, i32At(ids, from + t), wanted, found);
      if (found == wanted) threshold = min(limit, f64At(s.found, wanted - 1));
    }
  }
  return found;
}

/** Keeps the `wanted` least, ascending; ties stay in order of arrival. */
// @ts-ignore: decorator
@inline
export function insert(s: Solve, value: f64, id: i32, wanted: i32, found: i32): i32 {
  let at = found < wanted ? found++ : wanted - 1;
  const values = s.found;
  const ids = s.foundIds;
  while (at > 0) {
    const before = f64At(values, at - 1);
    if (before <= value) break;
    setF64(values, at, before);
    setI32(ids, at, i32At(ids, at - 1));
    at--;
  }
  setF64(values, at, value);
  setI32(ids, at, id);
  return found;
}
