// Whole-number supplies: flows are sums and differences of supplies, so in 64-bit integers every flow is exact and
// never negative by rounding.
//
// Weights become multiples of (their sum)/2^60; a weight that would round to 0 becomes one unit. Both sides are then
// made to agree by adding the difference to the largest weight of the poorer side: at most a few thousand units, below
// the rounding of the float64 sum itself. Where all weights of each side are equal, rows get m/gcd and columns n/gcd
// units, which keeps every tie exact.

import { f64At, i32At, i64At, setI64 } from './cells';

const UNITS: f64 = 1152921504606846976.0; // 2^60

/** Writes the supplies of `n` sources and `m` sinks; ids tell which weight belongs to which position. */
export function quantise(
  a: usize,
  sourceIds: usize,
  n: i32,
  supplyA: usize,
  b: usize,
  sinkIds: usize,
  m: i32,
  supplyB: usize,
  uniform: i32,
): void {
  if (uniform) {
    const divisor = <i64>gcd(n, m);
    for (let i = 0; i < n; i++) setI64(supplyA, i, <i64>m / divisor);
    for (let j = 0; j < m; j++) setI64(supplyB, j, <i64>n / divisor);
    return;
  }
  const sumA = quantiseSide(a, sourceIds, n, supplyA);
  const sumB = quantiseSide(b, sinkIds, m, supplyB);
  if (sumA < sumB) addToLargest(supplyA, n, sumB - sumA);
  else if (sumB < sumA) addToLargest(supplyB, m, sumA - sumB);
}

/** Whether all entries of an array are equal. */
export function isUniform(weights: usize, count: i32): bool {
  const first = f64At(weights, 0);
  for (let i = 1; i < count; i++) if (f64At(weights, i) != first) return false;
  return true;
}

function quantiseSide(weights: usize, ids: usize, count: i32, out: usize): i64 {
  let largest = 0.0;
  for (let i = 0; i < count; i++) largest = max(largest, f64At(weights, i32At(ids, i)));
  // Dividing by the largest first keeps subnormal and huge weights inside float64's range.
  let sum = 0.0;
  for (let i = 0; i < count; i++) sum += f64At(weights, i32At(ids, i)) / largest;
  const scale = UNITS / sum;
  let total: i64 = 0;
  for (let i = 0; i < count; i++) {
    const units = max<i64>(1, <i64>nearest((f64At(weights, i32At(ids, i)) / largest) * scale));
    setI64(out, i, units);
    total += units;
  }
  return total;
}

function addToLargest(supplies: usize, count: i32, units: i64): void {
  let at = 0;
  for (let i = 1; i < count; i++) if (i64At(supplies, i) > i64At(supplies, at)) at = i;
  setI64(supplies, at, i64At(supplies, at) + units);
}

function gcd(a: i32, b: i32): i32 {
  while (b) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}
