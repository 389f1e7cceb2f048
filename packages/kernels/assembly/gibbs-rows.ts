import { packPanels } from './panels';
import { exponentsOfCosts, exponentsOfPoint, logWeightsBaseTwo, padded, powersAndSum } from './row-exponents';
import { softMinOf } from './soft-min';

// Rows of the Gibbs kernel, kept for later sweeps: T_ij = b_j exp((g_j − c_ij)/ε) over the largest of its row. A
// Sinkhorn iteration whose potentials have moved since by factors u_i, v_j then needs T v and Tᵀ u and no exponential
// (absorption of the potentials, Schmitzer 2019). Rows of T are padded(columns) apart; no term is denormal.

const LOG2_E: f64 = 1.4426950408889634;

/** Replaces rows of costs, padded(columns) apart, by rows of T. `scratch` holds padded(columns) values. */
export function gibbsRows(
  terms: usize,
  rows: i32,
  columns: i32,
  g: usize,
  logWeights: usize,
  epsilon: f64,
  softMin: usize,
  sums: usize,
  scratch: usize,
): void {
  logWeightsBaseTwo(logWeights, columns, scratch);
  const stride = <usize>padded(columns) << 3;
  for (let i = 0; i < rows; i++) {
    const t = terms + <usize>i * stride;
    const highest = exponentsOfCosts(t, g, scratch, LOG2_E / epsilon, columns, t);
    finishRow(i, highest, columns, t, epsilon, softMin, sums);
  }
}

/** The same between two clouds. `scratch` holds (2 + dim)·padded(columns) values. */
export function gibbsRowsPoints(
  x: usize,
  rows: i32,
  y: usize,
  columns: i32,
  dim: i32,
  euclidean: i32,
  g: usize,
  logWeights: usize,
  epsilon: f64,
  terms: usize,
  softMin: usize,
  sums: usize,
  scratch: usize,
): void {
  const stride = <usize>padded(columns) << 3;
  const gains = scratch + stride;
  const panels = gains + stride;
  logWeightsBaseTwo(logWeights, columns, scratch);
  memory.fill(gains, 0, stride);
  memory.copy(gains, g, <usize>columns << 3);
  packPanels<f64>(y, columns, dim, panels);
  const pointBytes = <usize>dim << 3;
  for (let i = 0; i < rows; i++) {
    const t = terms + <usize>i * stride;
    const point = x + <usize>i * pointBytes;
    const scale = LOG2_E / epsilon;
    const highest = exponentsOfPoint(point, panels, dim, euclidean != 0, gains, scratch, scale, columns, t);
    finishRow(i, highest, columns, t, epsilon, softMin, sums);
  }
}

function finishRow(
  i: i32,
  highest: f64,
  columns: i32,
  t: usize,
  epsilon: f64,
  softMin: usize,
  sums: usize,
): void {
  const sum = powersAndSum(t, columns, highest);
  store<f64>(sums + (<usize>i << 3), sum);
  store<f64>(softMin + (<usize>i << 3), softMinOf(highest, sum, epsilon));
}

