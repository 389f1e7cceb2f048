// Assignments without a tree: a matching and potentials that are optimal over the arcs of the list, by augmenting row
// reduction and shortest augmenting paths (LAPJV: Jonker & Volgenant 1987; on the sparse core of a dense matrix,
// LAPMOD: Volgenant 1996).
//
// Nearly all pivots towards an assignment are degenerate: they turn the tree round and move nothing. A matching has no
// tree, and with potentials of a coarse level a reduction leaves few rows, whose paths are short. Pricing frees each
// row that has a violated arc, and the next round matches it again, until no pair of the level is violated. Rows whose
// arcs admit no path are given more of them; where that does not help either, the simplex takes the level over.
//
// Of each row: `guess` its column, `leftA` the cost of that pair; `match` the row of each column; −1 where there is
// none. The arcs of a row are a list: `next` has its first, `keys` the one after each arc. Distances (`leftB`) are
// infinite between searches.

import { appendArc } from './arcs';
import { f64At, i32At, setF64, setI32 } from '../cells';
import { reach, takeNearest } from './column-heap';
import { costOf } from './costs';
import { nearlyCosts } from './products';
import { CostKind, Solve, arcAt, setPotential } from './state';

/** How often the rows are gone through for reduction, and how many columns one turn takes at most. */
const REDUCTIONS: i32 = 2;
const CHAIN: i32 = 32;
/** Rounds that end with the reduction: paths over a list that prices have not yet corrected lead far. */
const ROUGH_ROUNDS: i32 = 2;

/** Whether this is an assignment whose rows of costs can be read, with no pair forbidden. */
export function canMatch(s: Solve): bool {
  return s.kind != CostKind.blocks && s.price == 0 && s.uniform != 0 && s.sources == s.sinks;
}

/** Matches the rows that have no column: true when all have had their turns, or the level is left to the simplex. */
export function matchRows(s: Solve, workLimit: i64): bool {
  const n = s.n;
  if (s.cursor == 0) {
    beginRound(s);
    s.cursor = 1;
  }
  const turns = isRough(s) ? REDUCTIONS : REDUCTIONS + 1;
  while (s.cursor <= turns * n) {
    if (s.work >= workLimit) return false;
    const isReduction = s.cursor <= REDUCTIONS * n;
    const i = (s.cursor++ - 1) % n;
    if (i32At(s.guess, i) >= 0) continue;
    if (isReduction) {
      reduceRow(s, i);
    } else if (!augment(s, i)) {
      s.isMatched = 0;
      return true;
    }
  }
  return true;
}

/** Whether the present round leaves rows without a column. */
// @ts-ignore: decorator
@inline
export function isRough(s: Solve): bool {
  return !s.full && s.rounds < ROUGH_ROUNDS;
}

/** f and g, also as potentials: what `pricing.ts` and the answer read. */
export function readMatchedDuals(s: Solve): void {
  for (let i = 0; i < s.n; i++) {
    setF64(s.f, i, matchedPotential(s, i));
    setPotential(s, i, f64At(s.f, i));
  }
  for (let j = 0; j < s.m; j++) setPotential(s, s.n + j, -f64At(s.g, j));
}

/** The first column from j on that has no row. */
export function nextFree(s: Solve, j: i32): i32 {
  while (i32At(s.match, j) >= 0) j++;
  return j;
}

/** Takes a row out of the matching. */
export function freeRow(s: Solve, i: i32): void {
  if (i32At(s.guess, i) < 0) return;
  setI32(s.match, i32At(s.guess, i), -1);
  setI32(s.guess, i, -1);
}

// @ts-ignore: decorator
@inline
function matchedPotential(s: Solve, i: i32): f64 {
  if (i32At(s.guess, i) < 0) return leastValue(s, i);
  return f64At(s.leftA, i) - f64At(s.g, i32At(s.guess, i));
}

function leastValue(s: Solve, i: i32): f64 {
  let least = Infinity;
  for (let e = i32At(s.next, i); e >= 0; e = i32At(s.keys, e)) least = min(least, valueOf(s, e));
  return least;
}

function beginRound(s: Solve): void {
  if (s.rounds == 0) {
    memory.fill(s.guess, 0xff, <usize>s.n << 2);
    memory.fill(s.match, 0xff, <usize>s.m << 2);
  }
  for (let j = 0; j < s.m; j++) setF64(s.leftB, j, Infinity);
  memory.fill(s.next, 0xff, <usize>s.n << 2);
  for (let e = s.arcCount - 1; e >= 0; e--) linkArc(s, e);
  s.work += s.arcCount;
}

// @ts-ignore: decorator
@inline
function linkArc(s: Solve, e: i32): void {
  const i = arcAt(s, e).source;
  setI32(s.keys, e, i32At(s.next, i));
  setI32(s.next, i, e);
}

/**
 * Takes the best column of a row, at the price that makes the second best as good; whoever is driven out goes on, until a
 * column was free. A tie drives nobody out: that could go round for ever.
 */
