import { checkEntries } from './check-coupling.js';
import type { Coupling } from './coupling.js';
import { visitEntries } from './visit-entries.js';

/** The masses that a coupling takes from each row and brings to each column. */
export interface Marginals {
  /** Mass of each row, shape [rows]. */
  readonly a: Float64Array;
  /** Mass of each column, shape [columns]. */
  readonly b: Float64Array;
}

/**
 * The marginals that a coupling has, as opposed to those it was asked to have.
 *
 * Cost O(entries) for permutations and sparse couplings, O(rows · columns) for dense and implicit ones.
 *
 * @param coupling - of any kind
 * @returns the sums of its rows and of its columns
 * @throws TypeError where `coupling` is none, RangeError where its arrays do not fit each other or its entries are out of
 *   order
 *
 * @example
 * The marginals of an optimal plan are the weights it was made for.
 * ```ts
 * import { emd, marginals } from '@brenier/ot-core';
 *
 * const { coupling } = emd([[0], [1]], [[5], [7]], { a: [0.25, 0.75], b: [0.5, 0.5] });
 * marginals(coupling).a; // => new Float64Array([0.25, 0.75])
 * ```
 */
export function marginals(coupling: Coupling): Marginals {
  const { rows, columns } = checkEntries(coupling);
  const a = new Float64Array(rows);
  const b = new Float64Array(columns);
  visitEntries(coupling, (row, column, mass) => {
    a[row] += mass;
    b[column] += mass;
  });
  return { a, b };
}
