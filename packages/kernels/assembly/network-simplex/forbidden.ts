// Forbidden pairs, entries +∞ of a matrix: they get a price, so that every tree has a cost, and the price rises until
// no flow pays it that could do without.
//
// Any price gives potentials with f_i + g_j ≤ c_ij on the allowed pairs. So as soon as the optimal flow avoids all
// forbidden pairs it is optimal for the problem asked, and the price need not be large: it begins a few times above the
// spread of the costs, where it takes no digits from them. Whether flow that still pays can be rerouted is decided
// without the price, on whole numbers: by a path from a row that pays over allowed pairs and back along flow to a
// column that is paid for. A price of (n + m) spreads outweighs every such path, so it rises a few times at most. What
// cannot be rerouted is the rounding of the weights, in parts that share no allowed pair: the host has checked that the
// allowed pairs carry the masses. It is left out of the answer.

import { f32At, f64At, i32At, setF32, setF64, setI32 } from '../cells';
import { costOf } from './costs';
import { CostKind, Phase, Solve, arcAt, nodeAt } from './state';
import { potentialsFromTree } from './tree';

/** The price begins at this many spreads above the largest cost, and grows by this factor. */
const FIRST_SPREADS: f64 = 2.0;
const GROWTH: f64 = 8.0;

/** Replaces entries +∞ by a price, and returns the largest magnitude of all entries. */
export function priceForbidden(s: Solve): f64 {
  s.price = 0;
  if (s.kind == CostKind.matrix) {
    const largest = largestMagnitude(s.costs, <usize>s.sources * <usize>s.sinks);
    if (largest < Infinity) return largest;
  }
  const count = <usize>s.sources * <usize>s.sinks;
  let low = Infinity;
  let high = -Infinity;
  let hasForbidden = false;
  for (let at: usize = 0; at < count; at++) {
    const cost = entryAt(s, at);
    if (cost == Infinity) {
      hasForbidden = true;
    } else {
      low = min(low, cost);
      high = max(high, cost);
    }
  }
  if (!hasForbidden) return max(abs(low), abs(high));
  // No finite entry at all cannot happen: the rows here have mass.
  const spread = high > low ? high - low : high != 0 ? abs(high) : 1;
  s.highestCost = high;
  setPrice(s, Infinity, powerOfTwoAbove(max(high, 0) + FIRST_SPREADS * spread));
  return max(max(abs(low), abs(high)), s.price);
}

/** Of float64 numbers, four at a time. */
function largestMagnitude(values: usize, count: usize): f64 {
  let first = f64x2.splat(0);
  let second = first;
  let at: usize = 0;
  for (; at + 3 < count; at += 4) {
    first = f64x2.pmax(first, f64x2.abs(v128.load(values + (at << 3))));
    second = f64x2.pmax(second, f64x2.abs(v128.load(values + (at << 3), 16)));
  }
  first = f64x2.pmax(first, second);
  let largest = max(f64x2.extract_lane(first, 0), f64x2.extract_lane(first, 1));
  for (; at < count; at++) largest = max(largest, abs(load<f64>(values + (at << 3))));
  return largest;
}

/** Whether any flow of the tree uses a forbidden pair. */
export function paysPrice(s: Solve): bool {
  if (s.price == 0) return false;
  const count = s.n + s.m;
  for (let v = 0; v < count; v++) if (isPaying(s, v)) return true;
  return false;
}

/** Raises the price where flow that pays it could be rerouted: true when there is more to pivot. Finest level only. */
export function raisePrice(s: Solve): bool {
  if (s.price == 0 || !canReroute(s)) return false;
  const old = s.price;
  setPrice(s, old, powerOfTwoAbove(s.highestCost + GROWTH * (old - s.highestCost)));
  for (let e = 0; e < s.arcCount; e++) if (arcAt(s, e).cost == old) arcAt(s, e).cost = s.price;
  for (let v = 0; v < s.n + s.m; v++) if (v != s.root && nodeAt(s, v).cost == old) nodeAt(s, v).cost = s.price;
  s.largestCost = max(s.largestCost, s.price);
  s.keyScale = 1 / s.largestCost;
  s.tolerance *= s.price / old;
  s.rounds = 0;
  potentialsFromTree(s);
  s.phase = Phase.pivots;
  return true;
}

