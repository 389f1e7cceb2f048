// Feasible potentials for powers of p-norms that need no solver: see simple-potentials.ts.
//
// From power 1 on, c is convex: c(d) ≥ c(δ) + s·(d − δ) with s a subgradient at δ. Up to power 1, c is a metric:
// c(x, z) − c(y, z) ≤ c(x, y) for any z.
import { pow } from '@brenier/elementary';
import type { PointCloud, PointCloudGeometry } from '../../geometry/geometry.js';
import { costOfOffset, normCostBetween, type NormPower } from '../../geometry/norm-cost.js';

/** Potentials of x and of y. */
type Pair = Record<'f' | 'g', Float64Array>;

/** What the cost is at δ, and a subgradient of it there, shape [dim]; power ≥ 1. */
export function tangentOfNorm(cost: NormPower, offset: Float64Array): { constant: number; gradient: Float64Array } {
  const { p, power } = cost;
  const constant = costOfOffset(cost, offset);
  const norm = costOfOffset({ p, power: 1 }, offset);
  if (norm === 0) return { constant, gradient: new Float64Array(offset.length) };
  const steepness = power * pow(norm, power - 1);
  // The norm grows by sign(δ_k) (|δ_k|/‖δ‖)^(p − 1) along coordinate k; at p = ∞ one of the largest takes all.
  const largest = offset.findIndex((each) => Math.abs(each) === norm);
  const shares = offset.map((each, k) => (p === Infinity ? Number(k === largest) : pow(Math.abs(each) / norm, p - 1)));
  return { constant, gradient: offset.map((each, k) => steepness * Math.sign(each) * shares[k]) };
}

/** The best of c(x, z) and −c(y, z), of −c(x, z) and c(y, z), and of 0, with z at the means; power ≤ 1. O((n + m) · dim). */
export function metricPotentials(
  { x, y }: PointCloudGeometry,
  cost: NormPower,
  [a, b]: readonly [Float64Array, Float64Array],
  [meanOfX, meanOfY]: readonly [Float64Array, Float64Array],
): Pair {
  const outwards = { f: costsTo(x, meanOfY, cost, 1), g: costsTo(y, meanOfY, cost, -1) };
  const inwards = { f: costsTo(x, meanOfX, cost, -1), g: costsTo(y, meanOfX, cost, 1) };
  const value = ({ f, g }: Pair): number => product(a, f) + product(b, g);
  const better = value(outwards) > value(inwards) ? outwards : inwards;
  return value(better) > 0 ? better : { f: new Float64Array(x.count), g: new Float64Array(y.count) };
}

function costsTo({ points, count, dim }: PointCloud, z: Float64Array, cost: NormPower, sign: 1 | -1): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => sign * normCostBetween(points, i * dim, z, 0, dim, cost));
}

function product(weights: Float64Array, values: Float64Array): number {
  return weights.reduce((sum, weight, at) => sum + weight * values[at], 0);
}
