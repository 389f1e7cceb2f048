// Powers of p-norms, ‖x − y‖_p^power, for any p ≥ 1 and power > 0. Differences first, so that a common offset costs no
// digits; no fused operation, so that all binaries give the same bits.

import { power as raisedTo } from './power';

/** What a sum over coordinates is made of. */
namespace Term {
  export const magnitude: i32 = 0;
  export const square: i32 = 1;
  /** The largest magnitude instead of a sum. */
  export const largest: i32 = 2;
}

/** `out[i·stride + j]` = ‖x_i − y_j‖_p^power; p may be ∞. */
export function normCosts(
  x: usize,
  rows: i32,
  y: usize,
  columns: i32,
  dim: i32,
  p: f64,
  power: f64,
  out: usize,
  stride: i32,
): void {
  const bytes = <usize>dim << 3;
  for (let i = 0; i < rows; i++) {
    const point = x + <usize>i * bytes;
    const row = out + ((<usize>i * <usize>stride) << 3);
    let target = y;
    for (let j = 0; j < columns; j++) {
      store<f64>(row + (<usize>j << 3), normCost(point, target, dim, p, power));
      target += bytes;
    }
  }
}

/** ‖x − y‖_p^power of one pair. */
export function normCost(x: usize, y: usize, dim: i32, p: f64, power: f64): f64 {
  if (p == 1) return raise(fold(x, y, dim, Term.magnitude), power);
  if (p == Infinity) return raise(fold(x, y, dim, Term.largest), power);
  if (p == 2) return raise(fold(x, y, dim, Term.square), 0.5 * power);
  if (p == power) return sumOfPowers(x, y, dim, p, 1);
  // The largest term is 1: neither a large p nor small or large coordinates leave the range of a float64.
  const largest = fold(x, y, dim, Term.largest);
  if (largest == 0) return 0;
  return raise(largest, power) * raise(sumOfPowers(x, y, dim, p, largest), power / p);
}

/** What one pair takes, in units of one to two nanoseconds. */
export function workOfNormCost(dim: i32, p: f64, power: f64): i64 {
  const hasPlainTerms = p <= 4 && p == floor(p);
  const isPlain = hasPlainTerms && power <= 4 && power == floor(power);
  const work = (hasPlainTerms || p == Infinity ? 1 : 16) * dim + (isPlain ? 1 : 16);
  return <i64>work;
}

/** Σ_k (|x_k − y_k|/scale)^p, in order. */
// @ts-ignore: decorator
@inline
function sumOfPowers(x: usize, y: usize, dim: i32, p: f64, scale: f64): f64 {
  let sum = 0.0;
  for (let k = 0; k < dim; k++) {
    const at = <usize>k << 3;
    sum += raise(abs(load<f64>(x + at) - load<f64>(y + at)) / scale, p);
  }
  return sum;
}

/** Four partial sums, then what is left in order; a maximum has no order. */
// @ts-ignore: decorator
@inline
function fold(x: usize, y: usize, dim: i32, term: i32): f64 {
  let first = f64x2.splat(0);
  let second = first;
  let k = 0;
  for (; k + 3 < dim; k += 4) {
    const at = <usize>k << 3;
    const d0 = f64x2.abs(f64x2.sub(v128.load(x + at), v128.load(y + at)));
    const d1 = f64x2.abs(f64x2.sub(v128.load(x + at, 16), v128.load(y + at, 16)));
    if (term == Term.largest) {
      first = f64x2.pmax(first, d0);
      second = f64x2.pmax(second, d1);
    } else {
      first = f64x2.add(first, term == Term.square ? f64x2.mul(d0, d0) : d0);
      second = f64x2.add(second, term == Term.square ? f64x2.mul(d1, d1) : d1);
    }
  }
  const both = term == Term.largest ? f64x2.pmax(first, second) : f64x2.add(first, second);
  const low = f64x2.extract_lane(both, 0);
  const high = f64x2.extract_lane(both, 1);
  let total = term == Term.largest ? max(low, high) : low + high;
  for (; k < dim; k++) {
    const at = <usize>k << 3;
    const difference = abs(load<f64>(x + at) - load<f64>(y + at));
    if (term == Term.largest) total = max(total, difference);
    else total += term == Term.square ? difference * difference : difference;
  }
  return total;
}

/** v^exponent for v ≥ 0: by one or two multiplications where that is exact enough and far quicker. */
// @ts-ignore: decorator
@inline
function raise(v: f64, exponent: f64): f64 {
  if (exponent == 1) return v;
  if (exponent == 2) return v * v;
  if (exponent == 0.5) return sqrt(v);
  if (exponent == 3) return v * v * v;
  if (exponent == 4) return v * v * (v * v);
  return raisedTo(v, exponent);
}
