// The all-pairs sweep of the certificate: max of f_i + g_j − c_ij and of |c_ij|, one loop for each way to get a cost.
import type { Geometry, MatrixGeometry, PointCloudGeometry } from '../geometry/geometry.js';

/** The two extremes over all pairs. */
export interface PairExtremes {
  /** max of f_i + g_j − c_ij. */
  readonly worstViolation: number;
  /** max of |c_ij|. */
  readonly largestCost: number;
}

/** Looks at every pair once, in float64. O(rows · columns · dim); f and g must be finite. */
export function sweepPairs(geometry: Geometry, f: Float64Array, g: Float64Array): PairExtremes {
  if (geometry.kind === 'matrix') return sweepMatrix(geometry, f, g);
  if (geometry.cost === 'euclidean') return sweepDistances(geometry, f, g);
  return geometry.x.dim === 2 ? sweepPlane(geometry, f, g) : sweepSpace(geometry, f, g);
}

function sweepMatrix({ costs, rows, columns }: MatrixGeometry, f: Float64Array, g: Float64Array): PairExtremes {
  let worstViolation = -Infinity;
  let largestCost = 0;
  for (let i = 0, at = 0; i < rows; i++) {
    const fi = f[i]!;
    for (let j = 0; j < columns; j++, at++) {
      const cost = costs[at]!;
      const violation = fi + g[j]! - cost;
      if (violation > worstViolation) worstViolation = violation;
      if (cost > largestCost) largestCost = cost;
      else if (-cost > largestCost) largestCost = -cost;
    }
  }
  return { worstViolation, largestCost };
}

/** dim = 2, squared distance: the case that must not cost more than the solve. */
function sweepPlane({ x, y }: PointCloudGeometry, f: Float64Array, g: Float64Array): PairExtremes {
  const source = x.points;
  const target = y.points;
  let worstViolation = -Infinity;
  let largestCost = 0;
  for (let i = 0; i < x.count; i++) {
    const x0 = source[2 * i]!;
    const x1 = source[2 * i + 1]!;
    const fi = f[i]!;
    for (let j = 0; j < y.count; j++) {
      const d0 = x0 - target[2 * j]!;
      const d1 = x1 - target[2 * j + 1]!;
      const cost = d0 * d0 + d1 * d1;
      const violation = fi + g[j]! - cost;
      if (violation > worstViolation) worstViolation = violation;
      if (cost > largestCost) largestCost = cost;
    }
  }
  return { worstViolation, largestCost };
}

/** Any dim, squared distance. */
function sweepSpace({ x, y }: PointCloudGeometry, f: Float64Array, g: Float64Array): PairExtremes {
  const { dim, points: source } = x;
  const target = y.points;
  let worstViolation = -Infinity;
  let largestCost = 0;
  for (let i = 0; i < x.count; i++) {
    for (let j = 0; j < y.count; j++) {
      let cost = 0;
      for (let k = 0, p = i * dim, q = j * dim; k < dim; k++) {
        const difference = source[p + k]! - target[q + k]!;
        cost += difference * difference;
      }
      const violation = f[i]! + g[j]! - cost;
      if (violation > worstViolation) worstViolation = violation;
      if (cost > largestCost) largestCost = cost;
    }
  }
  return { worstViolation, largestCost };
}

/** Any dim, plain distance. */
function sweepDistances({ x, y }: PointCloudGeometry, f: Float64Array, g: Float64Array): PairExtremes {
  const { dim, points: source } = x;
  const target = y.points;
  let worstViolation = -Infinity;
  let largestSquare = 0;
  for (let i = 0; i < x.count; i++) {
    for (let j = 0; j < y.count; j++) {
      let square = 0;
      for (let k = 0, p = i * dim, q = j * dim; k < dim; k++) {
        const difference = source[p + k]! - target[q + k]!;
        square += difference * difference;
      }
      const violation = f[i]! + g[j]! - Math.sqrt(square);
      if (violation > worstViolation) worstViolation = violation;
      if (square > largestSquare) largestSquare = square;
    }
  }
  return { worstViolation, largestCost: Math.sqrt(largestSquare) };
}
