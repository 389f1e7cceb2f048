// A balanced k-d tree over a cloud whose points carry a potential. Bentley (1975). Each node bounds, in O(dim), how
// large potential − s · (x − centre) can get inside it, for any slope s.
import type { PointCloud } from '../geometry/geometry.js';

/**
 * Nodes are numbered as in a heap: the children of k are 2k + 1 and 2k + 2; ranges of points are halved at each level.
 */
export interface PointTree {
  readonly count: number;
  readonly dim: number;
  /** Levels below the root; all leaves lie on the last. */
  readonly levels: number;
  /** Coordinates in tree order: every node owns a range of consecutive points. */
  readonly points: Float64Array;
  /** Potentials in tree order. */
  readonly potential: Float64Array;
  /** Centre of each node's bounding box, and half of its widths. */
  readonly centre: Float64Array;
  readonly halfWidth: Float64Array;
  /** A typical slope s₀ of the potential in each node. */
  readonly slope: Float64Array;
  /** max of potential − s₀ · (x − centre) over each node's points. */
  readonly top: Float64Array;
}

/** Small enough to prune well, large enough that most time goes into the plain loops over pairs of leaves. */
const LEAF_SIZE = 8;

/**
 * Builds the tree; O(count log count · dim).
 *
 * @param slopes - an estimate of the potential's gradient at each point, shape [count, dim]; NaN where there is none.
 *   Any values are valid, good ones make the bounds tight
 */
export function buildPointTree(
  { points, count, dim }: PointCloud,
  potential: Float64Array,
  slopes: Float64Array,
): PointTree {
  let levels = 0;
  while (count > LEAF_SIZE * 2 ** levels) levels++;
  const nodes = 2 ** (levels + 1) - 1;
  const order = Int32Array.from({ length: count }, (_, i) => i);
  const centre = new Float64Array(nodes * dim);
  const halfWidth = new Float64Array(nodes * dim);
  const slope = new Float64Array(nodes * dim);
  const top = new Float64Array(nodes).fill(-Infinity);

  const fill = (node: number, start: number, end: number, level: number): void => {
    const axis = fitBox(node, start, end);
    fitSlope(node, start, end);
    for (let at = start; at < end; at++) {
      let rest = potential[order[at]];
      for (let k = 0; k < dim; k++)
        rest -= slope[node * dim + k] * (points[order[at] * dim + k] - centre[node * dim + k]);
      if (rest > top[node]) top[node] = rest;
    }
    if (level === levels) return;
    const middle = (start + end) >>> 1;
    splitAt(points, dim, axis, order, start, middle, end);
    fill(2 * node + 1, start, middle, level + 1);
    fill(2 * node + 2, middle, end, level + 1);
  };

  /** Returns the axis along which the box is widest. */
  const fitBox = (node: number, start: number, end: number): number => {
    let widest = 0;
    for (let k = 0; k < dim; k++) {
      let low = Infinity;
      let high = -Infinity;
      for (let at = start; at < end; at++) {
        const coordinate = points[order[at] * dim + k];
        if (coordinate < low) low = coordinate;
        if (coordinate > high) high = coordinate;
      }
      const middle = low + (high - low) / 2;
      centre[node * dim + k] = middle;
      halfWidth[node * dim + k] = Math.max(high - middle, middle - low);
      if (halfWidth[node * dim + k] > halfWidth[node * dim + widest]) widest = k;
    }
    return widest;
  };

  const fitSlope = (node: number, start: number, end: number): void => {
    for (let k = 0; k < dim; k++) {
      let sum = 0;
      let known = 0;
      for (let at = start; at < end; at++) {
        const each = slopes[order[at] * dim + k];
        if (Number.isNaN(each)) continue;
        sum += each;
        known++;
      }
      slope[node * dim + k] = known > 0 ? sum / known : 0;
    }
  };

  fill(0, 0, count, 0);
  const inOrder = new Float64Array(count * dim);
  for (let at = 0; at < count; at++) inOrder.set(points.subarray(order[at] * dim, (order[at] + 1) * dim), at * dim);
  const potentialInOrder = Float64Array.from(order, (i) => potential[i]);
  return { count, dim, levels, points: inOrder, potential: potentialInOrder, centre, halfWidth, slope, top };
}

/** Hoare's selection: afterwards no point of [start, middle) lies beyond one of [middle, end) along the axis. */
function splitAt(
  points: Float64Array,
  dim: number,
  axis: number,
  order: Int32Array,
  start: number,
  middle: number,
  end: number,
): void {
  let low = start;
  let high = end - 1;
  while (low < high) {
    const pivot = points[order[(low + high) >>> 1] * dim + axis];
    let i = low;
    let j = high;
    while (i <= j) {
      while (points[order[i] * dim + axis] < pivot) i++;
      while (points[order[j] * dim + axis] > pivot) j--;
      if (i > j) break;
      const swapped = order[i];
      order[i++] = order[j];
      order[j--] = swapped;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}
