// A strongly feasible starting tree: arcs in ascending order of reduced cost, each one used up to the smaller of what
// its two ends still have.
//
// Every source has one infinitesimal more and the root sink takes them all (a lexicographic perturbation: units first,
// then `extra`). So each arc used exhausts exactly one of its ends, n + m − 1 arcs remain, and they form a tree in
// which every arc with flow 0 leaves a source towards the root. What is left when the arcs run out is searched again
// among the left-over rows and columns; a last remainder takes the north-west corner rule.

import { appendArc, sortArcs } from './arcs';
import { fillBlocks } from './blocks';
import { i32At, i64At, setI32, setI64, f64At } from '../cells';
import { costOf, sinkPoint, sourcePoint } from './costs';
import { readPrices, searchCosts } from './products';
import { searchBlocks } from './search';
import { BlockSet, CostKind, Solve, arcAt } from './state';

const SPENT: i32 = i32.MIN_VALUE;
/** Below this many left-over pairs all of them are tried. */
const FEW_PAIRS: i32 = 2048;
const ROUNDS: i32 = 8;
const LEFT_OVER_PER_ROW: i32 = 4;

/**
 * Fills `s.basis` with a spanning tree, one piece of work at a time: first from the arcs of the list, then round by
 * round; true when it is complete. Appends to the arc list what it used beyond it.
 */
export function chooseBasis(s: Solve): bool {
  if (s.cursor == 0) {
    begin(s);
    if (s.level == 0) useGivenPlan(s);
    useAscending(s, 0);
  } else {
    extendBasis(s, s.cursor - 1);
  }
  s.cursor++;
  return s.basisCount >= s.n + s.m - 1;
}

/** Searches again among the rows and columns that are left over. */
function extendBasis(s: Solve, round: i32): void {
  const n = listAlive(s.extraA, s.n, s.aliveA);
  const m = listAlive(s.extraB, s.m, s.aliveB);
  const before = s.basisCount;
  const few = <f64>n * <f64>m <= <f64>FEW_PAIRS;
  // Many rows after the same few columns would use up only those: not worth more rounds.
  if (!few && round >= ROUNDS) {
    northWest(s, n, m);
    return;
  }
  const mark = s.arcCount;
  if (few) allPairs(s, n, m);
  else nearestPairs(s, n, m);
  useAscending(s, mark);
  keepUsed(s, mark, before);
  if (!few && s.basisCount - before < (n + m) >> 4) s.cursor = ROUNDS;
}

function begin(s: Solve): void {
  const n = s.n;
  const m = s.m;
  memory.copy(s.leftA, s.supplyA + (<usize>i32At(s.offsetN, s.level) << 3), <usize>n << 3);
  memory.copy(s.leftB, s.supplyB + (<usize>i32At(s.offsetM, s.level) << 3), <usize>m << 3);
  for (let i = 0; i < n; i++) setI32(s.extraA, i, 1);
  memory.fill(s.extraB, 0, <usize>m << 2);
  setI32(s.extraB, 0, n);
  s.root = n;
  s.basisCount = 0;
}

/** The entries of a plan that the caller gave: in their order each one moves all that one of its ends still has. */
function useGivenPlan(s: Solve): void {
  for (let t = 0; t < s.planCount; t++) use(s, i32At(s.planSources, t), i32At(s.planSinks, t));
  for (let e = 0; e < s.basisCount; e++) appendBasisArc(s, e);
  s.work += s.planCount;
}

function useAscending(s: Solve, from: i32): void {
  const count = sortArcs(s, from);
  const enough = s.n + s.m - 1;
  for (let t = 0; t < count && s.basisCount < enough; t++) {
    const arc = arcAt(s, i32At(s.order, t));
    use(s, arc.source, arc.sink - s.n);
  }
  // Two passes of the sort, and a look at both ends of each arc.
  s.work += 4 * count;
}

/** Uses arc (i, j) if both ends still have something: afterwards exactly one of them is spent. */
function use(s: Solve, i: i32, j: i32): void {
  const extraA = i32At(s.extraA, i);
  const extraB = i32At(s.extraB, j);
  if (extraA == SPENT || extraB == SPENT) return;
  const a = i64At(s.leftA, i);
  const b = i64At(s.leftB, j);
  const at = s.basis + (<usize>s.basisCount << 4);
  s.basisCount++;
  store<i32>(at, i);
  store<i32>(at, s.n + j, 4);
  store<i64>(at, min(a, b), 8);
  if (a < b || (a == b && extraA <= extraB)) {
    setI32(s.extraA, i, SPENT);
    setI64(s.leftB, j, b - a);
    setI32(s.extraB, j, extraB - extraA);
  } else {
    setI32(s.extraB, j, SPENT);
    setI64(s.leftA, i, a - b);
    setI32(s.extraA, i, extraA - extraB);
  }
}

function listAlive(extra: usize, count: i32, out: usize): i32 {
  let alive = 0;
  for (let v = 0; v < count; v++) if (i32At(extra, v) != SPENT) setI32(out, alive++, v);
  return alive;
}

function allPairs(s: Solve, n: i32, m: i32): void {
  for (let p = 0; p < n; p++) {
    const i = i32At(s.aliveA, p);
    for (let q = 0; q < m; q++) {
      const j = i32At(s.aliveB, q);
      const cost = costOf(s, i, j);
      appendArc(s, i, s.n + j, cost, cost - f64At(s.f, i) - f64At(s.g, j));
    }
  }
}

function nearestPairs(s: Solve, n: i32, m: i32): void {
  const isBlocks = s.kind == CostKind.blocks;
  const set = changetype<BlockSet>(s.set);
  if (isBlocks) fillBlocks(set, sinkPoint(s, 0), s.g, s.aliveB, m, s.match, sourcePoint(s, 0));
  const wanted = min(LEFT_OVER_PER_ROW, m);
  readPrices(s);
  for (let p = 0; p < n; p++) {
    const i = i32At(s.aliveA, p);
    const found = isBlocks
      ? searchBlocks(s, sourcePoint(s, i), wanted, Infinity, positionOf(s.aliveB, m, i32At(s.guess, i)))
      : searchCosts(s, i, s.aliveB, m, wanted, Infinity);
    for (let t = 0; t < found; t++) {
      const j = i32At(s.foundIds, t);
      const cost = costOf(s, i, j);
      appendArc(s, i, s.n + j, cost, cost - f64At(s.f, i) - f64At(s.g, j));
    }
  }
  if (!isBlocks) s.work += <i64>n * <i64>m;
}

/** Where `id` is, or would be, in an ascending list. */
function positionOf(ids: usize, count: i32, id: i32): i32 {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (i32At(ids, middle) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of the arcs tried from `mark` on, the list keeps those that the tree uses. */
function keepUsed(s: Solve, mark: i32, before: i32): void {
  s.arcCount = mark;
  for (let e = before; e < s.basisCount; e++) appendBasisArc(s, e);
}

function northWest(s: Solve, n: i32, m: i32): void {
  let p = 0;
  let q = 0;
  while (p < n && q < m) {
    const e = s.basisCount;
    use(s, i32At(s.aliveA, p), i32At(s.aliveB, q));
    appendBasisArc(s, e);
    if (i32At(s.extraA, i32At(s.aliveA, p)) == SPENT) p++;
    else q++;
  }
}

function appendBasisArc(s: Solve, e: i32): void {
  const at = s.basis + (<usize>e << 4);
  const i = load<i32>(at);
  const sink = load<i32>(at, 4);
  appendArc(s, i, sink, costOf(s, i, sink - s.n), 0);
}
