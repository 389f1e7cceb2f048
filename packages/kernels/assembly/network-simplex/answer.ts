// The plan and the potentials of the finest tree, in the caller's order.

import { f64At, i32At, i64At, setF64, setI32 } from './cells';
import { costOf } from './costs';
import { isForbidden, isPaying, paysPrice } from './forbidden';
import { CostKind, Phase, Solve, nodeAt, potentialAt } from './state';
import { potentialsFromTree } from './tree';

/** A flow below this share of the smaller of its two weights is the rounding of the weights, not mass: 2^−50. */
const NOISE: f64 = 8.881784197001252e-16;

/** Whether the finest level has a tree whose flow keeps to allowed pairs: before that there is no plan. */
export function hasPlan(s: Solve): bool {
  if (s.level != 0 || s.phase < Phase.pivots) return false;
  return s.phase == Phase.done || !paysPrice(s);
}

/** Cost of the current tree, in units of supply: times the mass of a unit it is ⟨C, P⟩. */
export function primalOf(s: Solve): f64 {
  let sum = 0.0;
  const count = s.n + s.m;
  for (let v = 0; v < count; v++) {
    const node = nodeAt(s, v);
    if (!node.flow || v == s.root || isPaying(s, v)) continue;
    sum += <f64>node.flow * (v < s.n ? givenCost(s, v, node.parent - s.n) : givenCost(s, node.parent, v - s.n));
  }
  return sum;
}

/** Total supply of the finest level in units. */
export function totalUnits(s: Solve): f64 {
  let sum: i64 = 0;
  for (let i = 0; i < s.sources; i++) sum += i64At(s.supplyA, i);
  return <f64>sum;
}

/**
 * Writes entries (row, column, mass) and potentials; returns the number of entries. `massPerUnit` is the problem's mass
 * over the units.
 */
export function writeAnswer(s: Solve, massPerUnit: f64): i32 {
  const n = s.sources;
  const m = s.sinks;
  let entries = 0;
  for (let v = 0; v < n + m; v++) {
    const node = nodeAt(s, v);
    if (v == s.root) continue;
    const i = v < n ? v : node.parent;
    const j = (v < n ? node.parent : v) - n;
    const flow = <f64>node.flow;
    if (isForbidden(s, i, j)) continue;
    if (flow <= NOISE * <f64>min(i64At(s.supplyA, i), i64At(s.supplyB, j))) continue;
    setI32(s.outRows, entries, i32At(s.sourceIds, i));
    setI32(s.outColumns, entries, i32At(s.sinkIds, j));
    setF64(s.outMass, entries, flow * massPerUnit);
    entries++;
  }
  if (s.phase == Phase.pivots) potentialsFromTree(s);
  for (let i = 0; i < n; i++) setF64(s.outF, i32At(s.sourceIds, i), potentialAt(s, i) + shiftAt(s, s.x, i, 1));
  for (let j = 0; j < m; j++) setF64(s.outG, i32At(s.sinkIds, j), shiftAt(s, s.y, j, 0) - potentialAt(s, n + j));
  return entries;
}

/** The cost of a pair of the finest level before centring. */
function givenCost(s: Solve, i: i32, j: i32): f64 {
  return costOf(s, i, j) + shiftAt(s, s.x, i, 1) + shiftAt(s, s.y, j, 0);
}

/** What centring took from a potential: 2 μ·x̃ + |μ|² for a source, −2 μ·ỹ for a sink. */
function shiftAt(s: Solve, points: usize, index: i32, isSource: i32): f64 {
  if (s.kind != CostKind.blocks) return 0;
  let sum = 0.0;
  for (let k = 0; k < s.dim; k++) {
    const shift = f64At(s.shift, k);
    const product = 2 * shift * f64At(points, index * s.dim + k);
    sum += isSource ? product + shift * shift : -product;
  }
  return sum;
}
