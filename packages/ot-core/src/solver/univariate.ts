import { argsortFloat64 } from '@brenier/kernels';
import type { SparseCoupling } from '../coupling/coupling.js';
import { powerCost } from './power-cost.js';

/** A problem on the line: move the masses `a` at `x` to the masses `b` at `y` for |x − y|^p per unit, p ≥ 1. */
export interface UnivariateProblem {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly p: number;
}

/** A monotone transport between two weighted sets of numbers, with potentials. */
export interface MonotoneTransport {
  /** Entries with positive mass, ordered by row, then column. */
  readonly coupling: SparseCoupling;
  /** Potential of `x`, in its own order. */
  readonly f: Float64Array;
  /** Potential of `y`, in its own order. */
  readonly g: Float64Array;
  /** Cells on the staircase, degenerate ones included: rows + columns − 1. */
  readonly steps: number;
}

/** Weights closer than this, relative to their sum, end together: what is left is rounding, not mass. */
const TIE = 2 ** -50;

/**
 * Exact optimal transport on the line: monotone rearrangement, the north-west corner rule on sorted supports, quantile
 * coupling.
 *
 * For a cost |x − y|^p with p ≥ 1 the sorted cost matrix has the Monge property, so the staircase of the north-west
 * corner is optimal (Hoffman 1963), and potentials that make every cell of the staircase tight, f_i + g_j = c_ij, are
 * feasible everywhere. Where a row and a column end together, one massless cell keeps the staircase connected. Cost O(n
 * log n + m log m), memory O(n + m). Fails never; for p < 1 the rule is not optimal, and callers must refuse it.
 */
export function solveUnivariate({ x, y, a, b, p }: UnivariateProblem): MonotoneTransport {
  const row = argsortFloat64(x);
  const column = argsortFloat64(y);
  const xSorted = gather(x, row);
  const ySorted = gather(y, column);
  const costOf = powerCost(p);
  const steps = x.length + y.length - 1;
  const staircase = new StaircaseEntries(steps);
  const f = new Float64Array(x.length);
  const g = new Float64Array(y.length);
  let before = -1;
  walkStaircase(gather(a, row), gather(b, column), (i, j, mass) => {
    staircase.add(row[i], column[j], mass);
    const cost = costOf(xSorted[i] - ySorted[j]);
    // A cell in the same row as the one before is the first of its column, and the other way round.
    if (i === before) g[column[j]] = cost - f[row[i]];
    else f[row[i]] = cost - g[column[j]];
    before = i;
  });
  return { coupling: staircase.toCoupling(x.length, y.length), f, g, steps };
}

/** ⟨|x − y|^p, P⟩ of the monotone coupling P, without building it. Same cost class as {@link solveUnivariate}. */
export function univariateCost({ x, y, a, b, p }: UnivariateProblem): number {
  const row = argsortFloat64(x);
  const column = argsortFloat64(y);
  return sortedWeightedCost(gather(x, row), gather(a, row), gather(y, column), gather(b, column), p);
}

/** The same for increasing numbers `x` and `y`: O(n + m). */
export function sortedWeightedCost(
  x: Float64Array,
  a: Float64Array,
  y: Float64Array,
  b: Float64Array,
  p: number,
): number {
  const costOf = powerCost(p);
  let total = 0;
  walkStaircase(a, b, (i, j, mass) => {
    if (mass > 0) total += mass * costOf(x[i] - y[j]);
  });
  return total;
}

/** The same for increasing numbers of equal masses, of total mass 1: O(n + m). */
export function sortedCost(x: Float64Array, y: Float64Array, p: number): number {
  const costOf = powerCost(p);
  const rows = x.length;
  const columns = y.length;
  let total = 0;
  if (rows === columns) {
    for (let i = 0; i < rows; i++) total += costOf(x[i] - y[i]);
    return total / rows;
  }
  // In units of 1/(rows · columns) every row holds `columns` and every column `rows`: whole numbers, so ties are exact.
  let rowLeft = columns;
  let columnLeft = rows;
  for (let i = 0, j = 0; i < rows;) {
    const mass = Math.min(rowLeft, columnLeft);
    total += mass * costOf(x[i] - y[j]);
    rowLeft -= mass;
    columnLeft -= mass;
    if (rowLeft === 0) {
      i++;
      rowLeft = columns;
    }
    if (columnLeft === 0) {
      j++;
      columnLeft = rows;
    }
  }
  return total / (rows * columns);
}

/** The values in a given order. */
export function gather(values: Float64Array, order: Int32Array): Float64Array {
  const gathered = new Float64Array(order.length);
  for (let k = 0; k < order.length; k++) gathered[k] = values[order[k]]!;
  return gathered;
}

/**
 * Calls `visit(i, j, mass)` on each of the rows + columns − 1 cells of the north-west corner rule. What rounding leaves
 * at the end goes to the last row or column.
 */
function walkStaircase(a: Float64Array, b: Float64Array, visit: (i: number, j: number, mass: number) => void): void {
  const lastRow = a.length - 1;
  const lastColumn = b.length - 1;
  let i = 0;
  let j = 0;
  let rowLeft = a[0];
  let columnLeft = b[0];
  while (i < lastRow || j < lastColumn) {
    const isTie = Math.abs(rowLeft - columnLeft) <= TIE * (a[i] + b[j]);
    const stepDown = j === lastColumn || (i < lastRow && (isTie || rowLeft < columnLeft));
    const mass = stepDown ? rowLeft : columnLeft;
    visit(i, j, mass);
    if (stepDown) {
      columnLeft = isTie ? 0 : columnLeft - mass;
      rowLeft = a[++i]!;
    } else {
      rowLeft = isTie ? 0 : rowLeft - mass;
      columnLeft = b[++j]!;
    }
  }
  visit(i, j, Math.max(rowLeft, columnLeft)); // one of the two was spared the rounding of the walk
}

/** Collects staircase cells and hands them back by row, then column. */
class StaircaseEntries {
  readonly #row: Int32Array;
  readonly #column: Int32Array;
  readonly #mass: Float64Array;
  #count = 0;

  constructor(capacity: number) {
    this.#row = new Int32Array(capacity);
    this.#column = new Int32Array(capacity);
    this.#mass = new Float64Array(capacity);
  }

  add(row: number, column: number, mass: number): void {
    if (!(mass > 0)) return;
    this.#row[this.#count] = row;
    this.#column[this.#count] = column;
    this.#mass[this.#count++] = mass;
  }

  toCoupling(rows: number, columns: number): SparseCoupling {
    const order = byRowThenColumn(this.#row.subarray(0, this.#count), this.#column, rows, columns);
    return {
      kind: 'sparse',
      rows,
      columns,
      rowIndex: order.map((k) => this.#row[k]),
      columnIndex: order.map((k) => this.#column[k]),
      mass: Float64Array.from(order, (k) => this.#mass[k]),
    };
  }
}

/** Two counting sorts, the column first: both are stable, so the second keeps the order of the first. */
function byRowThenColumn(row: Int32Array, column: Int32Array, rows: number, columns: number): Int32Array {
  let order = Int32Array.from({ length: row.length }, (_, k) => k);
  for (const [key, size] of [
    [column, columns],
    [row, rows],
  ] as const) {
    const starts = new Int32Array(size + 1);
    for (const k of order) starts[key[k] + 1]++;
    for (let bucket = 0; bucket < size; bucket++) starts[bucket + 1] += starts[bucket];
    const sorted = new Int32Array(order.length);
    for (const k of order) sorted[starts[key[k]]++] = k;
    order = sorted;
  }
  return order;
}
