// The solve as slices of work: level by level, each one extension → start → pivots ⇄ pricing.

import { boundByLevel, boundByPotentials } from './bounds';
import { i32At, setI32 } from '../cells';
import { chooseCandidates, extendNearby, extendSinks, extendSources, useAllArcs } from './extension';
import { raisePrice } from './forbidden';
import { buildLadder, quantiseLevel } from './ladder';
import { canMatch, isRough, matchRows } from './matching';
import { beginPricing, priceRows, readDuals, treeNeighbour } from './pricing';
import { prepare } from './prepare';
import { runPivots } from './pivots';
import { chooseBasis } from './start';
import { CostKind, Phase, Solve } from './state';
import { buildTree, potentialsFromTree } from './tree';

/**
 * After this many rounds, violations below 2^−44 of the largest cost raise the tolerance: rounding noise cannot keep a
 * solve alive.
 */
const PATIENT_ROUNDS: i32 = 20;
const NOISE: f64 = 5.684341886080802e-14;

/** Reads the input that the caller has written; the next call is `advance`. */
export function begin(s: Solve): void {
  prepare(s);
  buildLadder(s);
  s.level = s.levels - 1;
  s.treeLevel = s.levels;
  s.phase = Phase.enter;
}

/**
 * Does about `budget` units of work (a node or an arc looked at, one or two nanoseconds); true when the solve is done.
 */
export function advance(s: Solve, budget: i32): bool {
  const limit = s.work + <i64>budget;
  while (s.phase != Phase.done && s.work < limit) continuePhase(s, limit);
  return s.phase == Phase.done;
}

function continuePhase(s: Solve, limit: i64): void {
  switch (s.phase) {
    case Phase.enter:
      enterLevel(s);
      break;
    case Phase.extendSources:
      if (extendSources(s, limit)) go(s, Phase.extendSinks);
      break;
    case Phase.extendSinks:
      if (extendSinks(s, limit)) go(s, Phase.candidates);
      break;
    case Phase.candidates:
      if (!chooseCandidates(s, limit)) break;
      boundByPotentials(s);
      go(s, s.isMatched ? Phase.matching : Phase.start);
      break;
    case Phase.matching:
      if (!matchRows(s, limit)) break;
      if (s.isMatched) endRound(s);
      else leaveMatching(s);
      break;
    case Phase.start:
      if (chooseBasis(s)) go(s, Phase.hang);
      break;
    case Phase.hang:
      buildTree(s);
      s.treeLevel = s.level;
      potentialsFromTree(s);
      s.work += 16 * (s.n + s.m);
      go(s, Phase.pivots);
      break;
    case Phase.pivots:
      if (runPivots(s, limit)) endRound(s);
      break;
    case Phase.pricing:
      if (priceRows(s, limit)) beginRound(s);
      break;
  }
}

function go(s: Solve, phase: i32): void {
  s.phase = phase;
  s.cursor = 0;
}

function enterLevel(s: Solve): void {
  s.n = i32At(s.countN, s.level);
  s.m = i32At(s.countM, s.level);
  s.arcCount = 0;
  s.arcCursor = 0;
  s.rounds = 0;
  s.priceCursor = 0;
  s.full = s.level == s.levels - 1;
  s.isMatched = canMatch(s) ? 1 : 0;
  if (s.kind != CostKind.blocks && s.levels > 1) quantiseLevel(s, s.level);
  if (s.full) {
    useAllArcs(s);
    boundByPotentials(s);
    go(s, s.isMatched ? Phase.matching : Phase.start);
  } else if (s.kind != CostKind.blocks) {
    go(s, Phase.extendSinks);
  } else if (s.uniform && s.sources == s.sinks) {
    extendNearby(s);
    go(s, Phase.candidates);
  } else {
    go(s, Phase.extendSources);
  }
}

/** From pivots or a matching to pricing: of all arcs there is nothing left to price. */
function endRound(s: Solve): void {
  beginPricing(s);
  if (s.full) finishLevel(s);
  else s.phase = Phase.pricing;
}

function beginRound(s: Solve): void {
  const isComplete = !s.added && !(s.isMatched && isRough(s));
  if (++s.rounds > PATIENT_ROUNDS && s.worst < NOISE * s.largestCost) s.tolerance *= 2;
  if (isComplete) {
    finishLevel(s);
    return;
  }
  if (s.priced == s.n) boundByPotentials(s);
  go(s, s.isMatched ? Phase.matching : Phase.pivots);
}

/** The simplex takes over, with the prices so far. */
function leaveMatching(s: Solve): void {
  s.arcCount = 0;
  s.rounds = 0;
  go(s, Phase.candidates);
}

/** Keeps duals and partners for the level above, or ends. */
function finishLevel(s: Solve): void {
  if (s.full && !s.isMatched) readDuals(s);
  if (s.level == 0) {
    if (raisePrice(s)) return;
    s.phase = Phase.done;
    return;
  }
  boundByLevel(s);
  s.coarseN = s.n;
  s.coarseM = s.m;
  memory.copy(s.coarseF, s.f, <usize>s.n << 3);
  memory.copy(s.coarseG, s.g, <usize>s.m << 3);
  s.level--;
  s.phase = Phase.enter;
  if (s.kind != CostKind.blocks) return;
  for (let i = 0; i < s.n; i++) setI32(s.coarsePartnerN, i, treeNeighbour(s, i) - s.n);
  for (let j = 0; j < s.m; j++) setI32(s.coarsePartnerM, j, treeNeighbour(s, s.n + j));
}
