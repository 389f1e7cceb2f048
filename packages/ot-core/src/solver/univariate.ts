import type { SparseCoupling } from '../coupling/coupling.js';
import { powerCost } from './power-cost.js';
import { sortOrder } from './sort-order.js';

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
 * Exact optimal transport on the line: monotone rearrangement, the north-west corner rule on sorted supports, quantile coupling.
 *
 * For a cost |x − y|^p with p ≥ 1 the sorted cost matrix has the Monge property, so the staircase of the north-west corner is
 * optimal (Hoffman 1963), and potentials that make every cell of the staircase tight, f_i + g_j = c_ij, are feasible everywhere.
 * Where a row and a column end together, one massless cell keeps the staircase connected.
 * Cost O(n log n + m log m), memory O(n + m). Fails never; for p < 1 the rule is not optimal, and callers must refuse it.
 */
export function solveUnivariate(x: Float64Array, y: Float64Array, a: Float64Array, b: Float64Array, p: number): MonotoneTransport {
  const rowOrder = sortOrder(x);
  const columnOrder = sortOrder(y);
  const costOf = powerCost(p);
  const steps = x.length + y.length - 1;
  const staircase = new StaircaseEntries(steps);
  const f = new Float64Array(x.length);
  const g = new Float64Array(y.length);

  let i = 0;
  let j = 0;
  f[rowOrder[0]!] = costOf(x[rowOrder[0]!]! - y[columnOrder[0]!]!);
  walkStaircase(a, b, rowOrder, columnOrder, (mass, stepDown) => {
    staircase.add(rowOrder[i]!, columnOrder[j]!, mass);
    if (stepDown) i++;
    else j++;
    if (i === x.length || j === y.length) return;
    const row = rowOrder[i]!;
    const column = columnOrder[j]!;
    const cost = costOf(x[row]! - y[column]!);
    if (stepDown) f[row] = cost - g[column]!;
    else g[column] = cost - f[row]!;
  });
  return { coupling: staircase.toCoupling(x.length, y.length), f, g, steps };
}

/** ⟨|x − y|^p, P⟩ of the monotone coupling P, without building it. Same cost class as {@link solveUnivariate}. */
export function univariateCost(x: Float64Array, y: Float64Array, a: Float64Array, b: Float64Array, p: number): number {
  const rowOrder = sortOrder(x);
  const columnOrder = sortOrder(y);
  const costOf = powerCost(p);
  let i = 0;
  let j = 0;
  let total = 0;
  walkStaircase(a, b, rowOrder, columnOrder, (mass, stepDown) => {
    if (mass > 0) total += mass * costOf(x[rowOrder[i]!]! - y[columnOrder[j]!]!);
    if (stepDown) i++;
    else j++;
  });
  return total;
}

/** The same for equal masses, from sorted copies: `xSorted` and `ySorted` are increasing. Total mass 1, O(n + m). */
export function sortedCost(xSorted: Float64Array, ySorted: Float64Array, p: number): number {
  const costOf = powerCost(p);
  const rows = xSorted.length;
  const columns = ySorted.length;
  let total = 0;
  if (rows === columns) {
    for (let i = 0; i < rows; i++) total += costOf(xSorted[i]! - ySorted[i]!);
    return total / rows;
  }
  // In units of 1/(rows · columns) every row holds `columns` and every column `rows`: whole numbers, so ties are exact.
  let rowLeft = columns;
  let columnLeft = rows;
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    const mass = Math.min(rowLeft, columnLeft);
    total += mass * costOf(xSorted[i]! - ySorted[j]!);
    rowLeft -= mass;
    columnLeft -= mass;
    if (rowLeft === 0) [i, rowLeft] = [i + 1, columns];
    if (columnLeft === 0) [j, columnLeft] = [j + 1, rows];
  }
  return total / (rows * columns);
}

/** Calls `visit(mass, stepDown)` on each of the rows + columns − 1 cells; what rounding leaves at the end goes to the last row or column. */
function walkStaircase(
  a: Float64Array,
  b: Float64Array,
  rowOrder: Int32Array,
  columnOrder: Int32Array,
  visit: (mass: number, stepDown: boolean) => void,
): void {
  const lastRow = a.length - 1;
  const lastColumn = b.length - 1;
  let rowLeft = a[rowOrder[0]!]!;
  let columnLeft = b[columnOrder[0]!]!;
  for (let i = 0, j = 0; i <= lastRow && j <= lastColumn; ) {
    const tie = Math.abs(rowLeft - columnLeft) <= TIE * (a[rowOrder[i]!]! + b[columnOrder[j]!]!);
    const stepDown = j === lastColumn || (i < lastRow && (tie || rowLeft < columnLeft));
    const isCorner = i === lastRow && j === lastColumn; // one of the two was spared the rounding of the walk: the larger
    const mass = isCorner ? Math.max(rowLeft, columnLeft) : stepDown ? rowLeft : columnLeft;
    visit(mass, stepDown);
    if (stepDown) {
      columnLeft = tie ? 0 : columnLeft - mass;
      rowLeft = ++i <= lastRow ? a[rowOrder[i]!]! : 0;
    } else {
      rowLeft = tie ? 0 : rowLeft - mass;
      columnLeft = ++j <= lastColumn ? b[columnOrder[j]!]! : 0;
    }
  }
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
      rowIndex: order.map((k) => this.#row[k]!),
      columnIndex: order.map((k) => this.#column[k]!),
      mass: Float64Array.from(order, (k) => this.#mass[k]!),
    };
  }
}

/** Two counting sorts, the column first: both are stable, so the second keeps the order of the first. */
function byRowThenColumn(row: Int32Array, column: Int32Array, rows: number, columns: number): Int32Array {
  let order = Int32Array.from({ length: row.length }, (_, k) => k);
  for (const [key, size] of [[column, columns], [row, rows]] as const) {
    const starts = new Int32Array(size + 1);
    for (const k of order) starts[key[k]! + 1]++;
    for (let bucket = 0; bucket < size; bucket++) starts[bucket + 1] += starts[bucket]!;
    const sorted = new Int32Array(order.length);
    for (const k of order) sorted[starts[key[k]!]++] = k;
    order = sorted;
  }
  return order;
}
