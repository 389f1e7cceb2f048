/** The pairs of a finite coupling, with their masses. */
import { asPointCloud, entries, type Coupling, type PointCloudLike } from '@brenier/ot-core';
import type { PairBatch } from '../pairing/pairing.js';

/** All pairs that a coupling gives mass. */
export interface WeightedPairs extends PairBatch {
  /** Masses of the pairs, shape [count]. */
  readonly weights: Float64Array;
}

/**
 * All pairs of a finite coupling with their masses: what {@link empiricalField} makes a field of.
 *
 * @param coupling - from any solver of `@brenier/ot-core`
 * @param source - its rows
 * @param target - its columns, of the same dimension
 * @returns the pairs, ordered by row, then column; O(pairs · dim), that is rows · columns for a dense or implicit coupling
 * @throws TypeError or RangeError where a cloud is none, the counts are not those of the coupling, or the dimensions differ
 *
 * @example
 * The exact plan of two points and one, as a field: both move straight to the middle.
 * ```ts
 * import { couplingPairs, empiricalField, linearInterpolant } from '@brenier/flows';
 * import { emd } from '@brenier/ot-core';
 *
 * const [source, target] = [
 *   { points: [0, 2], count: 2, dim: 1 },
 *   { points: [1], count: 1, dim: 1 },
 * ];
 * const pairs = couplingPairs(emd(source, target).coupling, source, target);
 * pairs.weights; // => [0.5, 0.5]
 * const field = empiricalField(pairs, { dim: 1, interpolant: linearInterpolant() });
 * const v = new Float64Array(2);
 * field.evaluate(new Float64Array([0.25, 1.75]), 0.25, v);
 * v; // => [1, -1]
 * ```
 */
export function couplingPairs(coupling: Coupling, source: PointCloudLike, target: PointCloudLike): WeightedPairs {
  const starts = asPointCloud('source', source);
  const ends = asPointCloud('target', target, starts.dim);
  const pairs = [...entries(coupling)];
  checkCount('source', starts.count, coupling.rows);
  checkCount('target', ends.count, coupling.columns);
  const { dim } = starts;
  const take = (points: Float64Array, index: (pair: number) => number) =>
    Float64Array.from({ length: pairs.length * dim }, (_, at) => points[index((at / dim) | 0) * dim + (at % dim)]);
  return {
    x0: take(starts.points, (pair) => pairs[pair].row),
    x1: take(ends.points, (pair) => pairs[pair].column),
    weights: Float64Array.from(pairs, ({ mass }) => mass),
  };
}

function checkCount(name: string, count: number, expected: number): void {
  if (count === expected) return;
  throw new RangeError(`"${name}" expected ${expected} points, as the coupling has, got ${count}`);
}
