import {
  checkFiniteArray,
  checkInteger,
  checkLength,
  checkOneOf,
  checkOptions,
  checkPositive,
  describeValue,
} from '@brenier/errors';
import { checkFloat64Array, copyIn } from './float-arrays.js';
import { withKernels } from './lease.js';
import { checkClouds } from './pairwise-costs.js';

/** Options of {@link softMinRows} and {@link softMinColumns}. */
export interface SoftMinOptions {
  /** Rows of the cost matrix. */
  readonly rows: number;
  /** Columns of the cost matrix. */
  readonly columns: number;
  /** The temperature, in the unit of the costs, above 0. */
  readonly epsilon: number;
  /** Natural logarithms of the weights of the terms, −∞ for a weight of zero. Default: every weight is 1. */
  readonly logWeights?: Float64Array | undefined;
}

/** Options of {@link softMinPoints}. */
export interface SoftMinPointsOptions {
  /** Coordinates per point. */
  readonly dim: number;
  /** The temperature, in the unit of the costs, above 0. */
  readonly epsilon: number;
  /** The cost between points: ‖x−y‖² without ½ (default) or ‖x−y‖. */
  readonly cost?: 'squared-euclidean' | 'euclidean';
  /** Natural logarithms of the weights of the points of `y`, −∞ for a weight of zero. Default: every weight is 1. */
  readonly logWeights?: Float64Array | undefined;
}

/**
 * Row soft-min of a stored cost matrix: −ε log Σ_j b_j exp((g_j − c_ij)/ε) for every row i.
 *
 * The smoothed c-transform, half an iteration of Sinkhorn's method in the log domain (Peyré and Cuturi, "Computational
 * Optimal Transport", 2019, equation 4.43). Exponents are taken relative to the largest of the row, so nothing
 * overflows however small ε is. The absolute error is a few roundings of max|g − c| plus ε · 1e-15. Cost O(rows ·
 * columns), one exponential each.
 *
 * @param costs - the matrix, row-major, shape [rows, columns]; +∞ forbids a pair
 * @param g - the potential of the columns
 * @param options - see {@link SoftMinOptions}
 * @returns one value for each row; +∞ where no term is left
 * @throws TypeError where an array is not a Float64Array, RangeError where a length does not match, an entry is NaN or
 * −∞, or ε is not above 0
 *
 * @example
 * At a small temperature the soft-min is the minimum.
 * ```ts
 * import { softMinRows } from '@brenier/kernels';
 *
 * const costs = new Float64Array([1, 5, 7, 3]);
 * softMinRows(costs, new Float64Array(2), { rows: 2, columns: 2, epsilon: 0.01 }); // => Float64Array.of(1, 3)
 * ```
 */
export function softMinRows(costs: Float64Array, g: Float64Array, options: SoftMinOptions): Float64Array {
  const { rows, columns, epsilon, logWeights } = checkStored(costs, options);
  checkPotential('g', g, columns);
  checkLogWeights(logWeights, columns);
  return withKernels(({ arena, exports }) => {
    const potential = copyIn(arena, g);
    const weights = logWeights ? copyIn(arena, logWeights) : 0;
    const matrix = copyIn(arena, costs);
    const out = arena.allocate(rows * 8);
    const scratch = arena.allocate(2 * padded(columns) * 8);
    exports.softMinRows(matrix, rows, columns, potential, weights, epsilon, out, scratch);
    return arena.float64(out, rows).slice();
  });
}

/**
 * Column soft-min of a stored cost matrix: −ε log Σ_i a_i exp((f_i − c_ij)/ε) for every column j.
 *
 * The other half of an iteration, from the same row-major matrix, which is read once: every column has a running
 * maximum. Accuracy and cost as in {@link softMinRows}.
 *
 * @param costs - the matrix, row-major, shape [rows, columns]; +∞ forbids a pair
 * @param f - the potential of the rows
 * @param options - see {@link SoftMinOptions}; its weights belong to the rows here
 * @returns one value for each column; +∞ where no term is left
 * @throws TypeError where an array is not a Float64Array, RangeError where a length does not match, an entry is NaN or
 * −∞, or ε is not above 0
 *
 * @example
 * At a small temperature the soft-min is the minimum.
 * ```ts
 * import { softMinColumns } from '@brenier/kernels';
 *
 * const costs = new Float64Array([1, 5, 7, 3]);
 * softMinColumns(costs, new Float64Array(2), { rows: 2, columns: 2, epsilon: 0.01 }); // => Float64Array.of(1, 3)
 * ```
 */
