// The plan of a spanning tree as a coupling: a permutation for assignments, else entries by row, then column.
import type { PermutationCoupling, SparseCoupling } from '../../coupling/coupling.js';
import type { TransportProblem } from '../../problem/transport-problem.js';
import type { PlanEntries } from './simplex-memory.js';

/** Orders the entries of a tree. O(rows + entries), plus the square of the entries of one row. */
export function couplingOf(problem: TransportProblem, basis: PlanEntries): PermutationCoupling | SparseCoupling {
  const { geometry, isAssignment } = problem;
  const { rows, columns } = geometry;
  if (isAssignment) {
    const columnOfRow = new Int32Array(rows);
    for (let k = 0; k < rows; k++) columnOfRow[basis.rowIndex[k]] = basis.columnIndex[k]!;
    return permutationOf(problem, columnOfRow);
  }
  const order = sortedOrder(basis, rows, columns);
  return {
    kind: 'sparse',
    rows,
    columns,
    rowIndex: order.map((k) => basis.rowIndex[k]),
    columnIndex: order.map((k) => basis.columnIndex[k]),
    mass: Float64Array.from(order, (k) => basis.mass[k]),
  };
}

/** The plan of an assignment. */
export function permutationOf({ geometry, a }: TransportProblem, columnOfRow: Int32Array): PermutationCoupling {
  const { rows, columns } = geometry;
  return { kind: 'permutation', rows, columns, columnOfRow, massPerPair: a[0] };
}

/** Two stable counting sorts: by column, then by row. */
function sortedOrder(
  { rowIndex, columnIndex }: Pick<PlanEntries, 'rowIndex' | 'columnIndex'>,
  rows: number,
  columns: number,
): Int32Array {
  const byColumn = countingSort(
    Int32Array.from(columnIndex, (_, k) => k),
    columnIndex,
    columns,
  );
  return countingSort(byColumn, rowIndex, rows);
}

function countingSort(order: Int32Array, keys: Int32Array, buckets: number): Int32Array {
  const starts = new Int32Array(buckets + 1);
  for (const key of keys) starts[key + 1]++;
  for (let bucket = 0; bucket < buckets; bucket++) starts[bucket + 1] += starts[bucket];
  const sorted = new Int32Array(order.length);
  for (const k of order) sorted[starts[keys[k]]++] = k;
  return sorted;
}
