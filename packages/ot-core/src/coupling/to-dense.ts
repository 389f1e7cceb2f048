import { checkEntries } from './check-coupling.js';
import type { Coupling, DenseCoupling } from './coupling.js';
import { visitEntries } from './visit-entries.js';

/**
 * Writes a coupling out as a full matrix.
 *
 * Time and memory O(rows · columns): at 10,000 × 10,000 that is 800 MB, and seldom needed.
 *
 * @param coupling - of any kind
 * @returns a new dense coupling with the same entries
 * @throws TypeError where `coupling` is none, RangeError where its arrays do not fit each other, its entries are out
 *   of order, or the matrix is too large
 *
 * @example
 * The permutation that crosses two points, as a matrix.
 * ```ts
 * import { emd, toDense } from '@brenier/ot-core';
 *
 * toDense(emd([[0], [1]], [[1], [0]]).coupling).plan; // => new Float64Array([0, 0.5, 0.5, 0])
 * ```
 */
export function toDense(coupling: Coupling): DenseCoupling {
  const { rows, columns } = checkEntries(coupling);
  const plan = new Float64Array(rows * columns);
  visitEntries(coupling, (row, column, mass) => {
    plan[row * columns + column] = mass;
  });
  return { kind: 'dense', rows, columns, plan };
}
