// The list of arcs the simplex looks at: appended to, sorted by reduced cost for the start, thinned when it is full.

import { i32At, setI32 } from '../cells';
import { ADDED_PER_ROW, Solve, arcAt, potentialAt } from './state';

const DIGIT: i32 = 2048;

/** Adds an arc with its reduced cost (≥ 0 up to rounding) as sort key. */
export function appendArc(s: Solve, source: i32, sinkNode: i32, cost: f64, reduced: f64): void {
  const at = s.arcCount++;
  const arc = arcAt(s, at);
  arc.source = source;
  arc.sink = sinkNode;
  arc.cost = cost;
  // The bits of non-negative float32 numbers sort like the numbers.
  setI32(s.keys, at, reinterpret<i32>(<f32>max(0.0, reduced * s.keyScale)));
}

/**
 * Writes the arcs from…arcCount to `s.order[0…)` by ascending key: two passes of radix 2^11 over the 22 upper bits of
 * the key (14 bits of mantissa: the start needs no finer order). Stable, so the result does not depend on the machine.
 */
export function sortArcs(s: Solve, from: i32): i32 {
  const count = s.arcCount - from;
  const low = s.histogram;
  const high = s.histogram + (<usize>DIGIT << 2);
  memory.fill(low, 0, <usize>DIGIT << 3);
  for (let e = from; e < s.arcCount; e++) {
    const key = i32At(s.keys, e);
    addOne(low, (key >> 9) & (DIGIT - 1));
    addOne(high, (key >> 20) & (DIGIT - 1));
  }
  toStarts(low);
  toStarts(high);
  for (let e = from; e < s.arcCount; e++) {
    const at = take(low, (i32At(s.keys, e) >> 9) & (DIGIT - 1));
    setI32(s.spareOrder, at, e);
  }
  for (let t = 0; t < count; t++) {
    const e = i32At(s.spareOrder, t);
    setI32(s.order, take(high, (i32At(s.keys, e) >> 20) & (DIGIT - 1)), e);
  }
  return count;
}

/**
 * Makes room for a pricing round by dropping arcs of large reduced cost. The tree does not live in the list, so any arc
 * may go.
 */
export function makeRoom(s: Solve): void {
  const wanted = s.arcCapacity - ADDED_PER_ROW * s.n - 256;
  while (s.arcCount > wanted) {
    let sum = 0.0;
    for (let e = 0; e < s.arcCount; e++) sum += reducedCost(s, e);
    const mean = sum / <f64>s.arcCount;
    let kept = 0;
    for (let e = 0; e < s.arcCount; e++) {
      if (reducedCost(s, e) > mean) continue;
      memory.copy(changetype<usize>(arcAt(s, kept++)), changetype<usize>(arcAt(s, e)), 16);
    }
    s.arcCount = kept < s.arcCount ? kept : kept >> 1;
  }
  s.arcCursor = 0;
}

// @ts-ignore: decorator
@inline
function reducedCost(s: Solve, e: i32): f64 {
  const arc = arcAt(s, e);
  return arc.cost - potentialAt(s, arc.source) + potentialAt(s, arc.sink);
}

// @ts-ignore: decorator
@inline
function addOne(histogram: usize, digit: i32): void {
  setI32(histogram, digit, i32At(histogram, digit) + 1);
}

// @ts-ignore: decorator
@inline
function take(starts: usize, digit: i32): i32 {
  const at = i32At(starts, digit);
  setI32(starts, digit, at + 1);
  return at;
}

function toStarts(histogram: usize): void {
  let sum = 0;
  for (let digit = 0; digit < DIGIT; digit++) {
    const count = i32At(histogram, digit);
    setI32(histogram, digit, sum);
    sum += count;
  }
}
