// The few targets of least reduced cost for one query, in ascending order, by block bounds (see blocks.ts) or over a whole row of costs.

import { BLOCK, SUPERBLOCK, lowerBound } from './blocks';
import { f64At, i32At, setF64, setI32 } from './cells';
import { BlockSet, Solve } from './state';

/**
 * Finds up to `wanted` targets with k_t − 2 x·y_t < limit. Writes values to `s.found` and ids to `s.foundIds`, least first; returns how many.
 * `guess` is a position whose block is looked at first: a good one makes the bounds bite at once. −1 for none.
 */
export function searchBlocks(s: Solve, x: usize, wanted: i32, limit: f64, guess: i32): i32 {
  const set = changetype<BlockSet>(s.set);
  const dim = set.dim;
  const record = <usize>(3 * dim + 1) << 3;
  const blocks = (set.count + BLOCK - 1) / BLOCK;
  const perSuper = SUPERBLOCK / BLOCK;
  let found = 0;
  let first = -1;
  if (guess >= 0) {
    first = guess / BLOCK;
    found = scanBlock(s, set, x, first, wanted, limit, found);
  }
  let threshold = found == wanted ? min(limit, f64At(s.found, wanted - 1)) : limit;
  const supers = (set.count + SUPERBLOCK - 1) / SUPERBLOCK;
  let visited = supers + 4;
  for (let p = 0; p < supers; p++) {
    if (lowerBound(set.coarse + <usize>p * record, x, dim) >= threshold) continue;
    const end = min((p + 1) * perSuper, blocks);
    visited += perSuper;
    for (let b = p * perSuper; b < end; b++) {
      if (b == first || lowerBound(set.fine + <usize>b * record, x, dim) >= threshold) continue;
      found = scanBlock(s, set, x, b, wanted, limit, found);
      if (found == wanted) threshold = min(limit, f64At(s.found, wanted - 1));
      visited += 8;
    }
  }
  s.work += visited;
  return found;
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

/** Looks at the 16 targets of one block; returns the new number found. */
function scanBlock(s: Solve, set: BlockSet, x: usize, block: i32, wanted: i32, limit: f64, found: i32): i32 {
  const from = block * BLOCK;
  const values = s.row;
  let threshold = found == wanted ? min(limit, f64At(s.found, wanted - 1)) : limit;
  let least = f64x2.splat(Infinity);
  for (let t = 0; t < BLOCK; t += 2) {
    const at = <usize>(from + t) << 3;
    let value = v128.load(set.keys + at);
    let column = set.points + at;
    for (let k = 0; k < set.dim; k++) {
      value = f64x2.sub(value, f64x2.mul(f64x2.splat(2 * f64At(x, k)), v128.load(column)));
      column += <usize>set.stride << 3;
    }
    v128.store(values + (<usize>t << 3), value);
    least = f64x2.pmin(least, value);
  }
  if (!v128.any_true(f64x2.lt(least, f64x2.splat(threshold)))) return found;
  for (let t = 0; t < BLOCK; t++) {
    const value = f64At(values, t);
    if (value < threshold) {
      found = insert(s, value, i32At(set.ids, from + t), wanted, found);
      if (found == wanted) threshold = min(limit, f64At(s.found, wanted - 1));
    }
  }
  return found;
}

/** Keeps the `wanted` least, ascending; ties stay in order of arrival. */
function insert(s: Solve, value: f64, id: i32, wanted: i32, found: i32): i32 {
  let at = found < wanted ? found++ : wanted - 1;
  while (at > 0 && f64At(s.found, at - 1) > value) {
    setF64(s.found, at, f64At(s.found, at - 1));
    setI32(s.foundIds, at, i32At(s.foundIds, at - 1));
    at--;
  }
  setF64(s.found, at, value);
  setI32(s.foundIds, at, id);
  return found;
}
