// Drawing one end for every start: what turns the plan of a minibatch into pairs of which each start has one.
import { checkRng, type Rng } from '@brenier/random';
import { createGibbsRows } from '../solver/sinkhorn/gibbs-rows.js';
import { checkEntries } from './check-coupling.js';
import type { Coupling, ImplicitCoupling } from './coupling.js';
import { visitRow } from './visit-entries.js';

/**
 * Draws one column for every row i, each from the row's own law P_ij / Σ_j P_ij, independently of the others.
 *
 * Over uniform rows the pairs (i, column i) are a stratified sample of the plan: as many as there are rows, every row
 * once, and each column as often as its mass says in the mean. {@link samplePairs} draws the rows too. Over a
 * permutation it is the permutation. Cost O(rows + entries) for permutations and sparse couplings, O(rows · columns)
 * time and O(columns) memory for others; an implicit coupling needs its potential g alone.
 *
 * @param rng - where the randomness comes from; one uniform number a row
 * @param coupling - of any kind, with mass in every row
 * @returns the column of each row, shape [rows]
 * @throws TypeError where `rng` or `coupling` is none; RangeError where a row carries no mass
 *
 * @example
 * At a small ε every point goes to its nearest one.
 * ```ts
 * import { sampleColumns, sinkhorn } from '@brenier/ot-core';
 * import { createRng } from '@brenier/random';
 *
 * const { coupling } = sinkhorn([[0], [10]], [[11], [1]], { epsilon: 0.1 });
 * sampleColumns(createRng(0), coupling); // => new Int32Array([1, 0])
 * ```
 */
export function sampleColumns(rng: Rng, coupling: Coupling): Int32Array {
  checkRng('rng', rng);
  checkEntries(coupling);
  if (coupling.kind === 'permutation') return coupling.columnOfRow.slice();
  const shares = Float64Array.from({ length: coupling.rows }, () => rng.uniform());
  if (coupling.kind === 'implicit') return columnsOfTerms(coupling, shares);
  return Int32Array.from(shares, (share, row) => columnOfEntries(coupling, row, share));
}

/** The law of a row is proportional to b_j exp((g_j − c_ij)/ε): the terms of a Sinkhorn sweep, made by its kernel. */
function columnsOfTerms(
  { geometry, rows, columns, a, b, g, epsilon }: ImplicitCoupling,
  shares: Float64Array,
): Int32Array {
  const empty = a.indexOf(0);
  if (empty >= 0) refuseEmptyRow(empty);
  const terms = createGibbsRows({ geometry, b }, 0);
  const drawn = new Int32Array(rows);
  try {
    terms.g.set(g);
    const block = terms.blockOf(true);
    for (let first = 0; first < rows; first += block) {
      const count = Math.min(block, rows - first);
      terms.build(first, count, epsilon);
      const built = terms.terms(first, count);
      for (let i = 0; i < count; i++) {
        const row = first + i;
        const start = i * terms.stride;
        drawn[row] = columnAt(built.subarray(start, start + columns), shares[row] * terms.sums[row]);
      }
    }
  } finally {
    terms.dispose();
  }
  return drawn;
}

function columnOfEntries(coupling: Coupling, row: number, share: number): number {
  const columns: number[] = [];
  const masses: number[] = [];
  let sum = 0;
  visitRow(coupling, row, (_, column, mass) => {
    columns.push(column);
    masses.push(mass);
    sum += mass;
  });
  if (!(sum > 0)) refuseEmptyRow(row);
  return columns[columnAt(masses, share * sum)];
}

/**
 * The first place whose cumulative mass exceeds the target; the last one with mass where rounding made the sum smaller
 * than it was.
 */
function columnAt(masses: ArrayLike<number>, target: number): number {
  let cumulative = 0;
  let last = 0;
  for (let at = 0; at < masses.length; at++) {
    if (masses[at] === 0) continue;
    cumulative += masses[at];
    last = at;
    if (cumulative > target) break;
  }
  return last;
}

function refuseEmptyRow(row: number): never {
  throw new RangeError(`"coupling" expected mass in every row, got none in row ${row}`);
}
