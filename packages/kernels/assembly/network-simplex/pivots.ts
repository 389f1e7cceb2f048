// Primal network simplex pivots on the arc list (Dantzig 1951; strongly feasible trees: Cunningham 1976).
//
// Entering arc: the most negative reduced cost of the next block of arcs that has one (block search). Leaving arc: the
// last blocking one met when the cycle is followed in the direction of the entering arc from the join on, which keeps
// the tree strongly feasible, so that degenerate pivots cannot cycle. The join is found by climbing from the end with
// the smaller subtree; the ratio test rides along.
//
// Potentials are shifted node by node where subtrees are small (equal weights: most arcs of the tree carry no flow, and a
// pivot moves one in a hundred nodes), else by clusters of nodes.

import { clusteredPotential, cutClusters, pivotsPerCut, shiftClusters, usesClusters } from './clusters';
import { Solve, arcAt, nextOf, nodeAt, potentialAt, setPotential } from './state';
import { rehang } from './tree';

const SMALL_BLOCK: i32 = 40;
/** Arcs of a block, in square roots of their number: fewer where a pivot costs less. */
const BLOCK_PER_ROOT: f64 = 0.5;
const BLOCK_PER_ROOT_CLUSTERED: f64 = 0.25;

/** Pivots until no arc of the list has a reduced cost below −tolerance (true) or the work is used up (false). */
export function runPivots(s: Solve, workLimit: i64): bool {
  return usesClusters(s) ? runClustered(s, workLimit) : runNodeByNode(s, workLimit);
}

function runNodeByNode(s: Solve, workLimit: i64): bool {
  const block = blockSize(s, BLOCK_PER_ROOT);
  while (s.work < workLimit) {
    const entering = findEntering(s, block, false);
    if (entering < 0) return true;
    pivot(s, entering, false);
  }
  return false;
}

/** Stops between two cuts only, so that the pivots do not depend on how the work is sliced. */
function runClustered(s: Solve, workLimit: i64): bool {
  const block = blockSize(s, BLOCK_PER_ROOT_CLUSTERED);
  const most = pivotsPerCut(s.n + s.m);
  while (s.work < workLimit) {
    cutClusters(s);
    for (let t = 0; t < most; t++) {
      const entering = findEntering(s, block, true);
      if (entering < 0) return true;
      pivot(s, entering, true);
    }
  }
  return false;
}

function blockSize(s: Solve, perRoot: f64): i32 {
  return max(SMALL_BLOCK, <i32>(perRoot * sqrt(<f64>s.arcCount)));
}

// @ts-ignore: decorator
@inline
function findEntering(s: Solve, block: i32, isClustered: bool): i32 {
  const count = s.arcCount;
  let best = -1;
  let least = -s.tolerance;
  let e = s.arcCursor;
  let left = count;
  while (left > 0) {
    let stretch = min(block, left);
    left -= stretch;
    s.work += stretch;
    while (stretch > 0) {
      const end = min(count, e + stretch);
      stretch -= end - e;
      for (; e < end; e++) {
        const reduced = reducedCost(s, e, isClustered);
        if (reduced < least) {
          least = reduced;
          best = e;
        }
      }
      if (e == count) e = 0;
    }
    if (best >= 0) break;
  }
  s.arcCursor = e;
  return best;
}

// @ts-ignore: decorator
@inline
function reducedCost(s: Solve, e: i32, isClustered: bool): f64 {
  const arc = arcAt(s, e);
  return isClustered
    ? arc.cost - clusteredPotential(s, arc.source) + clusteredPotential(s, arc.sink)
    : arc.cost - potentialAt(s, arc.source) + potentialAt(s, arc.sink);
}

/** Brings an arc u → v of negative reduced cost into the tree. */
// @ts-ignore: decorator
@inline
function pivot(s: Solve, entering: i32, isClustered: bool): void {
  const n = s.n;
  const arc = arcAt(s, entering);
  const u = arc.source;
  const v = arc.sink;
  const reduced = reducedCost(s, entering, isClustered);
  let a = u;
  let b = v;
  let delta = i64.MAX_VALUE;
  let out = -1;
  let outOnSourceSide = false;
  let steps = 8;
  while (a != b) {
    const left = nodeAt(s, a);
    const right = nodeAt(s, b);
    steps++;
    if (left.size < right.size) {
      // Below u the cycle runs downwards: arcs that go up (out of a source) lose flow.
      if (a < n && left.flow < delta) {
        delta = left.flow;
        out = a;
        outOnSourceSide = true;
      }
      a = left.parent;
    } else {
      // Above v it runs upwards: arcs that come down (into a sink) lose flow.
      if (b >= n && right.flow <= delta) {
        delta = right.flow;
        out = b;
        outOnSourceSide = false;
      }
      b = right.parent;
    }
  }
  const join = a;
  if (delta) pushFlow(s, u, v, join, delta);
  const inside = outOnSourceSide ? u : v;
  const outside = outOnSourceSide ? v : u;
  const moved = nodeAt(s, out).size;
  addSize(s, nodeAt(s, out).parent, join, -moved);
  addSize(s, outside, join, moved);
  const shift = outOnSourceSide ? reduced : -reduced;
  if (isClustered) steps += shiftClusters(s, inside, outside, out, moved, shift);
  rehang(s, inside, outside, out, delta, arc.cost);
  if (!isClustered) steps += shiftPotentials(s, inside, moved, shift);
  s.work += steps;
  s.pivots++;
}

function pushFlow(s: Solve, u: i32, v: i32, join: i32, delta: i64): void {
  const n = s.n;
  for (let w = u; w != join; ) {
    const node = nodeAt(s, w);
    node.flow += w < n ? -delta : delta;
    w = node.parent;
  }
  for (let w = v; w != join; ) {
    const node = nodeAt(s, w);
    node.flow += w < n ? delta : -delta;
    w = node.parent;
  }
}

function addSize(s: Solve, from: i32, join: i32, change: i32): void {
  for (let w = from; w != join; ) {
    const node = nodeAt(s, w);
    node.size += change;
    w = node.parent;
  }
}

/**
 * Shifts the potentials of the moved subtree, or of everything else by the opposite: whichever is smaller. Returns how
 * many.
 */
function shiftPotentials(s: Solve, top: i32, size: i32, shift: f64): i32 {
  const others = s.n + s.m - size;
  let w = top;
  let count = size;
  if (others < size) {
    w = nextOf(s, nodeAt(s, top).last);
    count = others;
    shift = -shift;
  }
  for (let t = 0; t < count; t++) {
    setPotential(s, w, potentialAt(s, w) + shift);
    w = nextOf(s, w);
  }
  return count;
}
