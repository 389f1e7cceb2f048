// The all-pairs sweep of the certificate: max of f_i + g_j − c_ij and of |c_ij|.
import type { Coupling } from '../coupling/coupling.js';
import { visitEntries } from '../coupling/visit-entries.js';
import { costBetween } from '../geometry/cost-at.js';
import { fillCostRow } from '../geometry/cost-row.js';
import type { CostName, Geometry, PointCloudGeometry } from '../geometry/geometry.js';
import type { PairExtremes } from './pair-extremes.js';
import { buildPointTree } from './point-tree.js';
import { isForKernel, sweepSquares } from './sweep-squares.js';
import { largestSquare, worstViolationOf } from './sweep-trees.js';

/** A geometry for whose costs there are bounds over boxes. */
type BoundedGeometry = PointCloudGeometry & { readonly cost: CostName };

/** Boxes bound costs well in few dimensions only. */
const MOST_TREE_DIMENSIONS = 3;

/**
 * Trees are faster than the plain loop from about 500 points on the line, 1000 in the plane and 2000 in space; than the
 * kernel from about 4000, 11,000 and 50,000.
 */
function fewestTreePairs(geometry: PointCloudGeometry): number {
  const dim = geometry.x.dim;
  return isForKernel(geometry) ? 2 ** (20.5 + 3.5 * dim) : 2 ** (16 + 2 * dim);
}

/** Below that, the plain loop ends before the points are copied. */
const FEWEST_KERNEL_PAIRS = 2 ** 10;

/**
 * The extremes over every pair, in float64; f and g must be finite.
 *
 * The coupling only says where to look first, the result does not depend on it. O(rows · columns · dim), for squared distances
 * in float32 but for the pairs that might matter; or about O(n log n) for large clouds in at most three dimensions, costs
 * that have a name and potentials that are close to optimal.
 */
export function sweepPairs(geometry: Geometry, f: Float64Array, g: Float64Array, coupling: Coupling): PairExtremes {
  if (hasTrees(geometry)) return sweepByTrees(geometry, f, g, coupling);
  const { kind, rows, columns } = geometry;
  return kind === 'point-cloud' && rows * columns >= FEWEST_KERNEL_PAIRS && isForKernel(geometry)
    ? sweepSquares(geometry, f, g)
    : sweepEveryPair(geometry, f, g);
}

function hasTrees(geometry: Geometry): geometry is BoundedGeometry {
  if (geometry.kind === 'matrix' || typeof geometry.cost === 'object') return false;
  const { x, rows, columns } = geometry;
  return x.dim <= MOST_TREE_DIMENSIONS && rows * columns >= fewestTreePairs(geometry);
}

/** The plain loop, two columns at a time: a maximum waits for the one before it. */
export function sweepEveryPair(geometry: Geometry, f: Float64Array, g: Float64Array): PairExtremes {
  const { rows, columns } = geometry;
  const row = new Float64Array(columns);
  let [worst, worse] = [-Infinity, -Infinity];
  let [largest, larger] = [0, 0];
  for (let i = 0; i < rows; i++) {
    const costs = costsOfRow(geometry, i, row);
    const fi = f[i];
    for (let j = 0; j < columns; j += 2) {
      // The last pair of an odd number repeats the last column.
      const next = j + 1 < columns ? j + 1 : j;
      const cost = costs[j];
      const violation = fi + g[j] - cost;
      if (violation > worst) worst = violation;
      const magnitude = Math.abs(cost);
      if (magnitude > largest && magnitude < Infinity) largest = magnitude;
      const nextCost = costs[next];
      const nextViolation = fi + g[next] - nextCost;
      if (nextViolation > worse) worse = nextViolation;
      const nextMagnitude = Math.abs(nextCost);
      if (nextMagnitude > larger && nextMagnitude < Infinity) larger = nextMagnitude;
    }
  }
  return { worstViolation: Math.max(worst, worse), largestCost: Math.max(largest, larger) };
}

/** Where they are kept as float64 numbers no copy is made. */
function costsOfRow(geometry: Geometry, i: number, out: Float64Array): Float64Array {
  if (geometry.kind === 'matrix' && geometry.costs instanceof Float64Array) {
    return geometry.costs.subarray(i * geometry.columns, (i + 1) * geometry.columns);
  }
  fillCostRow(geometry, i, out);
  return out;
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
