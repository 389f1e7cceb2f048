// The plan and the potentials of the finest tree, in the caller's order.

import { shiftOfSink, shiftOfSource } from './bounds';
import { f64At, i32At, i64At, setF64, setI32 } from '../cells';
import { costOf } from './costs';
import { isForbidden, isPaying, paysPrice } from './forbidden';
import { canLift, liftPlan, liftPotentials } from './lift';
import { nextFree } from './matching';
import { Phase, Proof, Solve, isNoise, nodeAt, potentialAt } from './state';

/** Whether the finest level has a matching, or a tree whose flow keeps to allowed pairs: before that there is no plan. */
export function hasPlan(s: Solve): bool {
  if (s.level != 0) return false;
  if (s.isMatched) return s.phase > Phase.matching || (s.phase == Phase.matching && s.rounds + s.cursor > 0);
  if (s.phase < Phase.pivots) return false;
  return s.phase == Phase.done || !paysPrice(s);
}

/** Cost of the current matching or tree, in units of supply: times the mass of a unit it is ⟨C, P⟩. */
export function primalOf(s: Solve): f64 {
  if (s.isMatched) return costOfMatching(s);
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
 * Writes entries (row, column, mass) of the finest tree, or of a coarse one lifted to the problem; returns their number,
 * 0 where there is no tree. `massPerUnit` is the problem's mass over the units.
 */
export function writePlan(s: Solve, massPerUnit: f64): i32 {
  if (!hasPlan(s)) return canLift(s) ? liftPlan(s, massPerUnit) : 0;
  const n = s.sources;
  const m = s.sinks;
  if (s.isMatched) return writeMatching(s, massPerUnit);
  let entries = 0;
  for (let v = 0; v < n + m; v++) {
    const node = nodeAt(s, v);
    if (v == s.root) continue;
    const i = v < n ? v : node.parent;
    const j = (v < n ? node.parent : v) - n;
    if (isForbidden(s, i, j)) continue;
    if (isNoise(s, i, j, node.flow)) continue;
    setI32(s.outRows, entries, i32At(s.sourceIds, i));
    setI32(s.outColumns, entries, i32At(s.sinkIds, j));
    setF64(s.outMass, entries, <f64>node.flow * massPerUnit);
    entries++;
  }
  return entries;
}

/** Rows that are free between two rounds take the free columns in order. */
function writeMatching(s: Solve, massPerUnit: f64): i32 {
  let free = -1;
  for (let i = 0; i < s.n; i++) {
    const j = i32At(s.guess, i);
    if (j < 0) free = nextFree(s, free + 1);
    setI32(s.outRows, i, i32At(s.sourceIds, i));
    setI32(s.outColumns, i, i32At(s.sinkIds, j < 0 ? free : j));
    setF64(s.outMass, i, massPerUnit);
  }
  return s.n;
}

/** Of the same plan. */
function costOfMatching(s: Solve): f64 {
  let sum = 0.0;
  let free = -1;
  for (let i = 0; i < s.n; i++) {
    const j = i32At(s.guess, i);
    if (j < 0) free = nextFree(s, free + 1);
    sum += j < 0 ? costOf(s, i, free) : f64At(s.leftA, i);
  }
  return sum;
}

/**
 * Writes the potentials of the tree or the matching where it is optimal (3), before that those of the bound (2), else
 * those of the last coarse level (1), or nothing (0).
 */
export function writePotentials(s: Solve): i32 {
  if (s.phase == Phase.done) {
    for (let i = 0; i < s.sources; i++) putF(s, i, potentialAt(s, i));
    for (let j = 0; j < s.sinks; j++) putG(s, j, -potentialAt(s, s.sources + j));
    return 3;
  }
  if (s.proof == Proof.potentials) {
    for (let i = 0; i < s.sources; i++) putF(s, i, f64At(s.boundF, i));
    for (let j = 0; j < s.sinks; j++) putG(s, j, f64At(s.boundG, j));
    return 2;
  }
  if (s.proof == Proof.none) return 0;
  liftPotentials(s);
  return 1;
}

function putF(s: Solve, i: i32, value: f64): void {
  setF64(s.outF, i32At(s.sourceIds, i), value + shiftOfSource(s, i));
}

function putG(s: Solve, j: i32, value: f64): void {
  setF64(s.outG, i32At(s.sinkIds, j), value + shiftOfSink(s, j));
}

/** The cost of a pair of the finest level before centring. */
function givenCost(s: Solve, i: i32, j: i32): f64 {
  return costOf(s, i, j) + shiftOfSource(s, i) + shiftOfSink(s, j);
}
