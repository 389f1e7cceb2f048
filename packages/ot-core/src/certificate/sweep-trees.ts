// The all-pairs sweep of the certificate in low dimension, without looking at pairs that provably do not matter. Other
// name: dual-tree branch and bound, Gray & Moore (2001). By convexity c(D + u − w) ≥ c(D) + s·(u − w) with s = ∇c(D):
// for two nodes with centres D apart, no pair exceeds max(f − s·u) + max(g + s·w) − c(D), and near an optimal plan the
// slopes of f and g cancel that of the cost. About O(n log n) there; O(rows · columns) at worst, for clouds with ties
// everywhere.
import type { CostName } from '../geometry/geometry.js';
import type { PointTree } from './point-tree.js';

/**
 * max of f_i + g_j − c_ij over all pairs, to the last bit what a loop over all pairs gives: a pair of nodes is left out
 * only where its bound, with a margin for its own rounding, is no larger than a violation already found.
 *
 * @param rows - the points of x with f
 * @param columns - the points of y with g
 * @param found - a violation that some pair has; near an optimal plan, that of any pair of the plan
 */
export function worstViolationOf(rows: PointTree, columns: PointTree, cost: CostName, found: number): number {
  const isSquared = cost === 'squared-euclidean';
  const dim = rows.dim;
  const reach = largestSquareOf(rows, 0, columns, 0);
  // Every term of a bound is at most 8 of these, and fewer than 8 (dim + 8) roundings cost 2⁻⁵³ of one each.
  const scale =
    largestMagnitude(rows.potential) + largestMagnitude(columns.potential) + (isSquared ? reach : Math.sqrt(reach));
  const margin = 64 * (dim + 8) * 2 ** -53 * scale;
  let worst = found;
  visitLeaves(
    rows,
    columns,
    (p, q) => boundOf(rows, p, columns, q, isSquared) + margin > worst,
    (i0, i1, j0, j1) => {
      worst = worstOfLeaves(rows, i0, i1, columns, j0, j1, isSquared, worst);
    },
  );
  return worst;
}

/** max of |x_i − y_j|² over all pairs, to the last bit; `found` is the square of some pair. */
export function largestSquare(rows: PointTree, columns: PointTree, found: number): number {
  const slack = 1 + 16 * (rows.dim + 4) * 2 ** -53;
  let largest = found;
  visitLeaves(
    rows,
    columns,
    (p, q) => largestSquareOf(rows, p, columns, q) * slack > largest,
    (i0, i1, j0, j1) => {
      for (let i = i0; i < i1; i++) {
        for (let j = j0; j < j1; j++) largest = Math.max(largest, squareBetween(rows, i, columns, j));
      }
    },
  );
  return largest;
}

/**
 * Descends into pairs of nodes as long as `isWorth` says so, and hands over the ranges of points of pairs of leaves.
 */
function visitLeaves(
  rows: PointTree,
  columns: PointTree,
  isWorth: (p: number, q: number) => boolean,
  visit: (i0: number, i1: number, j0: number, j1: number) => void,
): void {
  const leafOfRows = 2 ** rows.levels - 1;
  const leafOfColumns = 2 ** columns.levels - 1;
  const descend = (p: number, i0: number, i1: number, q: number, j0: number, j1: number): void => {
    if (!isWorth(p, q)) return;
    const splitsRows = p < leafOfRows && (q >= leafOfColumns || i1 - i0 >= j1 - j0);
    if (splitsRows) {
      const middle = (i0 + i1) >>> 1;
      descend(2 * p + 1, i0, middle, q, j0, j1);
      descend(2 * p + 2, middle, i1, q, j0, j1);
    } else if (q < leafOfColumns) {
      const middle = (j0 + j1) >>> 1;
      descend(p, i0, i1, 2 * q + 1, j0, middle);
      descend(p, i0, i1, 2 * q + 2, middle, j1);
    } else visit(i0, i1, j0, j1);
  };
  descend(0, 0, rows.count, 0, 0, columns.count);
}

function boundOf(rows: PointTree, p: number, columns: PointTree, q: number, isSquared: boolean): number {
  const dim = rows.dim;
  let square = 0;
  for (let k = 0; k < dim; k++) {
    const difference = rows.centre[p * dim + k] - columns.centre[q * dim + k];
    square += difference * difference;
  }
  const distance = Math.sqrt(square);
  // At D = 0 the slope 0 is a subgradient of the distance.
  const factor = isSquared ? 2 : distance > 0 ? 1 / distance : 0;
  let bound = rows.top[p] + columns.top[q] - (isSquared ? square : distance);
  for (let k = 0; k < dim; k++) {
    const slope = factor * (rows.centre[p * dim + k] - columns.centre[q * dim + k]);
    bound += rows.halfWidth[p * dim + k] * Math.abs(slope - rows.slope[p * dim + k]);
    bound += columns.halfWidth[q * dim + k] * Math.abs(slope + columns.slope[q * dim + k]);
  }
  return bound;
}

function worstOfLeaves(
  rows: PointTree,
  i0: number,
  i1: number,
  columns: PointTree,
  j0: number,
  j1: number,
  isSquared: boolean,
  found: number,
): number {
  let worst = found;
  for (let i = i0; i < i1; i++) {
    const fi = rows.potential[i];
    for (let j = j0; j < j1; j++) {
      const square = rows.dim === 2 ? planarSquareBetween(rows, i, columns, j) : squareBetween(rows, i, columns, j);
      const violation = fi + columns.potential[j] - (isSquared ? square : Math.sqrt(square));
      if (violation > worst) worst = violation;
    }
  }
  return worst;
}

function planarSquareBetween(rows: PointTree, i: number, columns: PointTree, j: number): number {
  const d0 = rows.points[2 * i] - columns.points[2 * j];
  const d1 = rows.points[2 * i + 1] - columns.points[2 * j + 1];
  return d0 * d0 + d1 * d1;
}

/** Summed in the order of `costAt`, so that every bit agrees. */
function squareBetween(rows: PointTree, i: number, columns: PointTree, j: number): number {
  const dim = rows.dim;
  let square = 0;
  for (let k = 0; k < dim; k++) {
    const difference = rows.points[i * dim + k] - columns.points[j * dim + k];
    square += difference * difference;
  }
  return square;
}

/** The square of the distance between the farthest corners of two boxes. */
function largestSquareOf(rows: PointTree, p: number, columns: PointTree, q: number): number {
  const dim = rows.dim;
  let square = 0;
  for (let k = 0; k < dim; k++) {
    const between = Math.abs(rows.centre[p * dim + k] - columns.centre[q * dim + k]);
    const reach = between + rows.halfWidth[p * dim + k] + columns.halfWidth[q * dim + k];
    square += reach * reach;
  }
  return square;
}

function largestMagnitude(values: Float64Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}
