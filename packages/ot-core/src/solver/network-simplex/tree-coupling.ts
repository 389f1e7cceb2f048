// The plan of a spanning tree as a coupling: a permutation for assignments, else entries by row, then column.
import type { PermutationCoupling, SparseCoupling } from '../../coupling/coupling.js';
import type { TransportProblem } from '../../problem/transport-problem.js';
import type { PlanEntries } from './simplex-memory.js';

/** Orders the entries of a tree. O(rows + columns + entries). */
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
    rowIndex: gather(basis.rowIndex, order, new Int32Array(order.length)),
    columnIndex: gather(basis.columnIndex, order, new Int32Array(order.length)),
    mass: gather(basis.mass, order, new Float64Array(order.length)),
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
  const order = new Int32Array(rowIndex.length);
  for (let k = 0; k < order.length; k++) order[k] = k;
  return countingSort(countingSort(order, columnIndex, columns), rowIndex, rows);
}

// Loops by index: iterators and callbacks of typed arrays take five times as long.

function countingSort(order: Int32Array, keys: Int32Array, buckets: number): Int32Array {
  const starts = new Int32Array(buckets + 1);
  for (let k = 0; k < keys.length; k++) starts[keys[k] + 1]++;
  for (let bucket = 0; bucket < buckets; bucket++) starts[bucket + 1] += starts[bucket];
  const sorted = new Int32Array(order.length);
  for (let t = 0; t < order.length; t++) sorted[starts[keys[order[t]]]++] = order[t]!;
  return sorted;
}

function gather<Values extends Int32Array | Float64Array>(values: Values, order: Int32Array, out: Values): Values {
  for (let t = 0; t < order.length; t++) out[t] = values[order[t]]!;
  return out;
}
