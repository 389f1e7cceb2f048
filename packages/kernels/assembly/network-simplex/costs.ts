// The cost of one pair, and of one row, of the level being solved.

import { f64At, i32At, setF64 } from './cells';
import { CostKind, Solve } from './state';

/** c_ij of source i and sink j (both positions within the level). */
export function costOf(s: Solve, i: i32, j: i32): f64 {
  if (s.kind == CostKind.matrix) return load<f64>(s.costs + ((<usize>i * <usize>s.sinks + <usize>j) << 3));
  const squared = squaredDistance(sourcePoint(s, i), sinkPoint(s, j), s.dim);
  return s.kind == CostKind.euclideanRows ? sqrt(squared) : squared;
}

/** Address of the costs of source i to all sinks of the level: the matrix itself, or `s.row` freshly filled. */
export function costRow(s: Solve, i: i32): usize {
  if (s.kind == CostKind.matrix) return s.costs + ((<usize>i * <usize>s.sinks) << 3);
  const m = s.m;
  const dim = s.dim;
  const x = sourcePoint(s, i);
  const isRoot = s.kind == CostKind.euclideanRows;
  let y = s.y;
  for (let j = 0; j < m; j++) {
    const squared = squaredDistance(x, y, dim);
    setF64(s.row, j, isRoot ? sqrt(squared) : squared);
    y += <usize>dim << 3;
  }
  return s.row;
}

/** Σ_k (x_k − y_k)², summed in a fixed order: two lanes, then the odd coordinate. */
export function squaredDistance(x: usize, y: usize, dim: i32): f64 {
  if (dim == 2) {
    const dx = load<f64>(x) - load<f64>(y);
    const dy = load<f64>(x, 8) - load<f64>(y, 8);
    return dx * dx + dy * dy;
  }
  let sums = f64x2.splat(0);
  let k = 0;
  for (; k + 1 < dim; k += 2) {
    const offset = <usize>k << 3;
    const difference = f64x2.sub(v128.load(x + offset), v128.load(y + offset));
    sums = f64x2.add(sums, f64x2.mul(difference, difference));
  }
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  if (k < dim) {
    const difference = f64At(x, k) - f64At(y, k);
    sum += difference * difference;
  }
  return sum;
}

/** Coordinates of a source of the level. */
export function sourcePoint(s: Solve, i: i32): usize {
  return s.x + (<usize>((i32At(s.offsetN, s.level) + i) * s.dim) << 3);
}

/** Coordinates of a sink of the level. */
export function sinkPoint(s: Solve, j: i32): usize {
  return s.y + (<usize>((i32At(s.offsetM, s.level) + j) * s.dim) << 3);
}
