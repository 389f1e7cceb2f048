// From the duals of the coarse level to the arcs of the next one: c-transforms, then the best arcs of each row.
//
// In an assignment a c-transform over a few coarse rows nearby leaves about as few pivots as one over all of them there
// and back, at a tenth of its cost. With other weights pivots move large subtrees, and the better start pays.

import { appendArc } from './arcs';
import { fillBlocks } from './blocks';
import { f64At, i32At, setF64, setI32 } from '../cells';
import { costOf, sinkPoint, sourcePoint, squaredDistance } from './costs';
import { nearlyCosts, readPrices, searchCosts } from './products';
import { searchBlocks } from './search';
import { ARCS_PER_ROW, BlockSet, CostKind, Solve } from './state';

/** Sinks of a cell of the kd order whose tree neighbours serve them all. */
const CELL: i32 = 4;

/** Coarsest level: potentials by one c-transform each way, and all arcs. */
export function useAllArcs(s: Solve): void {
  const n = s.n;
  const m = s.m;
  for (let i = 0; i < n; i++) {
    let least = Infinity;
    for (let j = 0; j < m; j++) least = min(least, costOf(s, i, j));
    setF64(s.f, i, least);
  }
  for (let j = 0; j < m; j++) {
    let least = Infinity;
    for (let i = 0; i < n; i++) least = min(least, costOf(s, i, j) - f64At(s.f, i));
    setF64(s.g, j, least);
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      const cost = costOf(s, i, j);
      appendArc(s, i, n + j, cost, cost - f64At(s.f, i) - f64At(s.g, j));
    }
  }
  s.work += <i64>n * <i64>m * 3;
}

/**
 * g_j = min of c − F over the tree neighbours of the coarse sinks in j's cell of the kd order; and where each row should
 * look first. Block bounds only.
 */
export function extendNearby(s: Solve): void {
  const dim = s.dim;
  const shiftN = s.n == s.coarseN ? 0 : 1;
  const shiftM = s.m == s.coarseM ? 0 : 1;
  const coarseX = s.x + (<usize>(i32At(s.offsetN, s.level + 1) * dim) << 3);
  for (let j = 0; j < s.m; j++) {
    const y = sinkPoint(s, j);
    const from = (j >> shiftM) & -CELL;
    const to = min(from + CELL, s.coarseM);
    let least = Infinity;
    let nearest = 0;
    for (let q = from; q < to; q++) {
      const i = i32At(s.coarsePartnerM, q);
      const value = squaredDistance(coarseX + (<usize>(i * dim) << 3), y, dim) - f64At(s.coarseF, i);
      if (value < least) {
        least = value;
        nearest = i;
      }
    }
    setF64(s.g, j, least);
    setI32(s.match, j, nearest << shiftN);
  }
  for (let i = 0; i < s.n; i++) setI32(s.guess, i, i32At(s.coarsePartnerN, i >> shiftN) << shiftM);
  s.work += CELL * s.m + s.n;
}

/** f_i = min over coarse sinks of c − G, for rows from the cursor on; true when all are done. Block bounds only. */
export function extendSources(s: Solve, workLimit: i64): bool {
  const set = changetype<BlockSet>(s.set);
  if (s.cursor == 0) {
    const offsetM = i32At(s.offsetM, s.level + 1);
    const offsetN = i32At(s.offsetN, s.level + 1);
    const coarseX = s.x + (<usize>(offsetN * s.dim) << 3);
    const coarseY = s.y + (<usize>(offsetM * s.dim) << 3);
    fillBlocks(set, coarseY, s.coarseG, 0, s.coarseM, s.coarsePartnerM, coarseX);
  }
  const shiftN = s.n == s.coarseN ? 0 : 1;
  const shiftM = s.m == s.coarseM ? 0 : 1;
  while (s.cursor < s.n) {
    if (s.work >= workLimit) return false;
    const i = s.cursor++;
    const x = sourcePoint(s, i);
    searchBlocks(s, x, 1, Infinity, i32At(s.coarsePartnerN, i >> shiftN));
    setF64(s.f, i, f64At(s.found, 0) + squaredNorm(x, s.dim));
    setI32(s.guess, i, i32At(s.foundIds, 0) << shiftM);
  }
  return true;
}

/** g_j = min over sources of c − f; over the coarse sources only where rows are whole. True when all are done. */
export function extendSinks(s: Solve, workLimit: i64): bool {
  if (s.kind != CostKind.blocks) return extendSinksByRows(s, workLimit);
  const set = changetype<BlockSet>(s.set);
  if (s.cursor == 0) fillBlocks(set, sourcePoint(s, 0), s.f, 0, s.n, s.guess, sinkPoint(s, 0));
  const shiftN = s.n == s.coarseN ? 0 : 1;
  const shiftM = s.m == s.coarseM ? 0 : 1;
  while (s.cursor < s.m) {
    if (s.work >= workLimit) return false;
    const j = s.cursor++;
    const y = sinkPoint(s, j);
    searchBlocks(s, y, 1, Infinity, i32At(s.coarsePartnerM, j >> shiftM) << shiftN);
    setF64(s.g, j, f64At(s.found, 0) + squaredNorm(y, s.dim));
    setI32(s.match, j, i32At(s.foundIds, 0));
  }
  return true;
}

/** The best arcs of each row by c − g, and f as the least of them; true when all rows are done. */
export function chooseCandidates(s: Solve, workLimit: i64): bool {
  const isBlocks = s.kind == CostKind.blocks;
  if (s.cursor == 0 && isBlocks) {
    fillBlocks(changetype<BlockSet>(s.set), sinkPoint(s, 0), s.g, 0, s.m, s.match, sourcePoint(s, 0));
  }
  const wanted = min(ARCS_PER_ROW, s.m);
  readPrices(s);
  while (s.cursor < s.n) {
    if (s.work >= workLimit) return false;
    const i = s.cursor++;
    let found: i32;
    let base = 0.0;
    if (isBlocks) {
      const x = sourcePoint(s, i);
      base = squaredNorm(x, s.dim);
      found = searchBlocks(s, x, wanted, Infinity, i32At(s.guess, i));
    } else {
      found = searchCosts(s, i, 0, s.m, wanted, Infinity);
      s.work += s.m;
    }
    const least = f64At(s.found, 0);
    setF64(s.f, i, least + base);
    for (let t = 0; t < found; t++) {
      const j = i32At(s.foundIds, t);
      appendArc(s, i, s.n + j, costOf(s, i, j), f64At(s.found, t) - least);
    }
  }
  return true;
}

function extendSinksByRows(s: Solve, workLimit: i64): bool {
  if (s.cursor == 0) for (let j = 0; j < s.m; j++) setF64(s.g, j, Infinity);
  while (s.cursor < s.coarseN) {
    if (s.work >= workLimit) return false;
    const i = s.cursor++;
    const row = nearlyCosts(s, i, 0, s.m);
    const f = f64At(s.coarseF, i);
    for (let j = 0; j < s.m; j++) setF64(s.g, j, min(f64At(s.g, j), f64At(row, j) - f));
    s.work += s.m;
  }
  return true;
}

function squaredNorm(x: usize, dim: i32): f64 {
  let sum = 0.0;
  for (let k = 0; k < dim; k++) sum += f64At(x, k) * f64At(x, k);
  return sum;
}
