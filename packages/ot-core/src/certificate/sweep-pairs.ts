// The all-pairs sweep of the certificate: max of f_i + g_j − c_ij and of |c_ij|.
import { fillCostRow } from '../geometry/cost-row.js';
import type { Geometry } from '../geometry/geometry.js';

/** The two extremes over all pairs. */
export interface PairExtremes {
  /** max of f_i + g_j − c_ij. */
  readonly worstViolation: number;
  /** max of |c_ij|. */
  readonly largestCost: number;
}

/** Looks at every pair once, in float64. O(rows · columns · dim); f and g must be finite. */
export function sweepPairs(geometry: Geometry, f: Float64Array, g: Float64Array): PairExtremes {
  const costs = new Float64Array(geometry.columns);
  let worstViolation = -Infinity;
  let largestCost = 0;
  for (let i = 0; i < geometry.rows; i++) {
    fillCostRow(geometry, i, costs);
    const fi = f[i];
    for (let j = 0; j < costs.length; j++) {
      const cost = costs[j];
      const violation = fi + g[j] - cost;
      if (violation > worstViolation) worstViolation = violation;
      if (cost > largestCost) largestCost = cost;
      else if (-cost > largestCost) largestCost = -cost;
    }
  }
  return { worstViolation, largestCost };
}
