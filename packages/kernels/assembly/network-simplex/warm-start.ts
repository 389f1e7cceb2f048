// A start from what is known of a similar problem: potentials, with which the finest level begins at once, and a plan,
// from which its first tree is made. Neither need fit: they decide how long the work is, never where it ends.

import { shiftOfSink, shiftOfSource } from './bounds';
import { f64At, i32At, setF64, setI32 } from '../cells';
import { canMatch } from './matching';
import { Phase, Solve } from './state';

/**
 * To be called between `networkSimplexBegin` and the first `networkSimplexAdvance`. Reads what the caller has written
 * in its own order: potentials (slots 10 and 11) where the flags say so, those of the sinks before those of the
 * sources; and the first `planCount` ≤ sources + sinks entries of a plan (slots 7 and 8).
 */
export function networkSimplexStartFrom(at: usize, hasF: i32, hasG: i32, planCount: i32): void {
  const s = changetype<Solve>(at);
  spreadGuesses(s);
  readPlan(s, planCount);
  // A single level uses all arcs, and needs no potentials.
  if (s.levels == 1 || !(hasF || hasG)) return;
  s.level = 0;
  s.n = s.sources;
  s.m = s.sinks;
  s.cursor = 0;
  s.isMatched = canMatch(s) ? 1 : 0;
  if (hasG) {
    for (let j = 0; j < s.m; j++) setF64(s.g, j, f64At(s.outG, i32At(s.sinkIds, j)) - shiftOfSink(s, j));
    limit(s.g, s.m, s.largestCost);
    s.phase = Phase.candidates;
    return;
  }
  for (let i = 0; i < s.n; i++) setF64(s.f, i, f64At(s.outF, i32At(s.sourceIds, i)) - shiftOfSource(s, i));
  limit(s.f, s.n, s.largestCost);
  s.coarseN = s.n;
  s.coarseM = s.m;
  memory.copy(s.coarseF, s.f, <usize>s.n << 3);
  memory.copy(s.coarsePartnerM, s.match, <usize>s.m << 2);
  s.phase = Phase.extendSinks;
}

/** Where searches look first, and what anchors their bounds, before anything is known: equal ranks. */
function spreadGuesses(s: Solve): void {
  const n = s.sources;
  const m = s.sinks;
  for (let i = 0; i < n; i++) setI32(s.guess, i, <i32>((<i64>i * m) / n));
  for (let j = 0; j < m; j++) setI32(s.match, j, <i32>((<i64>j * n) / m));
}

/** Keeps the entries by position; partners are better guesses. */
function readPlan(s: Solve, count: i32): void {
  const positionOfSource = s.order;
  const positionOfSink = s.spareOrder;
  for (let i = 0; i < s.sources; i++) setI32(positionOfSource, i32At(s.sourceIds, i), i);
  for (let j = 0; j < s.sinks; j++) setI32(positionOfSink, i32At(s.sinkIds, j), j);
  for (let t = 0; t < count; t++) {
    const i = i32At(positionOfSource, i32At(s.outRows, t));
    const j = i32At(positionOfSink, i32At(s.outColumns, t));
    setI32(s.planSources, t, i);
    setI32(s.planSinks, t, j);
    setI32(s.guess, i, j);
    setI32(s.match, j, i);
  }
  s.planCount = count;
}

/** Optimal potentials vary by the largest cost or less; what lies further out would only cost digits. */
function limit(potentials: usize, count: i32, largestCost: f64): void {
  let low = Infinity;
  let high = -Infinity;
  for (let t = 0; t < count; t++) {
    low = min(low, f64At(potentials, t));
    high = max(high, f64At(potentials, t));
  }
  const middle = 0.5 * low + 0.5 * high;
  const most = 2 * largestCost;
  for (let t = 0; t < count; t++) setF64(potentials, t, max(-most, min(most, f64At(potentials, t) - middle)));
}
