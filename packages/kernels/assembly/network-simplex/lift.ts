// A plan of the problem from the tree of a coarse level of merged points: each flow between two groups is spread over
// their members by the north-west corner rule, in the order of the points. Whole units, so marginals stay exact.

import { shiftOfSink, shiftOfSource } from './bounds';
import { f64At, i32At, i64At, setF64, setI32, setI64 } from '../cells';
import { CostKind, Solve, isNoise, nodeAt } from './state';

/** Whether there is a tree of merged points. */
export function canLift(s: Solve): bool {
  return s.kind == CostKind.blocks && s.treeLevel > 0 && s.treeLevel < s.levels;
}

/** Writes the entries of the lifted plan; returns their number, below (rows + columns) · 3/2. O(rows + columns). */
export function liftPlan(s: Solve, massPerUnit: f64): i32 {
  const n = i32At(s.countN, s.treeLevel);
  const m = i32At(s.countM, s.treeLevel);
  // Scratch that no slice of work leaves for the next: the member of each group that comes next, and what it has left.
  const memberOfSource = s.order;
  const memberOfSink = s.order + (<usize>n << 2);
  const leftOfSource = s.spareOrder;
  const leftOfSink = s.spareOrder + (<usize>n << 3);
  openGroups(memberOfSource, leftOfSource, n, foldsOf(s.sources, n), s.supplyA);
  openGroups(memberOfSink, leftOfSink, m, foldsOf(s.sinks, m), s.supplyB);
  let entries = 0;
  for (let v = 0; v < n + m; v++) {
    const node = nodeAt(s, v);
    // The root is the first sink.
    if (v == n) continue;
    const i = v < n ? v : node.parent;
    const j = (v < n ? node.parent : v) - n;
    let flow = node.flow;
    while (flow > 0) {
      const source = i32At(memberOfSource, i);
      const sink = i32At(memberOfSink, j);
      const moved = min(flow, min(i64At(leftOfSource, i), i64At(leftOfSink, j)));
      if (!isNoise(s, source, sink, moved)) {
        setI32(s.outRows, entries, i32At(s.sourceIds, source));
        setI32(s.outColumns, entries, i32At(s.sinkIds, sink));
        setF64(s.outMass, entries, <f64>moved * massPerUnit);
        entries++;
      }
      flow -= moved;
      take(memberOfSource, leftOfSource, i, moved, s.supplyA);
      take(memberOfSink, leftOfSink, j, moved, s.supplyB);
    }
  }
  return entries;
}

/** Writes the potentials of the last coarse level, each for all members of its group. */
export function liftPotentials(s: Solve): void {
  const foldsN = foldsOf(s.sources, s.coarseN);
  const foldsM = foldsOf(s.sinks, s.coarseM);
  for (let i = 0; i < s.sources; i++) {
    setF64(s.outF, i32At(s.sourceIds, i), f64At(s.coarseF, i >> foldsN) + shiftOfSource(s, i));
  }
  for (let j = 0; j < s.sinks; j++) {
    setF64(s.outG, i32At(s.sinkIds, j), f64At(s.coarseG, j >> foldsM) + shiftOfSink(s, j));
  }
}

/** How often `count` points were merged in pairs to leave `groups`. */
function foldsOf(count: i32, groups: i32): i32 {
  let folds = 0;
  while ((count + (1 << folds) - 1) >> folds > groups) folds++;
  return folds;
}

function openGroups(member: usize, left: usize, groups: i32, folds: i32, supplies: usize): void {
  for (let group = 0; group < groups; group++) {
    setI32(member, group, group << folds);
    setI64(left, group, i64At(supplies, group << folds));
  }
}

/** Behind the last member lies the supply of the next group or level: nobody asks for it. */
function take(member: usize, left: usize, group: i32, moved: i64, supplies: usize): void {
  const rest = i64At(left, group) - moved;
  if (rest > 0) {
    setI64(left, group, rest);
    return;
  }
  const next = i32At(member, group) + 1;
  setI32(member, group, next);
  setI64(left, group, i64At(supplies, next));
}
