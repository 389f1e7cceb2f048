// Exact optimal transport by the primal network simplex: what the binary exports. A solve is the address of its header.
//
//   bytes = networkSimplexBytes(n, m, dim, kind)      n ≥ m: the larger side are the sources
//   networkSimplexPlace(at, n, m, dim, kind)          at: 16-byte aligned, `bytes` long
//   networkSimplexSetNorm(at, p, power)           where the kind is a power of a p-norm
//   write a, b and points or costs where networkSimplexAddress says, in the order of the ids
//   networkSimplexBegin(at); while (!networkSimplexAdvance(at, budget)) …; networkSimplexAnswer(at, massPerUnit)

import { hasPlan, primalOf, totalUnits, writePlan, writePotentials } from './answer';
import { givenBound } from './bounds';
import { advance, begin } from './driver';
import { placeSolve, solveBytes } from './layout';
import { initialiseIds } from './prepare';
import { Solve } from './state';

/** Bytes of a solve. */
export function networkSimplexBytes(sources: i32, sinks: i32, dim: i32, kind: i32): usize {
  return solveBytes(sources, sinks, dim, kind);
}

/** Lays a solve out at an address. */
export function networkSimplexPlace(at: usize, sources: i32, sinks: i32, dim: i32, kind: i32): void {
  placeSolve(at, sources, sinks, dim, kind);
  initialiseIds(changetype<Solve>(at));
}

/**
 * Where an array is: a 0, b 1, x 2, y 3, costs 4, source ids 5, sink ids 6, entry rows 7, columns 8, masses 9, f 10, g
 * 11.
 */
export function networkSimplexAddress(at: usize, which: i32): usize {
  const s = changetype<Solve>(at);
  switch (which) {
    case 0:
      return s.a;
    case 1:
      return s.b;
    case 2:
      return s.x;
    case 3:
      return s.y;
    case 4:
      return s.costs;
    case 5:
      return s.sourceIds;
    case 6:
      return s.sinkIds;
    case 7:
      return s.outRows;
    case 8:
      return s.outColumns;
    case 9:
      return s.outMass;
    case 10:
      return s.outF;
    default:
      return s.outG;
  }
}

/** The cost ‖x − y‖_p^power of a solve of that kind. */
export function networkSimplexSetNorm(at: usize, p: f64, power: f64): void {
  const s = changetype<Solve>(at);
  s.p = p;
  s.power = power;
}

/** Takes the input over. */
export function networkSimplexBegin(at: usize): void {
  begin(changetype<Solve>(at));
}

/** Works for about `budget` units; 1 when done. */
export function networkSimplexAdvance(at: usize, budget: i32): i32 {
  return advance(changetype<Solve>(at), budget) ? 1 : 0;
}

/**
 * A number about the solve: level 0, levels 1, sources of the level 2, sinks of the level 3, pivots 4, has a plan 5,
 * cost in units 6, total units 7, phase 8, arcs 9, pricing rounds of the level 10, lower bound in units 11, what proves it
 * 12.
 */
export function networkSimplexNumber(at: usize, which: i32): f64 {
  const s = changetype<Solve>(at);
  switch (which) {
    case 0:
      return <f64>s.level;
    case 1:
      return <f64>s.levels;
    case 2:
      return <f64>s.n;
    case 3:
      return <f64>s.m;
    case 4:
      return <f64>s.pivots;
    case 5:
      return hasPlan(s) ? 1 : 0;
    case 6:
      return primalOf(s);
    case 7:
      return totalUnits(s);
    case 8:
      return <f64>s.phase;
    case 9:
      return <f64>s.arcCount;
    case 10:
      return <f64>s.rounds;
    case 11:
      return givenBound(s);
    default:
      return <f64>s.proof;
  }
}

/** Writes the plan; returns the number of its entries, 0 where there is none yet. */
export function networkSimplexAnswer(at: usize, massPerUnit: f64): i32 {
  return writePlan(changetype<Solve>(at), massPerUnit);
}

/** Writes potentials: optimal ones 3, feasible ones 2, those of a coarse level 1; 0 where there are none yet. */
export function networkSimplexPotentials(at: usize): i32 {
  return writePotentials(changetype<Solve>(at));
}
