// The one place that knows how each kind of coupling stores its entries; every function of a coupling is written over
// it.
import { exp } from '@brenier/elementary';
import { fillCostRow } from '../geometry/cost-row.js';
import type { Coupling, ImplicitCoupling, SparseCoupling } from './coupling.js';

/** Called with one entry of positive mass. */
export type EntryVisitor = (row: number, column: number, mass: number) => void;

/**
 * Visits every entry of non-zero mass, ordered by row, then column. O(entries) for lists, O(rows · columns) otherwise.
 */
export function visitEntries(coupling: Coupling, visit: EntryVisitor): void {
  if (coupling.kind === 'sparse') return visitList(coupling, 0, coupling.mass.length, visit);
  for (let row = 0; row < coupling.rows; row++) visitRow(coupling, row, visit);
}

/** Visits the entries of one row by column. O(1), O(log entries + entries of the row), or O(columns). */
export function visitRow(coupling: Coupling, row: number, visit: EntryVisitor): void {
  switch (coupling.kind) {
    case 'permutation':
      return visit(row, coupling.columnOfRow[row], coupling.massPerPair);
    case 'sparse':
      return visitList(coupling, firstEntryOf(coupling, row), firstEntryOf(coupling, row + 1), visit);
    case 'dense':
      for (let column = 0; column < coupling.columns; column++) {
        const mass = coupling.plan[row * coupling.columns + column];
        if (mass !== 0) visit(row, column, mass);
      }
      return;
    case 'implicit':
      return visitImplicitRow(coupling, row, visit);
  }
}

function visitList(
  { rowIndex, columnIndex, mass }: SparseCoupling,
  from: number,
  to: number,
  visit: EntryVisitor,
): void {
  for (let at = from; at < to; at++) {
    if (mass[at] !== 0) visit(rowIndex[at], columnIndex[at], mass[at]);
  }
}

/** The first entry whose row is at least `row`: a binary search, since entries are ordered by row. */
function firstEntryOf({ rowIndex }: SparseCoupling, row: number): number {
  let low = 0;
  let high = rowIndex.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rowIndex[middle] < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A node without mass takes part in no pair, whatever its potential. */
function visitImplicitRow(coupling: ImplicitCoupling, row: number, visit: EntryVisitor): void {
  const { geometry, columns, a, b, f, g, epsilon } = coupling;
  if (a[row] === 0) return;
  const costs = new Float64Array(columns);
  fillCostRow(geometry, row, costs);
  for (let column = 0; column < columns; column++) {
    if (b[column] === 0) continue;
    const mass = a[row] * b[column] * exp((f[row] + g[column] - costs[column]) / epsilon);
    if (mass !== 0) visit(row, column, mass);
  }
}
