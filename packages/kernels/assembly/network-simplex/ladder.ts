// The ladder of problems, finest first. Points in kd order are merged in pairs into weighted centroids; otherwise each
// level takes the first quarter of the (shuffled) rows and columns of the one below it.

import { addSpread } from './bounds';
import { f64At, i32At, i64At, setF64, setI32, setI64 } from '../cells';
import { COARSEST, CostKind, MAX_LEVELS, Solve } from './state';
import { quantise } from './supplies';

/** Counts and offsets of every level, then points and supplies of the coarse ones. */
export function buildLadder(s: Solve): void {
  const shift = s.kind == CostKind.blocks ? 1 : 2;
  const levelsN = countLevels(s.sources, shift, s.countN);
  const levelsM = countLevels(s.sinks, shift, s.countM);
  s.levels = max(levelsN, levelsM);
  for (let l = levelsN; l < s.levels; l++) setI32(s.countN, l, i32At(s.countN, levelsN - 1));
  for (let l = levelsM; l < s.levels; l++) setI32(s.countM, l, i32At(s.countM, levelsM - 1));
  quantiseLevel(s, 0);
  memory.fill(s.spreadN, 0, 8 * MAX_LEVELS);
  memory.fill(s.spreadM, 0, 8 * MAX_LEVELS);
  for (let l = 1; l < s.levels; l++) {
    if (s.kind == CostKind.blocks) {
      coarsen(s.x, s.supplyA, s.countN, s.offsetN, s.spreadN, l, levelsN, s.dim);
      coarsen(s.y, s.supplyB, s.countM, s.offsetM, s.spreadM, l, levelsM, s.dim);
    }
  }
}

/** Supplies of a level of subsamples (or of the finest): written over those of the level before. */
export function quantiseLevel(s: Solve, level: i32): void {
  const n = i32At(s.countN, level);
  const m = i32At(s.countM, level);
  quantise(s.a, s.sourceIds, n, s.supplyA, s.b, s.sinkIds, m, s.supplyB, s.uniform);
}

function countLevels(count: i32, shift: i32, out: usize): i32 {
  let levels = 0;
  setI32(out, levels++, count);
  while (count > COARSEST) {
    count = (count + (1 << shift) - 1) >> shift;
    setI32(out, levels++, count);
  }
  return levels;
}

/** Level l from level l − 1: pairs become their centroid; a side that has no such level stays where it is. */
function coarsen(
  points: usize,
  supplies: usize,
  counts: usize,
  offsets: usize,
  spreads: usize,
  l: i32,
  levels: i32,
  dim: i32,
): void {
  setF64(spreads, l, f64At(spreads, l - 1));
  const below = i32At(offsets, l - 1);
  if (l >= levels) {
    setI32(offsets, l, below);
    return;
  }
  const count = i32At(counts, l - 1);
  const above = below + count;
  setI32(offsets, l, above);
  for (let i = 0; i < count; i += 2) {
    const to = above + (i >> 1);
    const first = below + i;
    const second = i + 1 < count ? first + 1 : first;
    const supply = i64At(supplies, first);
    const other = second == first ? <i64>0 : i64At(supplies, second);
    setI64(supplies, to, supply + other);
    let squared = 0.0;
    const share = <f64>other / <f64>(supply + other);
    for (let k = 0; k < dim; k++) {
      const start = f64At(points, first * dim + k);
      const step = f64At(points, second * dim + k) - start;
      setF64(points, to * dim + k, start + share * step);
      squared += step * step;
    }
    if (second != first) addSpread(spreads, l, supply, other, squared);
  }
}
