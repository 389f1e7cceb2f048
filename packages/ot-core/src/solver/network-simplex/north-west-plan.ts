// The north-west corner rule (Dantzig 1951): a feasible plan in O(rows + columns), whatever the costs.
import type { PermutationCoupling, SparseCoupling } from '../../coupling/coupling.js';
import type { TransportProblem } from '../../problem/transport-problem.js';

/** Fills columns in order with rows in order: what is returned where a solve stops before it has a plan of its own. */
export function northWestPlan({
  geometry,
  a,
  b,
  isAssignment,
}: TransportProblem): PermutationCoupling | SparseCoupling {
  const { rows, columns } = geometry;
  if (isAssignment) {
    return {
      kind: 'permutation',
      rows,
      columns,
      columnOfRow: Int32Array.from({ length: rows }, (_, i) => i),
      massPerPair: a[0],
    };
  }
  const rowIndex: number[] = [];
  const columnIndex: number[] = [];
  const mass: number[] = [];
  let leftOfRow = a[0];
  let leftOfColumn = b[0];
  for (let i = 0, j = 0; i < rows && j < columns;) {
    // The last row and the last column take what rounding leaves.
    const moved = Math.min(i === rows - 1 ? leftOfColumn : leftOfRow, j === columns - 1 ? leftOfRow : leftOfColumn);
    if (moved > 0) {
      rowIndex.push(i);
      columnIndex.push(j);
      mass.push(moved);
    }
    const isRowSpent = j === columns - 1 || (leftOfRow <= leftOfColumn && i < rows - 1);
    if (isRowSpent) {
      leftOfColumn -= moved;
      leftOfRow = a[++i] ?? 0;
    } else {
      leftOfRow -= moved;
      leftOfColumn = b[++j] ?? 0;
    }
  }
  return {
    kind: 'sparse',
    rows,
    columns,
    rowIndex: Int32Array.from(rowIndex),
    columnIndex: Int32Array.from(columnIndex),
    mass: Float64Array.from(mass),
  };
}
