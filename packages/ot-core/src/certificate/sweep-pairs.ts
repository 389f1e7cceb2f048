// The all-pairs sweep of the certificate: max of f_i + g_j − c_ij and of |c_ij|.
import type { Coupling } from '../coupling/coupling.js';
import { visitEntries } from '../coupling/visit-entries.js';
import { costBetween } from '../geometry/cost-at.js';
import { fillCostRow } from '../geometry/cost-row.js';
import type { CostName, Geometry, PointCloudGeometry } from '../geometry/geometry.js';
import { buildPointTree } from './point-tree.js';
import { largestSquare, worstViolationOf } from './sweep-trees.js';

/** The two extremes over all pairs. */
export interface PairExtremes {
  /** max of f_i + g_j − c_ij. */
  readonly worstViolation: number;
  /** max of |c_ij| over pairs that are not forbidden. */
  readonly largestCost: number;
}

/** A geometry for whose costs there are bounds over boxes. */
type BoundedGeometry = PointCloudGeometry & { readonly cost: CostName };

/** Boxes bound costs well in few dimensions only. */
const MOST_TREE_DIMENSIONS = 3;

/**
 * Trees are faster than the plain loop from about 500 points on the line, 1000 in the plane and 2000 in space; than the
 * loop over four rows of the plane from about 2700.
 */
function fewestTreePairs(geometry: PointCloudGeometry): number {
  return isSquaredPlane(geometry) ? 2 ** 23 : 2 ** (16 + 2 * geometry.x.dim);
}

function isSquaredPlane({ cost, x }: PointCloudGeometry): boolean {
  return cost === 'squared-euclidean' && x.dim === 2;
}

/**
 * The extremes over every pair, in float64; f and g must be finite.
 *
 * The coupling only says where to look first, the result does not depend on it. O(rows · columns · dim), or about
 * O(n log n) for large clouds in at most three dimensions, costs that have a name and potentials that are close to optimal.
 */
export function sweepPairs(geometry: Geometry, f: Float64Array, g: Float64Array, coupling: Coupling): PairExtremes {
  return hasTrees(geometry) ? sweepByTrees(geometry, f, g, coupling) : sweepEveryPair(geometry, f, g);
}

function hasTrees(geometry: Geometry): geometry is BoundedGeometry {
  if (geometry.kind === 'matrix' || typeof geometry.cost === 'object') return false;
  const { x, rows, columns } = geometry;
  return x.dim <= MOST_TREE_DIMENSIONS && rows * columns >= fewestTreePairs(geometry);
}

/** The plain loop. */
export function sweepEveryPair(geometry: Geometry, f: Float64Array, g: Float64Array): PairExtremes {
  const isPlane = geometry.kind === 'point-cloud' && isSquaredPlane(geometry);
  return isPlane ? sweepPlane(geometry, f, g) : sweepRows(geometry, f, g);
}

/**
 * dim = 2, squared distance, four rows at a time: each column is read once for the four, and their arithmetic need not
 * wait for each other's. Every sum is that of `costAt`, bit for bit, and a maximum has no order.
 */
function sweepPlane({ x, y }: PointCloudGeometry, f: Float64Array, g: Float64Array): PairExtremes {
  const source = x.points;
  const target = y.points;
  const last = x.count - 1;
  let worst = -Infinity;
  let largest = 0;
  for (let p = 0; p <= last; p += 4) {
    // The last group repeats the last row.
    const q = Math.min(p + 1, last);
    const r = Math.min(p + 2, last);
    const s = Math.min(p + 3, last);
    const [p0, p1, fp] = [source[2 * p], source[2 * p + 1], f[p]];
    const [q0, q1, fq] = [source[2 * q], source[2 * q + 1], f[q]];
    const [r0, r1, fr] = [source[2 * r], source[2 * r + 1], f[r]];
    const [s0, s1, fs] = [source[2 * s], source[2 * s + 1], f[s]];
    for (let j = 0; j < y.count; j++) {
      const y0 = target[2 * j];
      const y1 = target[2 * j + 1];
      const gj = g[j];
      const costP = (p0 - y0) * (p0 - y0) + (p1 - y1) * (p1 - y1);
      const costQ = (q0 - y0) * (q0 - y0) + (q1 - y1) * (q1 - y1);
      const costR = (r0 - y0) * (r0 - y0) + (r1 - y1) * (r1 - y1);
      const costS = (s0 - y0) * (s0 - y0) + (s1 - y1) * (s1 - y1);
      const violationP = fp + gj - costP;
      const violationQ = fq + gj - costQ;
      const violationR = fr + gj - costR;
      const violationS = fs + gj - costS;
      if (violationP > worst) worst = violationP;
      if (violationQ > worst) worst = violationQ;
      if (violationR > worst) worst = violationR;
      if (violationS > worst) worst = violationS;
      if (costP > largest) largest = costP;
      if (costQ > largest) largest = costQ;
      if (costR > largest) largest = costR;
      if (costS > largest) largest = costS;
    }
  }
  return { worstViolation: worst, largestCost: largest };
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
      if (cost > largestCost && cost < Infinity) largestCost = cost;
      else if (-cost > largestCost) largestCost = -cost;
    }
  }
  return { worstViolation, largestCost };
}

/** The same numbers by branch and bound over two trees. */
export function sweepByTrees(
  geometry: BoundedGeometry,
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
