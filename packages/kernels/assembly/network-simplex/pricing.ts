// Exact pricing: every pair of the level, row by row, by block bounds or over the whole row. The worst few violated
// arcs of each row join the list.

import { appendArc, makeRoom } from './arcs';
import { fillBlocks } from './blocks';
import { f64At, i32At, setF64, setI32 } from '../cells';
import { costOf, sinkPoint, sourcePoint } from './costs';
import { freeRow, readMatchedDuals } from './matching';
import { readPrices, searchCosts } from './products';
import { searchBlocks } from './search';
import { ADDED_PER_ROW, BlockSet, CostKind, Solve, nextOf, nodeAt, potentialAt } from './state';
import { potentialsFromTree } from './tree';

/** A pricing round ends with this many arcs, or with as many as there are rows. */
const MANY_ARCS: i32 = 128;

/** Fresh potentials from the tree, as `f` and `g`, and the bounds that go with them. */
export function beginPricing(s: Solve): void {
  if (s.isMatched) {
    readMatchedDuals(s);
    makeRoom(s);
  } else {
    potentialsFromTree(s);
    makeRoom(s);
    readDuals(s);
  }
  s.added = 0;
  s.priced = 0;
  s.worst = 0;
  if (s.kind != CostKind.blocks) return;
  for (let j = 0; j < s.m; j++) setI32(s.match, j, treeNeighbour(s, s.n + j));
  fillBlocks(changetype<BlockSet>(s.set), sinkPoint(s, 0), s.g, 0, s.m, s.match, sourcePoint(s, 0));
}

/** f_i = π_i and g_j = −π_{n+j}. */
export function readDuals(s: Solve): void {
  for (let i = 0; i < s.n; i++) setF64(s.f, i, potentialAt(s, i));
  for (let j = 0; j < s.m; j++) setF64(s.g, j, -potentialAt(s, s.n + j));
}

/** A node that a tree arc joins to `node`: its parent, or a child of the root. */
export function treeNeighbour(s: Solve, node: i32): i32 {
  const parent = nodeAt(s, node).parent;
  return parent >= 0 ? parent : nextOf(s, node);
}

/**
 * Prices rows, beginning where the round before stopped; true when the round ends: all rows were seen, or enough
 * violated arcs were found that pivots pay first. Only a round that saw all rows and added nothing proves optimality.
 */
export function priceRows(s: Solve, workLimit: i64): bool {
  const n = s.n;
  const wanted = min(ADDED_PER_ROW, s.m);
  readPrices(s);
  const enough = max(MANY_ARCS, n);
  while (s.priced < n && s.added < enough) {
    if (s.work >= workLimit) return false;
    const i = s.priceCursor;
    s.priceCursor = i + 1 < n ? i + 1 : 0;
    s.priced++;
    const found = violatedArcs(s, i, wanted);
    const f = f64At(s.f, i);
    let least = 0.0;
    for (let t = 0; t < found; t++) {
      const j = i32At(s.foundIds, t);
      const cost = costOf(s, i, j);
      const reduced = cost - f - f64At(s.g, j);
      if (reduced >= -s.tolerance) continue;
      appendArc(s, i, n + j, cost, 0);
      least = min(least, reduced);
      s.added++;
    }
    // After a whole round f is feasible again: see bounds.ts.
    s.worst = max(s.worst, -least);
    if (least < 0 && s.isMatched) freeRow(s, i);
    setF64(s.f, i, f + least);
  }
  return true;
}

function violatedArcs(s: Solve, i: i32, wanted: i32): i32 {
  const f = f64At(s.f, i);
  if (s.kind != CostKind.blocks) {
    s.work += s.m;
    return searchCosts(s, i, 0, s.m, wanted, f - s.tolerance);
  }
  const x = sourcePoint(s, i);
  let norm = 0.0;
  for (let k = 0; k < s.dim; k++) norm += f64At(x, k) * f64At(x, k);
  return searchBlocks(s, x, wanted, f - norm - s.tolerance, -1);
}
