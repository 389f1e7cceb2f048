// kd-median order: points that are near in space become near in memory, so that a run of consecutive points is a small
// box. Splits fall on multiples of large powers of two, so that the pairs, fours, eights … of the coarsening are cells
// of the same tree. O(n log n) by quickselect along the widest coordinate; the pivots depend on positions only, so the
// order is the same on every machine.

import { f64At, i32At, setF64, setI32 } from '../cells';

/** Orders points [count, dim] and their ids in place. */
export function kdOrder(points: usize, ids: usize, count: i32, dim: i32): void {
  order(points, ids, 0, count, dim);
}

/** Subtracts the mean of each coordinate and writes it to `mean`. Exact up to one rounding of each coordinate. */
export function centre(points: usize, count: i32, dim: i32, mean: usize): void {
  for (let k = 0; k < dim; k++) {
    // A shifted mean: no overflow, and no digits lost to a common offset.
    const first = f64At(points, k);
    let sum = 0.0;
    for (let i = 0; i < count; i++) sum += f64At(points, i * dim + k) - first;
    const middle = first + sum / <f64>count;
    setF64(mean, k, middle);
    for (let i = 0; i < count; i++) setF64(points, i * dim + k, f64At(points, i * dim + k) - middle);
  }
}

function order(points: usize, ids: usize, from: i32, to: i32, dim: i32): void {
  while (to - from > 2) {
    const middle = from + leftSize(to - from);
    select(points, ids, from, to - 1, middle, dim, widest(points, from, to, dim));
    order(points, ids, from, middle, dim);
    from = middle;
  }
}

/** About half, as a power of two. */
function leftSize(length: i32): i32 {
  let power = 1;
  while (power << 1 < length) power <<= 1;
  // power < length ≤ 2 power
  return length * 2 < power * 3 ? power >> 1 : power;
}

function widest(points: usize, from: i32, to: i32, dim: i32): i32 {
  let best = 0;
  let bestExtent = -1.0;
  for (let k = 0; k < dim; k++) {
    let low = f64At(points, from * dim + k);
    let high = low;
    for (let i = from + 1; i < to; i++) {
      const value = f64At(points, i * dim + k);
      low = min(low, value);
      high = max(high, value);
    }
    if (high - low > bestExtent) {
      bestExtent = high - low;
      best = k;
    }
  }
  return best;
}

/** Hoare's selection: afterwards position `at` splits [low, high] along coordinate k. */
function select(points: usize, ids: usize, low: i32, high: i32, at: i32, dim: i32, k: i32): void {
  while (low < high) {
    const pivot = medianOfThree(
      f64At(points, low * dim + k),
      f64At(points, ((low + high) >> 1) * dim + k),
      f64At(points, high * dim + k),
    );
    let i = low;
    let j = high;
    while (i <= j) {
      while (f64At(points, i * dim + k) < pivot) i++;
      while (pivot < f64At(points, j * dim + k)) j--;
      if (i <= j) {
        if (i != j) swap(points, ids, i, j, dim);
        i++;
        j--;
      }
    }
    if (at <= j) high = j;
    else if (at >= i) low = i;
    else return;
  }
}

// @ts-ignore: decorator
@inline
function medianOfThree(a: f64, b: f64, c: f64): f64 {
  return max(min(a, b), min(max(a, b), c));
}

function swap(points: usize, ids: usize, i: i32, j: i32, dim: i32): void {
  for (let k = 0; k < dim; k++) {
    const value = f64At(points, i * dim + k);
    setF64(points, i * dim + k, f64At(points, j * dim + k));
    setF64(points, j * dim + k, value);
  }
  const id = i32At(ids, i);
  setI32(ids, i, i32At(ids, j));
  setI32(ids, j, id);
}
