// Drawing pairs (row, column) from a coupling: what turns a plan into a training batch.
import { checkInteger } from '@brenier/errors';
import { categorical, checkRng, createAliasTable, integer, type Rng } from '@brenier/random';
import { checkEntries } from './check-coupling.js';
import type { Coupling, SparseCoupling } from './coupling.js';
import { marginals } from './marginals.js';
import { visitRow } from './visit-entries.js';

/** Pairs drawn from a coupling. */
export interface SampledPairs {
  /** Row of each pair, shape [count]. */
  readonly rows: Int32Array;
  /** Column of each pair, shape [count]. */
  readonly columns: Int32Array;
}

/**
 * Draws independent pairs (i, j), each with probability P_ij / ΣP, with replacement.
 *
 * Over a permutation this leaves some rows out and takes others twice; to use every pair once, take the permutation
 * itself. Cost O(entries + count) for permutations and sparse couplings (an alias table); dense and implicit ones draw
 * the row first, then visit each row that was drawn: O(rows · columns + count log count) time, O(rows + columns +
 * count) memory.
 *
 * @param rng - where the randomness comes from
 * @param coupling - of any kind, with positive mass
 * @param count - number of pairs, at least 0
 * @returns rows and columns of the pairs, in the order drawn
 * @throws TypeError where `rng` or `coupling` is none; RangeError where `count` is not a whole number >= 0, or there is
 *   no mass
 *
 * @example
 * Half of the pairs go to each target, in a seeded order.
 * ```ts
 * import { emd, samplePairs } from '@brenier/ot-core';
 * import { createRng } from '@brenier/random';
 *
 * const { coupling } = emd([[0]], [[-1], [1]]);
 * samplePairs(createRng(1), coupling, 4).rows; // => new Int32Array([0, 0, 0, 0])
 * ```
 */
export function samplePairs(rng: Rng, coupling: Coupling, count: number): SampledPairs {
  checkRng('rng', rng);
  checkEntries(coupling);
  checkInteger('count', count, 0, 2 ** 31 - 1);
  if (coupling.kind === 'sparse') return sampleEntries(rng, coupling, count);
  if (coupling.kind !== 'permutation') return sampleRowsThenColumns(rng, coupling, count);
  const rows = Int32Array.from({ length: count }, () => integer(rng, 0, coupling.rows));
  return { rows, columns: rows.map((row) => coupling.columnOfRow[row]) };
}

function sampleEntries(rng: Rng, { rowIndex, columnIndex, mass }: SparseCoupling, count: number): SampledPairs {
  const table = createAliasTable(mass);
  const drawn = Int32Array.from({ length: count }, () => categorical(rng, table));
  return { rows: drawn.map((entry) => rowIndex[entry]), columns: drawn.map((entry) => columnIndex[entry]) };
}

function sampleRowsThenColumns(rng: Rng, coupling: Coupling, count: number): SampledPairs {
  const table = createAliasTable(marginals(coupling).a);
  const rows = new Int32Array(count);
  const height = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    rows[at] = categorical(rng, table);
    height[at] = rng.uniform();
  }
  // Drawn first, looked up second: each row of the plan is formed once, however often it was drawn.
  const columns = new Int32Array(count);
  const order = Int32Array.from({ length: count }, (_, at) => at).sort((p, q) => rows[p] - rows[q]);
  let cumulative: CumulativeRow | undefined;
  for (const at of order) {
    if (cumulative?.row !== rows[at]) cumulative = accumulateRow(coupling, rows[at]);
    columns[at] = columnAt(cumulative, height[at]);
  }
  return { rows, columns };
}

interface CumulativeRow {
  readonly row: number;
  readonly columns: readonly number[];
  /** Mass up to and including each of the columns. */
  readonly upTo: readonly number[];
}

function accumulateRow(coupling: Coupling, row: number): CumulativeRow {
  const columns: number[] = [];
  const upTo: number[] = [];
  let sum = 0;
  visitRow(coupling, row, (_, column, mass) => {
    columns.push(column);
    upTo.push((sum += mass));
  });
  return { row, columns, upTo };
}

/** The first column whose cumulative mass exceeds the given share of the row. */
function columnAt({ columns, upTo }: CumulativeRow, share: number): number {
  const target = share * upTo[upTo.length - 1];
  let low = 0;
  let high = columns.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (upTo[middle] > target) high = middle;
    else low = middle + 1;
  }
  return columns[low];
}
