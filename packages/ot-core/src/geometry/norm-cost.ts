// Costs ‖x − y‖_p^power between points. Other names: Minkowski distance of order p; Manhattan or city block (p = 1),
// Chebyshev (p = ∞), Fréchet's metric. For p = 1, 2, ∞ and where power = p the terms are summed as they are; otherwise they
// are scaled by the largest difference, so that neither p nor the units of the points leave the range of a float64.
// O(dim) a pair, with a power for each coordinate where p is not 1, 2, 3, 4 or ∞.
import { pow } from '@brenier/elementary';
import { checkOptions, checkPositive, describeValue } from '@brenier/errors';
import type { CostName, NormCost, PointCost } from './geometry.js';

/** A {@link NormCost} whose power is written out. */
export type NormPower = Required<NormCost>;

/**
 * Reads a cost between points of a dimension. One that has a name gets it, so that the same cost is always the same
 * data: all p-norms of the line are the distance.
 *
 * @throws TypeError or RangeError where it is neither a name nor `{ p, power }` with p in [1, ∞] and a finite power > 0
 */
export function readPointCost(cost: PointCost, dim: number): CostName | NormPower {
  if (cost === 'squared-euclidean' || cost === 'euclidean') return cost;
  if (typeof cost !== 'object' || cost === null) refuseCost(cost);
  const given = checkOptions('cost', cost, ['p', 'power']);
  const p = checkOrder(given.p);
  const power = checkPositive('cost.power', given.power ?? 1);
  const isEuclidean = p === 2 || dim === 1;
  if (isEuclidean && power === 1) return 'euclidean';
  if (isEuclidean && power === 2) return 'squared-euclidean';
  return Object.freeze({ p, power });
}

/** The cost of points that differ by `offset`, shape [dim]. */
export function costOfOffset(cost: CostName | NormPower, offset: Float64Array): number {
  if (typeof cost === 'object')
    return normCostBetween(offset, 0, new Float64Array(offset.length), 0, offset.length, cost);
  const square = squareOf(offset);
  return cost === 'euclidean' ? Math.sqrt(square) : square;
}

/** The largest number that is formed on the way to that cost. */
export function largestTermOfOffset(cost: CostName | NormPower, offset: Float64Array): number {
  if (typeof cost === 'string') return squareOf(offset);
  const base = cost.p === 2 ? squareOf(offset) : offset.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  return Math.max(base, costOfOffset(cost, offset)); // keeps NaN
}

/** ‖x − y‖_p^power of the points that begin at two indices. */
export function normCostBetween(
  x: Float64Array,
  atX: number,
  y: Float64Array,
  atY: number,
  dim: number,
  { p, power }: NormPower,
): number {
  let largest = 0;
  let sum = 0;
  for (let k = 0; k < dim; k++) {
    const difference = Math.abs(x[atX + k] - y[atY + k]);
    if (!(difference <= largest)) largest = difference; // lets NaN through
    sum += p === 2 ? difference * difference : difference;
  }
  if (p === 1) return raise(sum, power);
  if (p === 2) return raise(sum, power / 2);
  if (p === Infinity || largest === 0) return raise(largest, power);
  const scale = p === power ? 1 : largest;
  let powers = 0;
  for (let k = 0; k < dim; k++) powers += raise(Math.abs(x[atX + k] - y[atY + k]) / scale, p);
  return p === power ? powers : raise(largest, power) * raise(powers, power / p);
}

/** v^exponent for v ≥ 0: by one or two multiplications where that is exact enough and far quicker. */
export function raise(v: number, exponent: number): number {
  if (exponent === 1) return v;
  if (exponent === 2) return v * v;
  if (exponent === 3) return v * v * v;
  if (exponent === 4) return v * v * (v * v);
  return exponent === 0.5 ? Math.sqrt(v) : pow(v, exponent);
}

function refuseCost(cost: unknown): never {
  const message = `"cost" expected "squared-euclidean", "euclidean" or { p, power }, got ${describeValue(cost)}`;
  throw typeof cost === 'string' ? new RangeError(message) : new TypeError(message);
}

function checkOrder(p: unknown): number {
  if (typeof p === 'number' && p >= 1) return p;
  const message = `"cost.p" expected a number >= 1, or Infinity, got ${describeValue(p)}`;
  throw typeof p === 'number' ? new RangeError(message) : new TypeError(message);
}

function squareOf(offset: Float64Array): number {
  return offset.reduce((sum, each) => sum + each * each, 0);
}