export function softMinColumns(costs: Float64Array, f: Float64Array, options: SoftMinOptions): Float64Array {
  const { rows, columns, epsilon, logWeights } = checkStored(costs, options);
  checkPotential('f', f, rows);
  checkLogWeights(logWeights, rows);
  return withKernels(({ arena, exports }) => {
    const potential = copyIn(arena, f);
    const weights = logWeights ? copyIn(arena, logWeights) : 0;
    const matrix = copyIn(arena, costs);
    const out = arena.allocate(columns * 8);
    const scratch = arena.allocate((2 * padded(columns) + padded(rows) + 16) * 8);
    exports.softMinColumns(matrix, rows, columns, potential, weights, epsilon, out, scratch);
    return arena.float64(out, columns).slice();
  });
}

/**
 * Row soft-min between two clouds without a cost matrix: −ε log Σ_j b_j exp((g_j − c(x_i, y_j))/ε) for every point of
 * `x`.
 *
 * Memory O(rows + columns · dim). Exchange `x` and `y` for the other half of an iteration. Accuracy as in {@link
 * softMinRows}; cost O(rows · columns · dim).
 *
 * @param x - the points of the rows, row-major, shape [rows, dim]
 * @param y - the points of the columns, shape [columns, dim]
 * @param g - the potential of the columns
 * @param options - see {@link SoftMinPointsOptions}
 * @returns one value for each point of `x`; +∞ where no term is left
 * @throws TypeError where an array is not a Float64Array, RangeError where a length does not match, an entry is not
 * finite, or ε is not above 0
 *
 * @example
 * At a small temperature the soft-min is the cost to the nearest point.
 * ```ts
 * import { softMinPoints } from '@brenier/kernels';
 *
 * const x = new Float64Array([0, 10]);
 * const y = new Float64Array([2, 7]);
 * softMinPoints(x, y, new Float64Array(2), { dim: 1, epsilon: 0.01 }); // => Float64Array.of(4, 9)
 * ```
 */
export function softMinPoints(
  x: Float64Array,
  y: Float64Array,
  g: Float64Array,
  options: SoftMinPointsOptions,
): Float64Array {
  const given = checkOptions('options', options, ['dim', 'epsilon', 'cost', 'logWeights']);
  const { rows, columns } = checkClouds(checkFloat64Array('x', x), checkFloat64Array('y', y), given.dim);
  const epsilon = checkPositive('epsilon', given.epsilon);
  const cost = checkOneOf('cost', given.cost ?? 'squared-euclidean', ['squared-euclidean', 'euclidean']);
  checkPotential('g', g, columns);
  checkLogWeights(given.logWeights, columns);
  return withKernels(({ arena, exports }) => {
    const xOffset = copyIn(arena, x);
    const yOffset = copyIn(arena, y);
    const potential = copyIn(arena, g);
    const weights = given.logWeights ? copyIn(arena, given.logWeights) : 0;
    const out = arena.allocate(rows * 8);
    const scratch = arena.allocate((3 + given.dim) * padded(columns) * 8);
    const kind = cost === 'euclidean' ? 1 : 0;
    exports.softMinPoints(xOffset, rows, yOffset, columns, given.dim, kind, potential, weights, epsilon, out, scratch);
    return arena.float64(out, rows).slice();
  });
}

function checkStored(costs: Float64Array, options: SoftMinOptions): SoftMinOptions {
  const { rows, columns, epsilon, logWeights } = checkOptions('options', options, [
    'rows',
    'columns',
    'epsilon',
    'logWeights',
  ]);
  checkInteger('rows', rows, 0);
  checkInteger('columns', columns, 0);
  checkPositive('epsilon', epsilon);
  checkLength('costs', checkFloat64Array('costs', costs), rows * columns);
  for (let i = 0; i < costs.length; i++) {
    if (!(costs[i] > -Infinity))
      throw new RangeError(`"costs[${i}]" expected a number above −∞, got ${describeValue(costs[i])}`);
  }
  return { rows, columns, epsilon, logWeights };
}

function checkPotential(name: string, potential: Float64Array, count: number): void {
  checkFiniteArray(name, checkLength(name, checkFloat64Array(name, potential), count));
}

function checkLogWeights(logWeights: Float64Array | undefined, count: number): void {
  if (logWeights === undefined) return;
  checkLength('logWeights', checkFloat64Array('logWeights', logWeights), count);
  for (let i = 0; i < count; i++) {
    if (!(logWeights[i] < Infinity)) {
      throw new RangeError(`"logWeights[${i}]" expected a number below ∞, got ${describeValue(logWeights[i])}`);
    }
  }
}

function padded(count: number): number {
  return Math.ceil(count / 8) * 8;
}
