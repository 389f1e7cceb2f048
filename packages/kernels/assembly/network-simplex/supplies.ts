// Whole-number supplies: flows are sums and differences of supplies, so in 64-bit integers every flow is exact and
// never negative by rounding.
//
// Weights become multiples of (their sum)/2^60; a weight that would round to 0 becomes one unit. Both sides are then
// made to agree by adding the difference to the largest weight of the poorer side: at most a few thousand units, below
// the rounding of the float64 sum itself. Whole numbers of equal sums are units as they are. Where all weights of each
// side are equal, rows get m/gcd and columns n/gcd units, which keeps every tie exact.

import { f64At, i32At, i64At, setI64 } from '../cells';

const UNITS: f64 = 1152921504606846976.0; // 2^60
const LARGEST_WHOLE_SUM: f64 = 1125899906842624.0; // 2^50

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
  const wholeA = wholeSum(a, sourceIds, n);
  if (wholeA > 0 && wholeA == wholeSum(b, sinkIds, m)) {
    for (let i = 0; i < n; i++) setI64(supplyA, i, <i64>f64At(a, i32At(sourceIds, i)));
    for (let j = 0; j < m; j++) setI64(supplyB, j, <i64>f64At(b, i32At(sinkIds, j)));
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

/** The sum of weights that are whole numbers and of at most 2^50 in all, so that no flow is below their noise; else 0. */
function wholeSum(weights: usize, ids: usize, count: i32): f64 {
  let sum = 0.0;
  for (let i = 0; i < count; i++) {
    const weight = f64At(weights, i32At(ids, i));
    sum += weight;
    if (weight != nearest(weight) || sum > LARGEST_WHOLE_SUM) return 0;
  }
  return sum;
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
