import { type Kernels, withKernels } from '@brenier/kernels';
import type { PointCloud } from '../geometry/geometry.js';
import { gather, sortedCost, sortedWeightedCost } from './univariate.js';

/** What is projected: two clouds of one dimension with masses of equal totals. */
export interface SlicedProblem {
  readonly x: PointCloud;
  readonly y: PointCloud;
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** Total mass. */
  readonly mass: number;
  /** Power of the cost |⟨θ, x − y⟩|^p. */
  readonly p: number;
}

/** Values of projections held at once: 4 MiB of float64. */
const BLOCK = 1 << 19;

/**
 * The univariate transport cost of two clouds along each of some directions: sliced Wasserstein, Radon–Wasserstein.
 *
 * All in float64: matrix products project a block of directions, a radix sort orders each projection, and a merge of
 * the sorted values gives the cost; the directions do not change one another's bits. Cost O(directions · (n + m) · (dim
 * + 1)).
 *
 * @param directions - row-major, shape [count, dim]
 * @returns ⟨|⟨θ, x − y⟩|^p, P_θ⟩ of each direction θ
 */
export function projectedCosts(problem: SlicedProblem, directions: Float64Array): Float64Array {
  const { x, y } = problem;
  const count = directions.length / x.dim;
  const block = Math.min(count, Math.max(1, Math.floor(BLOCK / (x.count + y.count))));
  const origin = x.points.subarray(0, x.dim);
  return withKernels((kernels) => {
    const source = createProjection(kernels, x, isConstant(problem.a) ? undefined : problem.a, origin, block);
    const target = createProjection(kernels, y, isConstant(problem.b) ? undefined : problem.b, origin, block);
    const costs = new Float64Array(count);
    for (let first = 0; first < count; first += block) {
      const some = directions.subarray(first * x.dim, (first + block) * x.dim);
      source.project(some);
      target.project(some);
      for (let k = 0; k < some.length / x.dim; k++)
        costs[first + k] = costOf(source.sorted(k), target.sorted(k), problem);
    }
    return costs;
  });
}

/** A projected cloud in increasing order; weights only where they differ. */
interface SortedProjection {
  readonly values: Float64Array;
  readonly weights?: Float64Array;
}

/** One cloud in WebAssembly memory. */
interface Projection {
  /** Projects on up to a block of directions. */
  project(directions: Float64Array): void;
  /** Sorts projection k of the block, in place; a view that the next call of `project` overwrites. */
  sorted(k: number): SortedProjection;
}

function costOf(x: SortedProjection, y: SortedProjection, { a, b, mass, p }: SlicedProblem): number {
  if (x.weights === undefined && y.weights === undefined) return mass * sortedCost(x.values, y.values, p);
  return sortedWeightedCost(x.values, x.weights ?? a, y.values, y.weights ?? b, p);
}

function createProjection(
  kernels: Kernels,
  cloud: PointCloud,
  weights: Float64Array | undefined,
  origin: Float64Array,
  block: number,
): Projection {
  const { arena, exports } = kernels;
  const { count, dim } = cloud;
  const points = relativeTo(origin, cloud);
  const at = {
    directions: arena.allocate(block * dim * 8),
    points: arena.allocate(points.byteLength),
    values: arena.allocate(block * count * 8),
    order: arena.allocate(count * 4),
    productScratch: arena.allocate(exports.matrixProductScratch(block, dim, count, 8)),
    sortScratch: arena.allocate(exports.radixSortScratch(count, 8)),
  };
  arena.float64(at.points, points.length).set(points);
  return {
    project(directions) {
      arena.float64(at.directions, directions.length).set(directions);
      const rows = directions.length / dim;
      exports.matrixProduct64(at.directions, dim, 0, at.points, 1, at.values, rows, dim, count, at.productScratch);
    },
    sorted(k) {
      const keys = at.values + k * count * 8;
      if (weights === undefined) {
        exports.radixSort64(keys, 0, count, at.sortScratch);
        return { values: arena.float64(keys, count) };
      }
      const order = arena.int32(at.order, count);
      for (let i = 0; i < count; i++) order[i] = i;
      exports.radixSort64(keys, at.order, count, at.sortScratch);
      return { values: arena.float64(keys, count), weights: gather(weights, order) };
    },
  };
}

/**
 * Moving both clouds by the same vector changes no cost, and keeps the digits that a common offset would take from the
 * products.
 */
function relativeTo(origin: Float64Array, { points, dim }: PointCloud): Float64Array {
  return points.map((coordinate, at) => coordinate - origin[at % dim]);
}

function isConstant(weights: Float64Array): boolean {
  return weights.every((each) => each === weights[0]);
}
