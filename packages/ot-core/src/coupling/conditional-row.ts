import { checkInteger } from '@brenier/errors';
import { checkCoupling } from './check-coupling.js';
import type { Coupling } from './coupling.js';
import { visitRow } from './visit-entries.js';

/** Where the mass of one row goes. */
export interface ConditionalRow {
  /** The columns it reaches, ascending, shape [reached]. */
  readonly columns: Int32Array;
  /** The share that each of them gets, shape [reached], summing to 1. */
  readonly probabilities: Float64Array;
}

/**
 * The conditional law of the column, given the row: P_ij / Σ_j P_ij over the columns that row i reaches.
 *
 * Cost O(1) for a permutation, O(log entries + reached) for a sparse coupling, whose order by row, then column, is
 * trusted, O(columns) otherwise.
 *
 * @param coupling - of any kind
 * @param i - row, from 0
 * @returns the reached columns with their probabilities
 * @throws TypeError where `coupling` is none; RangeError where there is no row i, or it carries no mass
 *
 * @example
 * Half of the only point goes to each target.
 * ```ts
 * import { conditionalRow, emd } from '@brenier/ot-core';
 *
 * conditionalRow(emd([[0]], [[-1], [1]]).coupling, 0).probabilities; // => new Float64Array([0.5, 0.5])
 * ```
 */
export function conditionalRow(coupling: Coupling, i: number): ConditionalRow {
  checkInteger('i', i, 0, checkCoupling(coupling).rows - 1);
  const columns: number[] = [];
  const masses: number[] = [];
  let sum = 0;
  visitRow(coupling, i, (_, column, mass) => {
    columns.push(column);
    masses.push(mass);
    sum += mass;
  });
  if (!(sum > 0)) throw new RangeError(`"i" expected a row that carries mass, got ${i}, which carries none`);
  return { columns: Int32Array.from(columns), probabilities: Float64Array.from(masses, (mass) => mass / sum) };
}