function reduceRow(s: Solve, i: i32): void {
  for (let turn = 0; turn < CHAIN; turn++) {
    let least = Infinity;
    let second = Infinity;
    let best = -1;
    let other = -1;
    for (let e = i32At(s.next, i); e >= 0; e = i32At(s.keys, e)) {
      const value = valueOf(s, e);
      s.work++;
      if (value >= second) continue;
      if (value < least) {
        second = least;
        other = best;
        least = value;
        best = e;
      } else {
        second = value;
        other = e;
      }
    }
    let j = arcAt(s, best).sink - s.n;
    let owner = i32At(s.match, j);
    if (second == least && owner >= 0) {
      best = other;
      j = arcAt(s, best).sink - s.n;
      owner = i32At(s.match, j);
      if (owner >= 0) return;
    } else if (second < Infinity) {
      setF64(s.g, j, f64At(s.g, j) - (second - least));
    }
    pair(s, best);
    if (owner < 0) return;
    setI32(s.guess, owner, -1);
    i = owner;
  }
}

/**
 * Matches a row by the shortest path of reduced costs to a free column (Dijkstra), and shifts potentials so that the path has
 * length 0. Without a path the rows met get more arcs; false where there is no room for them.
 */
function augment(s: Solve, start: i32): bool {
  while (true) {
    let i = start;
    let distance = 0.0;
    let potential = leastValue(s, start);
    let nearestFree = Infinity;
    let end = -1;
    let size = 0;
    let passed = 0;
    while (true) {
      for (let e = i32At(s.next, i); e >= 0; e = i32At(s.keys, e)) {
        s.work += 2;
        const j = arcAt(s, e).sink - s.n;
        // Rounding must not bring a column back that was passed.
        const value = max(distance, valueOf(s, e) - potential + distance);
        if (value >= nearestFree || value >= f64At(s.leftB, j)) continue;
        if (i32At(s.match, j) < 0) {
          nearestFree = value;
          end = e;
          continue;
        }
        setI32(s.aliveB, j, e);
        size = reach(s, size, j, value);
      }
      if (size == 0) break;
      const j = i32At(s.aliveA, 0);
      if (f64At(s.leftB, j) >= nearestFree) break;
      distance = f64At(s.leftB, j);
      takeNearest(s, size--);
      setI32(s.spareOrder, passed++, j);
      i = i32At(s.match, j);
      potential = matchedPotential(s, i);
    }
    if (end >= 0) {
      leave(s, size, passed, nearestFree);
      flip(s, start, end);
      return true;
    }
    if (!widen(s, start, passed)) return false;
  }
}

/** Shifts the potentials of the columns passed, and forgets all distances. */
function leave(s: Solve, size: i32, passed: i32, length: f64): void {
  for (let t = 0; t < size; t++) setF64(s.leftB, i32At(s.aliveA, t), Infinity);
  for (let t = 0; t < passed; t++) {
    const j = i32At(s.spareOrder, t);
    setF64(s.g, j, f64At(s.g, j) + (f64At(s.leftB, j) - length));
    setF64(s.leftB, j, Infinity);
  }
}

/** Matches along the path that ends with arc `e`. */
function flip(s: Solve, start: i32, e: i32): void {
  while (true) {
    const i = arcAt(s, e).source;
    const before = i32At(s.guess, i);
    pair(s, e);
    if (i == start) break;
    e = i32At(s.aliveB, before);
  }
  s.pivots++;
}

/**
 * Gives each free column its best arc from the start and the rows of the columns passed: the end of the shortest path to it. Every
 * later search that comes to one of those rows has a way on, so all failures of a round cost no more than one look at every pair.
 */
function widen(s: Solve, start: i32, passed: i32): bool {
  const free = s.order;
  const values = s.adjacency;
  const rows = s.basis;
  let count = 0;
  for (let j = 0; j < s.m; j++) {
    if (i32At(s.match, j) >= 0) continue;
    setF64(values, count, Infinity);
    setI32(free, count++, j);
  }
  if (s.arcCount + count > s.arcCapacity) return false;
  for (let t = -1; t < passed; t++) {
    const from = t < 0 ? -1 : i32At(s.spareOrder, t);
    const i = from < 0 ? start : i32At(s.match, from);
    const offset = (from < 0 ? 0 : f64At(s.leftB, from)) - matchedPotential(s, i);
    const row = nearlyCosts(s, i, free, count);
    for (let k = 0; k < count; k++) {
      const value = f64At(row, k) + offset;
      if (value >= f64At(values, k)) continue;
      setF64(values, k, value);
      setI32(rows, k, i);
    }
    s.work += count;
  }
  for (let k = 0; k < count; k++) {
    const i = i32At(rows, k);
    const j = i32At(free, k);
    appendArc(s, i, s.n + j, costOf(s, i, j), 0);
    linkArc(s, s.arcCount - 1);
  }
  for (let t = 0; t < passed; t++) setF64(s.leftB, i32At(s.spareOrder, t), Infinity);
  return true;
}

// @ts-ignore: decorator
@inline
function pair(s: Solve, e: i32): void {
  const arc = arcAt(s, e);
  setI32(s.guess, arc.source, arc.sink - s.n);
  setF64(s.leftA, arc.source, arc.cost);
  setI32(s.match, arc.sink - s.n, arc.source);
}

// @ts-ignore: decorator
@inline
function valueOf(s: Solve, e: i32): f64 {
  const arc = arcAt(s, e);
  return arc.cost - f64At(s.g, arc.sink - s.n);
}
