import { checkEntries } from './check-coupling.js';
import type { Coupling } from './coupling.js';
import { visitRow } from './visit-entries.js';

/** One pair of a coupling. */
export interface CouplingEntry {
  /** Row of the pair. */
  readonly row: number;
  /** Column of the pair. */
  readonly column: number;
  /** Mass it carries, never 0. */
  readonly mass: number;
}

/**
 * Iterates over the pairs that carry mass, ordered by row, then column.
 *
 * Memory: one row. Cost O(entries) for permutations and sparse couplings, O(rows · columns) for dense and implicit
 * ones.
 *
 * @param coupling - of any kind
 * @returns a fresh iterator over the entries
 * @throws TypeError where `coupling` is none, RangeError where its arrays do not fit each other or its entries are out of
 *   order
 *
 * @example
 * The mass of both points meets in the middle.
 * ```ts
 * import { emd, entries } from '@brenier/ot-core';
 *
 * const { coupling } = emd([[0], [2]], [[1]]);
 * [...entries(coupling)]; // => [{ row: 0, column: 0, mass: 0.5 }, { row: 1, column: 0, mass: 0.5 }]
 * ```
 */
export function* entries(coupling: Coupling): Generator<CouplingEntry, void, undefined> {
  const { rows } = checkEntries(coupling);
  for (let row = 0; row < rows; row++) {
    const found: CouplingEntry[] = [];
    visitRow(coupling, row, (_, column, mass) => found.push({ row, column, mass }));
    yield* found;
  }
}
