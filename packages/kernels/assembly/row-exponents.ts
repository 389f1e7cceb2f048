import { powerOfTwoPair } from './exponential';
import { multiplyAdd } from './multiply-add';

// One row of a soft-min, in base 2: t_j = (g_j − c_ij)·s + l_j with s = log2(e)/ε and l_j = log2 b_j, then Σ_j 2^(t_j −
// max t). The largest term of the sum is exactly 1, so nothing overflows, and nothing that matters is lost. Rows of t
// are padded to a multiple of 8 with −∞.

/** The length of a padded row. */
// @ts-ignore: decorator
@inline
export function padded(columns: i32): i32 {
  return (columns + 7) & ~7;
}

/** Writes log2 of the weights from their natural logarithms (offset 0: all weights are 1), padded with −∞. */
export function logWeightsBaseTwo(logWeights: usize, columns: i32, out: usize): void {
  for (let j = 0; j < columns; j++) {
    store<f64>(out + (<usize>j << 3), logWeights ? load<f64>(logWeights + (<usize>j << 3)) * 1.4426950408889634 : 0);
  }
  for (let j = columns; j < padded(columns); j++) store<f64>(out + (<usize>j << 3), -Infinity);
}

/** Writes t for a stored row of costs and returns its maximum. */
export function exponentsOfCosts(costs: usize, g: usize, l: usize, scale: f64, columns: i32, t: usize): f64 {
  const s = f64x2.splat(scale);
  let top = f64x2.splat(-Infinity);
  const even = <usize>(columns & ~1) << 3;
  for (let j: usize = 0; j < even; j += 16) {
    const gain = f64x2.sub(v128.load(g + j), v128.load(costs + j));
    const exponent = f64x2.add(f64x2.mul(gain, s), v128.load(l + j));
    v128.store(t + j, exponent);
    top = f64x2.max(top, exponent);
  }
  let highest = max<f64>(f64x2.extract_lane(top, 0), f64x2.extract_lane(top, 1));
  if (columns & 1) {
    const exponent = (load<f64>(g + even) - load<f64>(costs + even)) * scale + load<f64>(l + even);
    store<f64>(t + even, exponent);
    highest = max<f64>(highest, exponent);
  }
  for (let j = columns; j < padded(columns); j++) store<f64>(t + (<usize>j << 3), -Infinity);
  return highest;
}

/**
 * Writes t for one point against points packed in panels of 8 (`packPanels`), and returns its maximum; `g` and `l` are
 * padded.
 */
export function exponentsOfPoint(
  x: usize,
  panels: usize,
  dim: i32,
  euclidean: bool,
  g: usize,
  l: usize,
  scale: f64,
  columns: i32,
  t: usize,
): f64 {
  const s = f64x2.splat(scale);
  const end = <usize>padded(columns) << 3;
  const bytes = <usize>dim << 3;
  let top = f64x2.splat(-Infinity);
  let y = panels;
  for (let j: usize = 0; j < end; j += 64) {
    let c0 = f64x2.splat(0);
    let c1 = f64x2.splat(0);
    let c2 = f64x2.splat(0);
    let c3 = f64x2.splat(0);
    for (let k: usize = 0; k < bytes; k += 8, y += 64) {
      const coordinate = v128.load64_splat(x + k);
      const d0 = f64x2.sub(coordinate, v128.load(y));
      const d1 = f64x2.sub(coordinate, v128.load(y, 16));
      const d2 = f64x2.sub(coordinate, v128.load(y, 32));
      const d3 = f64x2.sub(coordinate, v128.load(y, 48));
      c0 = multiplyAdd<f64>(d0, d0, c0);
      c1 = multiplyAdd<f64>(d1, d1, c1);
      c2 = multiplyAdd<f64>(d2, d2, c2);
      c3 = multiplyAdd<f64>(d3, d3, c3);
    }
    if (euclidean) {
      c0 = f64x2.sqrt(c0);
      c1 = f64x2.sqrt(c1);
      c2 = f64x2.sqrt(c2);
      c3 = f64x2.sqrt(c3);
    }
    const t0 = f64x2.add(f64x2.mul(f64x2.sub(v128.load(g + j), c0), s), v128.load(l + j));
    const t1 = f64x2.add(f64x2.mul(f64x2.sub(v128.load(g + j, 16), c1), s), v128.load(l + j, 16));
    const t2 = f64x2.add(f64x2.mul(f64x2.sub(v128.load(g + j, 32), c2), s), v128.load(l + j, 32));
    const t3 = f64x2.add(f64x2.mul(f64x2.sub(v128.load(g + j, 48), c3), s), v128.load(l + j, 48));
    v128.store(t + j, t0);
    v128.store(t + j, t1, 16);
    v128.store(t + j, t2, 32);
    v128.store(t + j, t3, 48);
    top = f64x2.max(top, f64x2.max(f64x2.max(t0, t1), f64x2.max(t2, t3)));
  }
  return max<f64>(f64x2.extract_lane(top, 0), f64x2.extract_lane(top, 1));
}

/** Σ_j 2^(t_j − highest) over a padded row, whose entries become the terms of the sum; 0 where `highest` is −∞. */
export function powersAndSum(t: usize, columns: i32, highest: f64): f64 {
  const end = <usize>padded(columns) << 3;
  if (highest == -Infinity) {
    memory.fill(t, 0, end);
    return 0;
  }
  const shift = f64x2.splat(highest);
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (let j: usize = 0; j < end; j += 32) {
    const e0 = powerOfTwoPair(f64x2.sub(v128.load(t + j), shift));
    const e1 = powerOfTwoPair(f64x2.sub(v128.load(t + j, 16), shift));
    v128.store(t + j, e0);
    v128.store(t + j, e1, 16);
    even = f64x2.add(even, e0);
    odd = f64x2.add(odd, e1);
  }
  const sum = f64x2.add(even, odd);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
