// Pairs that no plan may use: entries +∞ of a cost matrix.
import type { Geometry, MatrixGeometry } from './geometry.js';

/** Whether any pair is forbidden. O(rows · columns) for a matrix. */
export function hasForbiddenPairs(geometry: Geometry): geometry is MatrixGeometry {
  // Sums are faster than comparisons; allowed costs are far from overflowing them.
  return geometry.kind === 'matrix' && !Number.isFinite(sumOf(geometry.costs)) && geometry.costs.includes(Infinity);
}

function sumOf(values: Float64Array | Float32Array): number {
  let [even, odd] = [0, 0];
  const pairs = values.length & ~1;
  for (let at = 0; at < pairs; at += 2) {
    even += values[at];
    odd += values[at + 1];
  }
  return pairs < values.length ? even + odd + values[pairs] : even + odd;
}

/** The least and the largest cost of the pairs that are allowed; [0, 0] where none is. */
export function rangeOfAllowedCosts({ costs }: MatrixGeometry): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (let at = 0; at < costs.length; at++) {
    const cost = costs[at];
    if (cost < low) low = cost;
    if (cost > high && cost < Infinity) high = cost;
  }
  return low === Infinity ? [0, 0] : [low, high];
}
