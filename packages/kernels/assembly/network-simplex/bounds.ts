// Lower bounds of the optimal cost while a solve is under way: what a stop can promise.
//
// Potentials of the finest level are feasible after a c-transform, and after a pricing round that has seen every row,
// with each f_i lowered by the worst violation of its row. Before that, and for the squared Euclidean cost, a coarse
// level that was solved exactly bounds the problem by the triangle inequality of W2:
//   W2(μ, ν) ≥ W2(M, N) − W2(μ, M) − W2(ν, N),   W2(μ, M)² ≤ Σ_i a_i |x_i − X_I|².

import { f64At, i32At, i64At, setF64 } from '../cells';
import { costOf } from './costs';
import { CostKind, Proof, Solve, nodeAt } from './state';

/** Keeps f and g of the finest level as a bound where they are the best one; they must be feasible. */
export function boundByPotentials(s: Solve): void {
  if (s.level != 0) return;
  let dual = 0.0;
  for (let i = 0; i < s.n; i++) dual += <f64>i64At(s.supplyA, i) * f64At(s.f, i);
  for (let j = 0; j < s.m; j++) dual += <f64>i64At(s.supplyB, j) * f64At(s.g, j);
  if (s.proof != Proof.none && !(dual > s.bound)) return;
  s.bound = dual;
  s.proof = Proof.potentials;
  memory.copy(s.boundF, s.f, <usize>s.n << 3);
  memory.copy(s.boundG, s.g, <usize>s.m << 3);
}

/** Uses the exact cost of a coarse level of merged points. */
export function boundByLevel(s: Solve): void {
  if (s.kind != CostKind.blocks || s.level == 0) return;
  let cost = 0.0;
  for (let v = 0; v < s.n + s.m; v++) {
    const node = nodeAt(s, v);
    if (v == s.root || !node.flow) continue;
    cost += <f64>node.flow * (v < s.n ? costOf(s, v, node.parent - s.n) : costOf(s, node.parent, v - s.n));
  }
  let units = 0.0;
  for (let i = 0; i < s.sources; i++) units += <f64>i64At(s.supplyA, i);
  const apart = sqrt(cost / units);
  const moved = sqrt(f64At(s.spreadN, s.level) / units) + sqrt(f64At(s.spreadM, s.level) / units);
  const distance = max(0.0, apart - moved);
  const bound = distance * distance * units;
  if (s.proof != Proof.none && !(bound > s.bound)) return;
  s.bound = bound;
  s.proof = Proof.coarseLevel;
}

/** The bound for the costs as they were given, in units of supply. */
export function givenBound(s: Solve): f64 {
  let sum = s.bound;
  if (s.kind != CostKind.blocks) return sum;
  for (let i = 0; i < s.sources; i++) sum += <f64>i64At(s.supplyA, i) * shiftOfSource(s, i);
  for (let j = 0; j < s.sinks; j++) sum += <f64>i64At(s.supplyB, j) * shiftOfSink(s, j);
  return sum;
}

/** What centring took from the potential of a source: 2 μ·x̃ + |μ|². */
export function shiftOfSource(s: Solve, i: i32): f64 {
  if (s.kind != CostKind.blocks) return 0;
  let sum = 0.0;
  for (let k = 0; k < s.dim; k++) {
    const shift = f64At(s.shift, k);
    sum += 2 * shift * f64At(s.x, i * s.dim + k) + shift * shift;
  }
  return sum;
}

/** And from that of a sink: −2 μ·ỹ. */
export function shiftOfSink(s: Solve, j: i32): f64 {
  if (s.kind != CostKind.blocks) return 0;
  let sum = 0.0;
  for (let k = 0; k < s.dim; k++) sum -= 2 * f64At(s.shift, k) * f64At(s.y, j * s.dim + k);
  return sum;
}

/** Adds what merging a pair moves to Σ supply |x − X|² of a level. */
export function addSpread(spreads: usize, level: i32, supply: i64, other: i64, squared: f64): void {
  const share = (<f64>supply * <f64>other) / <f64>(supply + other);
  setF64(spreads, level, f64At(spreads, level) + share * squared);
}