/** sums_i = Σ_j T_ij v_j; `scaling` v is padded with zeros. */
export function gibbsRowSums(terms: usize, rows: i32, columns: i32, scaling: usize, sums: usize): void {
  const stride = <usize>padded(columns) << 3;
  let i = 0;
  // Two rows share the loads of v; each row keeps the same four accumulators whether it goes in a pair or alone.
  for (; i + 2 <= rows; i += 2) {
    const t = terms + <usize>i * stride;
    let a0 = f64x2.splat(0);
    let a1 = f64x2.splat(0);
    let a2 = f64x2.splat(0);
    let a3 = f64x2.splat(0);
    let b0 = f64x2.splat(0);
    let b1 = f64x2.splat(0);
    let b2 = f64x2.splat(0);
    let b3 = f64x2.splat(0);
    for (let j: usize = 0; j < stride; j += 64) {
      const v0 = v128.load(scaling + j);
      const v1 = v128.load(scaling + j, 16);
      const v2 = v128.load(scaling + j, 32);
      const v3 = v128.load(scaling + j, 48);
      const first = t + j;
      a0 = f64x2.add(a0, f64x2.mul(v128.load(first), v0));
      a1 = f64x2.add(a1, f64x2.mul(v128.load(first, 16), v1));
      a2 = f64x2.add(a2, f64x2.mul(v128.load(first, 32), v2));
      a3 = f64x2.add(a3, f64x2.mul(v128.load(first, 48), v3));
      const second = first + stride;
      b0 = f64x2.add(b0, f64x2.mul(v128.load(second), v0));
      b1 = f64x2.add(b1, f64x2.mul(v128.load(second, 16), v1));
      b2 = f64x2.add(b2, f64x2.mul(v128.load(second, 32), v2));
      b3 = f64x2.add(b3, f64x2.mul(v128.load(second, 48), v3));
    }
    store<f64>(sums + (<usize>i << 3), total(a0, a1, a2, a3));
    store<f64>(sums + (<usize>i << 3), total(b0, b1, b2, b3), 8);
  }
  if (i == rows) return;
  const t = terms + <usize>i * stride;
  let a0 = f64x2.splat(0);
  let a1 = f64x2.splat(0);
  let a2 = f64x2.splat(0);
  let a3 = f64x2.splat(0);
  for (let j: usize = 0; j < stride; j += 64) {
    a0 = f64x2.add(a0, f64x2.mul(v128.load(t + j), v128.load(scaling + j)));
    a1 = f64x2.add(a1, f64x2.mul(v128.load(t + j, 16), v128.load(scaling + j, 16)));
    a2 = f64x2.add(a2, f64x2.mul(v128.load(t + j, 32), v128.load(scaling + j, 32)));
    a3 = f64x2.add(a3, f64x2.mul(v128.load(t + j, 48), v128.load(scaling + j, 48)));
  }
  store<f64>(sums + (<usize>i << 3), total(a0, a1, a2, a3));
}

// @ts-ignore: decorator
@inline
function total(s0: v128, s1: v128, s2: v128, s3: v128): f64 {
  const sum = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** columnSums_j += Σ_i factors_i T_ij over padded(columns) columns, row after row, four rows to one pass. */
export function gibbsColumnSums(terms: usize, rows: i32, columns: i32, factors: usize, columnSums: usize): void {
  const stride = <usize>padded(columns) << 3;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    const t = terms + <usize>i * stride;
    const at = factors + (<usize>i << 3);
    const r0 = v128.load64_splat(at);
    const r1 = v128.load64_splat(at, 8);
    const r2 = v128.load64_splat(at, 16);
    const r3 = v128.load64_splat(at, 24);
    for (let j: usize = 0; j < stride; j += 32) {
      let q0 = v128.load(columnSums + j);
      let q1 = v128.load(columnSums + j, 16);
      let row = t + j;
      q0 = f64x2.add(q0, f64x2.mul(r0, v128.load(row)));
      q1 = f64x2.add(q1, f64x2.mul(r0, v128.load(row, 16)));
      row += stride;
      q0 = f64x2.add(q0, f64x2.mul(r1, v128.load(row)));
      q1 = f64x2.add(q1, f64x2.mul(r1, v128.load(row, 16)));
      row += stride;
      q0 = f64x2.add(q0, f64x2.mul(r2, v128.load(row)));
      q1 = f64x2.add(q1, f64x2.mul(r2, v128.load(row, 16)));
      row += stride;
      q0 = f64x2.add(q0, f64x2.mul(r3, v128.load(row)));
      q1 = f64x2.add(q1, f64x2.mul(r3, v128.load(row, 16)));
      v128.store(columnSums + j, q0);
      v128.store(columnSums + j, q1, 16);
    }
  }
  for (; i < rows; i++) {
    const t = terms + <usize>i * stride;
    const r0 = v128.load64_splat(factors + (<usize>i << 3));
    for (let j: usize = 0; j < stride; j += 16) {
      v128.store(columnSums + j, f64x2.add(v128.load(columnSums + j), f64x2.mul(r0, v128.load(t + j))));
    }
  }
}
