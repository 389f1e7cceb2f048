// The cost of one pair, and of one row, of the level being solved.

import { f32At, f64At, i32At, setF64 } from '../cells';
import { normCost, normCosts, workOfNormCost } from '../norm-costs';
import { CostKind, Solve } from './state';

/** c_ij of source i and sink j (both positions within the level). */
export function costOf(s: Solve, i: i32, j: i32): f64 {
  if (s.kind == CostKind.matrix32) return <f64>f32At(singleRow(s, i), j);
  const isRow = s.isStored && s.kind != CostKind.squaredRows && load<u8>(s.isReady + i);
  const isKnown = s.kind == CostKind.matrix || isRow;
  if (isKnown) return f64At(storedRow(s, i), j);
  if (s.kind == CostKind.normRows) return normCost(sourcePoint(s, i), sinkPoint(s, j), s.dim, s.p, s.power);
  const squared = squaredDistance(sourcePoint(s, i), sinkPoint(s, j), s.dim);
  return s.kind == CostKind.euclideanRows ? sqrt(squared) : squared;
}

/**
 * Address of the costs of source i to all sinks of the level, as float64: in the matrix where one is kept, computed at
 * the first use, or else in `s.row`.
 */
export function costRow(s: Solve, i: i32): usize {
  if (s.kind == CostKind.matrix) return storedRow(s, i);
  if (s.kind == CostKind.matrix32) {
    widenRow(singleRow(s, i), s.m, s.row);
    return s.row;
  }
  if (!s.isStored) {
    fillRow(s, i, s.m, s.row);
    return s.row;
  }
  const row = storedRow(s, i);
  if (!load<u8>(s.isReady + i)) {
    fillRow(s, i, s.sinks, row);
    store<u8>(s.isReady + i, 1);
  }
  return row;
}

// @ts-ignore: decorator
@inline
function storedRow(s: Solve, i: i32): usize {
  return s.costs + ((<usize>i * <usize>s.sinks) << 3);
}

// @ts-ignore: decorator
@inline
function singleRow(s: Solve, i: i32): usize {
  return s.costs + ((<usize>i * <usize>s.sinks) << 2);
}

function widenRow(from: usize, count: i32, row: usize): void {
  let j = 0;
  for (; j + 1 < count; j += 2) {
    v128.store(row + (<usize>j << 3), f64x2.promote_low_f32x4(v128.load64_zero(from + (<usize>j << 2))));
  }
  if (j < count) setF64(row, j, <f64>f32At(from, j));
}

function fillRow(s: Solve, i: i32, count: i32, row: usize): void {
  const dim = s.dim;
  const x = sourcePoint(s, i);
  if (s.kind == CostKind.normRows) {
    normCosts(x, 1, s.y, count, dim, s.p, s.power, row, count);
    s.work += <i64>count * workOfNormCost(dim, s.p, s.power);
    return;
  }
  const isRoot = s.kind == CostKind.euclideanRows;
  let y = s.y;
  for (let j = 0; j < count; j++) {
    const squared = squaredDistance(x, y, dim);
    setF64(row, j, isRoot ? sqrt(squared) : squared);
    y += <usize>dim << 3;
  }
  // The first look at a row costs more than the units of later ones.
  s.work += (<i64>count * dim) >> 1;
}

/** Σ_k (x_k − y_k)², summed in a fixed order: eight partial sums in four registers, then what is left. */
export function squaredDistance(x: usize, y: usize, dim: i32): f64 {
  if (dim == 2) {
    const dx = load<f64>(x) - load<f64>(y);
    const dy = load<f64>(x, 8) - load<f64>(y, 8);
    return dx * dx + dy * dy;
  }
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  let k = 0;
  for (; k + 7 < dim; k += 8) {
    const d0 = f64x2.sub(v128.load(x), v128.load(y));
    const d1 = f64x2.sub(v128.load(x, 16), v128.load(y, 16));
    const d2 = f64x2.sub(v128.load(x, 32), v128.load(y, 32));
    const d3 = f64x2.sub(v128.load(x, 48), v128.load(y, 48));
    sum0 = f64x2.add(sum0, f64x2.mul(d0, d0));
    sum1 = f64x2.add(sum1, f64x2.mul(d1, d1));
    sum2 = f64x2.add(sum2, f64x2.mul(d2, d2));
    sum3 = f64x2.add(sum3, f64x2.mul(d3, d3));
    x += 64;
    y += 64;
  }
  const sums = f64x2.add(f64x2.add(sum0, sum1), f64x2.add(sum2, sum3));
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; k < dim; k++) {
    const difference = load<f64>(x) - load<f64>(y);
    sum += difference * difference;
    x += 8;
    y += 8;
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