/** Whether the pair of source i and sink j is forbidden. */
// @ts-ignore: decorator
@inline
export function isForbidden(s: Solve, i: i32, j: i32): bool {
  return s.price != 0 && costOf(s, i, j) == s.price;
}

/** The price exceeds every cost, so that an entry tells by itself whether it is one. */
export function setPrice(s: Solve, old: f64, price: f64): void {
  const count = <usize>s.sources * <usize>s.sinks;
  for (let at: usize = 0; at < count; at++) {
    if (entryAt(s, at) != old) continue;
    if (s.kind == CostKind.matrix32) setF32(s.costs, <i32>at, <f32>price);
    else setF64(s.costs, <i32>at, price);
  }
  s.price = price;
}

// @ts-ignore: decorator
@inline
function entryAt(s: Solve, at: usize): f64 {
  return s.kind == CostKind.matrix32 ? <f64>f32At(s.costs, <i32>at) : f64At(s.costs, <i32>at);
}

/** Whether the arc between a node and its parent carries flow and is forbidden. */
export function isPaying(s: Solve, v: i32): bool {
  const node = nodeAt(s, v);
  if (v == s.root || node.flow == 0) return false;
  return v < s.n ? isForbidden(s, v, node.parent - s.n) : isForbidden(s, node.parent, v - s.n);
}

/**
 * Breadth first from all rows that pay: true where a column that is paid for is met. O(n m), and O(n + m) for each
 * column met.
 */
function canReroute(s: Solve): bool {
  const n = s.n;
  const m = s.m;
  memory.fill(s.extraA, 0, <usize>n << 2);
  memory.fill(s.extraB, 0, <usize>m << 2);
  let queued = 0;
  for (let v = 0; v < n + m; v++) {
    if (!isPaying(s, v)) continue;
    const parent = nodeAt(s, v).parent;
    queued = enqueue(s, v < n ? v : parent, queued);
    // 2: paid for, 1: met.
    setI32(s.extraB, (v < n ? parent : v) - n, 2);
  }
  for (let head = 0; head < queued; head++) {
    const i = i32At(s.aliveA, head);
    for (let j = 0; j < m; j++) {
      const mark = i32At(s.extraB, j);
      if (mark == 1 || isForbidden(s, i, j)) continue;
      if (mark == 2) return true;
      setI32(s.extraB, j, 1);
      queued = enqueueSuppliers(s, n + j, queued);
    }
  }
  s.work += <i64>queued * <i64>m;
  return false;
}

/** The sources whose flow a sink receives; none of it is paid for. */
function enqueueSuppliers(s: Solve, sink: i32, queued: i32): i32 {
  const node = nodeAt(s, sink);
  if (sink != s.root && node.flow) queued = enqueue(s, node.parent, queued);
  for (let i = 0; i < s.n; i++) {
    const source = nodeAt(s, i);
    if (source.parent == sink && source.flow) queued = enqueue(s, i, queued);
  }
  return queued;
}

function enqueue(s: Solve, i: i32, queued: i32): i32 {
  if (i32At(s.extraA, i)) return queued;
  setI32(s.extraA, i, 1);
  setI32(s.aliveA, queued, i);
  return queued + 1;
}

/** A power of two: it has the same value in float32, and changes no mantissa where costs are scaled by one. */
function powerOfTwoAbove(value: f64): f64 {
  const bits = reinterpret<u64>(value);
  return reinterpret<f64>((bits & 0x7ff0000000000000) + 0x0010000000000000);
}
