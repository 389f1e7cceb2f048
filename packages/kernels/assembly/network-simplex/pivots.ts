// Primal network simplex pivots on the arc list (Dantzig 1951; strongly feasible trees: Cunningham 1976).
//
// Entering arc: the most negative reduced cost of the next block of arcs that has one (block search). Leaving arc: the
// last blocking one met when the cycle is followed in the direction of the entering arc from the join on, which keeps
// the tree strongly feasible, so that degenerate pivots cannot cycle. The join is found by climbing from the end with
// the smaller subtree; the ratio test rides along.

import { Solve, arcAt, nextOf, nodeAt, potentialAt, setPotential } from './state';
import { rehang } from './tree';

const SMALL_BLOCK: i32 = 40;

/** Pivots until no arc of the list has a reduced cost below −tolerance (true) or the work is used up (false). */
export function runPivots(s: Solve, workLimit: i64): bool {
  const block = max(SMALL_BLOCK, <i32>(0.5 * sqrt(<f64>s.arcCount)));
  while (s.work < workLimit) {
    const entering = findEntering(s, block);
    if (entering < 0) return true;
    const arc = arcAt(s, entering);
    const u = arc.source;
    const v = arc.sink;
    pivot(s, u, v, arc.cost - potentialAt(s, u) + potentialAt(s, v));
    s.pivots++;
  }
  return false;
}

function findEntering(s: Solve, block: i32): i32 {
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
        const arc = arcAt(s, e);
        const reduced = arc.cost - potentialAt(s, arc.source) + potentialAt(s, arc.sink);
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

/** Brings arc u → v of reduced cost `reduced` < 0 into the tree. */
function pivot(s: Solve, u: i32, v: i32, reduced: f64): void {
  const n = s.n;
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
  rehang(s, inside, outside, out, delta);
  steps += shiftPotentials(s, inside, moved, outOnSourceSide ? reduced : -reduced);
  s.work += steps;
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
