import { checkEntries } from './check-coupling.js';
import type { Coupling, SparseCoupling } from './coupling.js';
import { visitEntries } from './visit-entries.js';

/**
 * Lists the entries of a coupling that carry mass.
 *
 * Cost O(entries) for permutations and sparse couplings, O(rows · columns) time for dense and implicit ones, whose
 * entries are visited twice: once to count, once to write.
 *
 * @param coupling - of any kind
 * @returns a new sparse coupling, ordered by row, then column, without zeros
 * @throws TypeError where `coupling` is none, RangeError where its arrays do not fit each other or its entries are out of
 *   order
 *
 * @example
 * Two entries of a matrix of four carry mass.
 * ```ts
 * import { emd, toSparse } from '@brenier/ot-core';
 *
 * toSparse(emd([[0], [1]], [[1], [0]]).coupling).columnIndex; // => new Int32Array([1, 0])
 * ```
 */
export function toSparse(coupling: Coupling): SparseCoupling {
  const { rows, columns } = checkEntries(coupling);
  let count = 0;
  visitEntries(coupling, () => {
    count++;
  });
  const rowIndex = new Int32Array(count);
  const columnIndex = new Int32Array(count);
  const masses = new Float64Array(count);
  let at = 0;
  visitEntries(coupling, (row, column, mass) => {
    rowIndex[at] = row;
    columnIndex[at] = column;
    masses[at] = mass;
    at++;
  });
  return { kind: 'sparse', rows, columns, rowIndex, columnIndex, mass: masses };
}
