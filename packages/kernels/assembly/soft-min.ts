import { powerOfTwoPair } from './exponential';
import { logarithmPair } from './logarithm';
import { packPanels } from './panels';
import { exponentsOfCosts, exponentsOfPoint, logWeightsBaseTwo, padded, powersAndSum } from './row-exponents';

// Soft-min −ε log Σ_j b_j exp((g_j − c_ij)/ε): the c-transform smoothed by ε, half an iteration of Sinkhorn in the log
// domain.

const LOG2_E: f64 = 1.4426950408889634;
const LN_2: f64 = 0.6931471805599453;

/** −ε log of a sum given as `sum`·2^`highest`; +∞ for an empty sum. */
// @ts-ignore: decorator
@inline
export function softMinOf(highest: f64, sum: f64, epsilon: f64): f64 {
  if (sum == 0) return Infinity;
  return -epsilon * (highest * LN_2 + f64x2.extract_lane(logarithmPair(f64x2.splat(sum)), 0));
}

/** Row soft-min of a stored matrix. `scratch` holds 2·padded(columns) values. */
export function softMinRows(
  costs: usize,
  rows: i32,
  columns: i32,
  g: usize,
  logWeights: usize,
  epsilon: f64,
  out: usize,
  scratch: usize,
): void {
  const l = scratch;
  const t = l + (<usize>padded(columns) << 3);
  logWeightsBaseTwo(logWeights, columns, l);
  const stride = <usize>columns << 3;
  for (let i = 0; i < rows; i++) {
    const highest = exponentsOfCosts(costs + <usize>i * stride, g, l, LOG2_E / epsilon, columns, t);
    store<f64>(out + (<usize>i << 3), softMinOf(highest, powersAndSum(t, columns, highest), epsilon));
  }
}

/** Row soft-min between two clouds, no matrix held. `scratch` holds (3 + dim)·padded(columns) values. */
export function softMinPoints(
  x: usize,
  rows: i32,
  y: usize,
  columns: i32,
  dim: i32,
  euclidean: i32,
  g: usize,
  logWeights: usize,
  epsilon: f64,
  out: usize,
  scratch: usize,
): void {
  const row = <usize>padded(columns) << 3;
  const l = scratch;
  const t = l + row;
  const gains = t + row;
  const panels = gains + row;
  logWeightsBaseTwo(logWeights, columns, l);
  memory.fill(gains, 0, row);
  memory.copy(gains, g, <usize>columns << 3);
  packPanels<f64>(y, columns, dim, panels);
  const stride = <usize>dim << 3;
  for (let i = 0; i < rows; i++) {
    const point = x + <usize>i * stride;
    const highest = exponentsOfPoint(point, panels, dim, euclidean != 0, gains, l, LOG2_E / epsilon, columns, t);
    store<f64>(out + (<usize>i << 3), softMinOf(highest, powersAndSum(t, columns, highest), epsilon));
  }
}

// Rows whose exponents are held at once by the column soft-min. More would save rescalings; 8 streams do not fight over
// one cache set.
const TILE: i32 = 8;

// Stands for −∞ where a difference of two running maxima must not be NaN.
const LOWEST: f64 = -1e300;

/**
 * Column soft-min −ε log Σ_i a_i exp((f_i − c_ij)/ε) of a stored row-major matrix, read once, with a running maximum
 * for each column. `scratch` holds 2·padded(columns) + padded(rows) + 16 values.
 */
export function softMinColumns(
  costs: usize,
  rows: i32,
  columns: i32,
  f: usize,
  logWeights: usize,
  epsilon: f64,
  out: usize,
  scratch: usize,
): void {
  const tops = scratch;
  const sums = tops + (<usize>padded(columns) << 3);
  const l = sums + (<usize>padded(columns) << 3);
  const tile = l + (<usize>padded(rows) << 3);
  logWeightsBaseTwo(logWeights, rows, l);
  for (let j = 0; j < padded(columns); j++) {
    store<f64>(tops + (<usize>j << 3), LOWEST);
    store<f64>(sums + (<usize>j << 3), 0);
  }
  const even = columns & ~1;
  for (let first = 0; first < rows; first += TILE) {
    const height = min<i32>(TILE, rows - first);
    for (let j = 0; j < even; j += 2) {
      addTile(costs, first, height, columns, j, false, f, l, LOG2_E / epsilon, tops, sums, tile);
    }
    if (even < columns) addTile(costs, first, height, columns, even, true, f, l, LOG2_E / epsilon, tops, sums, tile);
  }
  for (let j = 0; j < columns; j++) {
    const top = load<f64>(tops + (<usize>j << 3));
    const sum = top == LOWEST ? 0 : load<f64>(sums + (<usize>j << 3));
    store<f64>(out + (<usize>j << 3), softMinOf(top, sum, epsilon));
  }
}

/** Adds a few rows to the running maxima and sums of columns j and j + 1, or of column j alone. */
// @ts-ignore: decorator
@inline
function addTile(
  costs: usize,
  first: i32,
  height: i32,
  columns: i32,
  j: i32,
  isAlone: bool,
  f: usize,
  l: usize,
  scale: f64,
  tops: usize,
  sums: usize,
  tile: usize,
): void {
  const s = f64x2.splat(scale);
  const stride = <usize>columns << 3;
  const start = costs + <usize>first * stride + (<usize>j << 3);
  const before = v128.load(tops + (<usize>j << 3));
  let top = before;
  for (let r = 0; r < height; r++) {
    const row = <usize>(first + r) << 3;
    const at = start + <usize>r * stride;
    const cost = isAlone ? v128.load64_splat(at) : v128.load(at);
    const gain = f64x2.sub(v128.load64_splat(f + row), cost);
    const exponent = f64x2.add(f64x2.mul(gain, s), v128.load64_splat(l + row));
    v128.store(tile + (<usize>r << 4), exponent);
    top = f64x2.max(top, exponent);
  }
  let sum = v128.load(sums + (<usize>j << 3));
  if (v128.any_true(f64x2.gt(top, before))) {
    sum = f64x2.mul(sum, powerOfTwoPair(f64x2.sub(before, top)));
    v128.store(tops + (<usize>j << 3), top);
  }
  for (let r = 0; r < height; r++) {
    sum = f64x2.add(sum, powerOfTwoPair(f64x2.sub(v128.load(tile + (<usize>r << 4)), top)));
  }
  v128.store(sums + (<usize>j << 3), sum);
}
