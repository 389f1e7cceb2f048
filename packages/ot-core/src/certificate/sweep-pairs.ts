// The all-pairs sweep of the certificate: max of f_i + g_j − c_ij and of |c_ij|.
import type { Coupling } from '../coupling/coupling.js';
import { visitEntries } from '../coupling/visit-entries.js';
import { costBetween } from '../geometry/cost-at.js';
import { fillCostRow } from '../geometry/cost-row.js';
import type { Geometry, PointCloudGeometry } from '../geometry/geometry.js';
import { buildPointTree } from './point-tree.js';
import { largestSquare, worstViolationOf } from './sweep-trees.js';

/** The two extremes over all pairs. */
export interface PairExtremes {
  /** max of f_i + g_j − c_ij. */
  readonly worstViolation: number;
  /** max of |c_ij|. */
  readonly largestCost: number;
}

/** Boxes bound costs well in few dimensions only. */
const MOST_TREE_DIMENSIONS = 3;

/** Trees are faster than the plain loop from about 500 points on the line, 1000 in the plane and 2000 in space. */
function fewestTreePairs(dim: number): number {
  return 2 ** (16 + 2 * dim);
}

/**
 * The extremes over every pair, in float64; f and g must be finite.
 *
 * The coupling only says where to look first, the result does not depend on it. O(rows · columns · dim), or about
 * O(n log n) for large clouds in at most three dimensions and potentials that are close to optimal.
 */
export function sweepPairs(geometry: Geometry, f: Float64Array, g: Float64Array, coupling: Coupling): PairExtremes {
  const isLow = geometry.kind === 'point-cloud' && geometry.x.dim <= MOST_TREE_DIMENSIONS;
  const hasTrees = isLow && geometry.rows * geometry.columns >= fewestTreePairs(geometry.x.dim);
  return hasTrees ? sweepByTrees(geometry, f, g, coupling) : sweepEveryPair(geometry, f, g);
}

/** The plain loop. */
export function sweepEveryPair(geometry: Geometry, f: Float64Array, g: Float64Array): PairExtremes {
  const isPlane = geometry.kind === 'point-cloud' && geometry.cost === 'squared-euclidean' && geometry.x.dim === 2;
  return isPlane ? sweepPlane(geometry, f, g) : sweepRows(geometry, f, g);
}

/** dim = 2, squared distance: twice as fast without a row of costs in between. */
function sweepPlane({ x, y }: PointCloudGeometry, f: Float64Array, g: Float64Array): PairExtremes {
  const target = y.points;
  let worstViolation = -Infinity;
  let largestCost = 0;
  for (let i = 0; i < x.count; i++) {
    const x0 = x.points[2 * i];
    const x1 = x.points[2 * i + 1];
    const fi = f[i];
    for (let j = 0; j < y.count; j++) {
      const d0 = x0 - target[2 * j];
      const d1 = x1 - target[2 * j + 1];
      const cost = d0 * d0 + d1 * d1;
      const violation = fi + g[j] - cost;
      if (violation > worstViolation) worstViolation = violation;
      if (cost > largestCost) largestCost = cost;
    }
  }
  return { worstViolation, largestCost };
}

function sweepRows(geometry: Geometry, f: Float64Array, g: Float64Array): PairExtremes {
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

/** The same numbers by branch and bound over two trees. */
export function sweepByTrees(
  geometry: PointCloudGeometry,
  f: Float64Array,
  g: Float64Array,
  coupling: Coupling,
): PairExtremes {
  const { x, y, cost } = geometry;
  // At a pair that carries mass, an optimal f has the slope ∇c(x_i − y_j), and g the opposite one.
  const slopesOfX = new Float64Array(x.points.length).fill(NaN);
  const slopesOfY = new Float64Array(y.points.length).fill(NaN);
  let worst = -Infinity;
  visitEntries(coupling, (i, j) => {
    const moved = costBetween(geometry, i, j);
    worst = Math.max(worst, f[i] + g[j] - moved);
    const factor = cost === 'squared-euclidean' ? 2 : 1 / moved;
    for (let k = 0; k < x.dim; k++) {
      const slope = moved === 0 ? 0 : factor * (x.points[i * x.dim + k] - y.points[j * x.dim + k]);
      slopesOfX[i * x.dim + k] = slope;
      slopesOfY[j * x.dim + k] = -slope;
    }
  });
  const rows = buildPointTree(x, f, slopesOfX);
  const columns = buildPointTree(y, g, slopesOfY);
  const square = largestSquare(rows, columns, 0);
  return {
    worstViolation: worstViolationOf(rows, columns, cost, worst),
    largestCost: cost === 'euclidean' ? Math.sqrt(square) : square,
  };
}
