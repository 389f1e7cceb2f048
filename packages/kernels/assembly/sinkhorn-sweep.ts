import { packPanels } from './panels';
import { exponentsOfCosts, exponentsOfPoint, logWeightsBaseTwo, padded, powersAndSum } from './row-exponents';
import { softMinOf } from './soft-min';

// A whole Sinkhorn iteration with one exponential per pair. Row i: t_j = (g_j − c_ij)/ε + log b_j, f_i = −ε log Σ_j exp
// t_j, and then P_ij = a_i exp(t_j) / Σ_j exp t_j is the plan of (f, g): its row sums are a, its column sums q are
// collected here, and the caller ends the iteration with g_j += ε log(b_j / q_j), which is the exact soft-min over i.
// Terms below 2^−1000 of the row's largest count as that, so q stays positive, and a column that no row reaches yet
// gets a finite g.

const LOG2_E: f64 = 1.4426950408889634;

/** `columnSums` is added to. `scratch` holds 2·padded(columns) values. */
export function sinkhornSweep(
  costs: usize,
  rows: i32,
  columns: i32,
  g: usize,
  logWeights: usize,
  a: usize,
  epsilon: f64,
  f: usize,
  columnSums: usize,
  scratch: usize,
): void {
  const l = scratch;
  const t = l + ((<usize>padded(columns)) << 3);
  logWeightsBaseTwo(logWeights, columns, l);
  const stride = (<usize>columns) << 3;
  for (let i = 0; i < rows; i++) {
    const highest = exponentsOfCosts(costs + <usize>i * stride, g, l, LOG2_E / epsilon, columns, t);
    finishRow(i, highest, columns, t, a, epsilon, f, columnSums);
  }
}

/** The same between two clouds. `scratch` holds (3 + dim)·padded(columns) values. */
export function sinkhornSweepPoints(
  x: usize,
  rows: i32,
  y: usize,
  columns: i32,
  dim: i32,
  euclidean: i32,
  g: usize,
  logWeights: usize,
  a: usize,
  epsilon: f64,
  f: usize,
  columnSums: usize,
  scratch: usize,
): void {
  const row = (<usize>padded(columns)) << 3;
  const l = scratch;
  const t = l + row;
  const gains = t + row;
  const panels = gains + row;
  logWeightsBaseTwo(logWeights, columns, l);
  memory.fill(gains, 0, row);
  memory.copy(gains, g, (<usize>columns) << 3);
  packPanels<f64>(y, columns, dim, panels);
  const stride = (<usize>dim) << 3;
  for (let i = 0; i < rows; i++) {
    const point = x + <usize>i * stride;
    const highest = exponentsOfPoint(point, panels, dim, euclidean != 0, gains, l, LOG2_E / epsilon, columns, t);
    finishRow(i, highest, columns, t, a, epsilon, f, columnSums);
  }
}

function finishRow(
  i: i32,
  highest: f64,
  columns: i32,
  t: usize,
  a: usize,
  epsilon: f64,
  f: usize,
  columnSums: usize,
): void {
  const sum = powersAndSum(t, columns, highest);
  store<f64>(f + ((<usize>i) << 3), softMinOf(highest, sum, epsilon));
  if (sum == 0) return;
  const weight = load<f64>(a + ((<usize>i) << 3)) / sum;
  const w = f64x2.splat(weight);
  const even = (<usize>(columns & ~1)) << 3;
  for (let j: usize = 0; j < even; j += 16) {
    v128.store(columnSums + j, f64x2.add(v128.load(columnSums + j), f64x2.mul(w, v128.load(t + j))));
  }
  if (columns & 1) store<f64>(columnSums + even, load<f64>(columnSums + even) + weight * load<f64>(t + even));
}
