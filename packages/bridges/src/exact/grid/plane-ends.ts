/** The two laws that a bridge on a grid joins, tabulated. */
import { exp, log } from '@brenier/elementary';
import { checkFinite, checkFunction, checkInteger, checkOptions, checkPositive, describeValue } from '@brenier/errors';
import { axisNodes, everyNode, everyValue, type PlaneGrid } from './plane-grid.js';

/** The logarithm of a density of the plane, up to a constant; −Infinity where there is none. */
export type PlaneLogDensity = (x: number, y: number) => number;

/** Options of {@link planeEnds}. */
export interface PlaneEndsOptions {
  /** The smallest first coordinate. */
  readonly left: number;
  /** The largest first coordinate; the last node is at most there. */
  readonly right: number;
  /** The smallest second coordinate. */
  readonly bottom: number;
  /** The largest second coordinate. */
  readonly top: number;
  /** Distance of neighbours, in units of x: at most the smallest standard deviation of the ends and σ, better 0.8 of it. */
  readonly step: number;
  /** The densities are also tabulated this many times as finely, for times near the ends. Default 4. */
  readonly refinement?: number;
}

/** Two laws of the plane on a grid. Plain data: `postMessage` works. */
export interface PlaneEnds {
  /** The fine grid. */
  readonly grid: PlaneGrid;
  /** Sums are taken over every `refinement`-th node, but for times near the ends. */
  readonly refinement: number;
  /** Log density at time 0 on the fine grid, shape [columns, rows]. */
  readonly source: Float64Array;
  /** Log density at time 1 on the fine grid, shape [columns, rows]. */
  readonly target: Float64Array;
}

/** The most nodes of the coarse grid along an axis. */
const MOST_NODES = 1024;

/**
 * Tabulates two densities of the plane. Sums over a regular grid are as exact as the functions are smooth: for a Gaussian of standard
 * deviation s the error is 2 exp(−2π²(s/step)²), 5e-9 at step = s, while mass outside of the rectangle is lost.
 *
 * Cost: each density once per node of the fine grid.
 *
 * @param source - log density at time 0, up to a constant
 * @param target - log density at time 1, up to a constant
 * @param options - rectangle and step
 * @returns the two laws, each of mass 1 on the coarse grid
 * @throws TypeError or RangeError where a bound is not finite, the rectangle is empty or has more than 1024 nodes along a side, a log
 *   density is NaN or +Infinity anywhere or −Infinity everywhere, or an option is unknown
 *
 * @example
 * Two normal laws on a square, with a step of half their standard deviation.
 * ```ts
 * import { planeEnds } from '@brenier/bridges';
 *
 * const normalAt = (m: number) => (x: number, y: number) => -((x - m) ** 2 + (y - m) ** 2) / 2;
 * const ends = planeEnds(normalAt(0), normalAt(1), { left: -6, right: 7, bottom: -6, top: 7, step: 0.5 });
 * [ends.grid.step, ends.grid.columns]; // => [0.125, 105]
 * ```
 */
export function planeEnds(source: PlaneLogDensity, target: PlaneLogDensity, options: PlaneEndsOptions): PlaneEnds {
  const given = checkOptions('options', options, ['left', 'right', 'bottom', 'top', 'step', 'refinement']);
  const refinement = checkInteger('refinement', given.refinement ?? 4, 1, 16);
  const step = checkPositive('step', given.step);
  const columns = countNodes('right', given.left, given.right, step);
  const rows = countNodes('top', given.bottom, given.top, step);
  const grid: PlaneGrid = {
    left: given.left,
    bottom: given.bottom,
    step: step / refinement,
    columns: (columns - 1) * refinement + 1,
    rows: (rows - 1) * refinement + 1,
  };
  return {
    grid,
    refinement,
    source: tabulate('source', checkFunction('source', source), grid, refinement),
    target: tabulate('target', checkFunction('target', target), grid, refinement),
  };
}

function countNodes(name: string, low: number, high: number, step: number): number {
  checkFinite(name === 'right' ? 'left' : 'bottom', low);
  const count = Math.floor((checkFinite(name, high) - low) / step + 1e-9) + 1;
  if (count >= 2 && count <= MOST_NODES) return count;
  throw new RangeError(`"${name}" expected 2 to ${MOST_NODES} nodes from ${low} on with step ${step}, got ${high}`);
}

function tabulate(name: string, density: PlaneLogDensity, grid: PlaneGrid, refinement: number): Float64Array {
  const x = axisNodes(grid.left, grid.step, grid.columns);
  const y = axisNodes(grid.bottom, grid.step, grid.rows);
  const values = new Float64Array(grid.columns * grid.rows);
  for (let i = 0; i < grid.columns; i++) {
    for (let j = 0; j < grid.rows; j++) {
      const value = density(x[i], y[j]);
      if (!(value < Infinity)) {
        const got = describeValue(value);
        throw new RangeError(`"${name}(${x[i]}, ${y[j]})" expected a finite number or -Infinity, got ${got}`);
      }
      values[i * grid.rows + j] = value;
    }
  }
  const logMass = logSum(everyValue(values, grid, refinement)) + 2 * log(everyNode(grid, refinement).step);
  if (logMass === -Infinity) throw new RangeError(`"${name}" expected a density with mass on the grid, got none`);
  return values.map((value) => value - logMass);
}

/** log Σ e^L, divided by the largest first. */
function logSum(logs: Float64Array): number {
  const top = logs.reduce((most, each) => Math.max(most, each), -Infinity);
  return top === -Infinity ? top : top + log(logs.reduce((sum, each) => sum + exp(each - top), 0));
}
