// What a caller knows of a similar problem, checked and put in the order the kernels want.
import { checkFiniteArray, checkLength, checkNumericArray, describeValue, type NumericArray } from '@brenier/errors';
import { checkCouplingShape, checkEntries } from '../../coupling/check-coupling.js';
import type { Coupling } from '../../coupling/coupling.js';
import { visitEntries } from '../../coupling/visit-entries.js';
import type { TransportProblem } from '../../problem/transport-problem.js';

/**
 * Where a solve of {@link networkSimplex} begins: potentials, a plan, or both. The result of a similar problem of the same
 * shape is one. None of it need be feasible, or good: it decides how long the solve takes, never where it ends.
 */
export interface NetworkSimplexStart {
  /** Potentials of the rows, shape [rows]; used where those of the larger side are all there is. */
  readonly f?: NumericArray;
  /** Potentials of the columns, shape [columns]. The solve needs those of the side with fewer points. */
  readonly g?: NumericArray;
  /** A plan, from whose entries the first tree is made. */
  readonly coupling?: Coupling;
}

/** Entries of a plan; each leaves what is left of it a forest, as far as it is one. */
export interface PlanOrder {
  readonly rowIndex: Int32Array;
  readonly columnIndex: Int32Array;
}

/** Refuses what is no start at all. */
export function checkStart(start: NetworkSimplexStart): NetworkSimplexStart {
  const { f, g, coupling } = start ?? {};
  if (f === undefined && g === undefined && coupling === undefined) {
    throw new TypeError(`"start" expected potentials "f" or "g" or a "coupling", got ${describeValue(start)}`);
  }
  if (f !== undefined) checkFiniteArray('start.f', checkNumericArray('start.f', f));
  if (g !== undefined) checkFiniteArray('start.g', checkNumericArray('start.g', g));
  if (coupling !== undefined) checkEntries(coupling);
  return start;
}

/** Refuses a start of another shape than the problem's. */
export function checkStartShape({ f, g, coupling }: NetworkSimplexStart, { geometry }: TransportProblem): void {
  if (f !== undefined) checkLength('start.f', f, geometry.rows);
  if (g !== undefined) checkLength('start.g', g, geometry.columns);
  if (coupling !== undefined) checkCouplingShape(coupling, geometry.rows, geometry.columns);
}

/**
 * The entries that carry mass between rows and columns that have some, leaves first: an entry that is the last one of
 * its row or column moves all that is left there, so that a plan without cycles is found again exactly. Entries on
 * cycles come last. O(rows + columns + entries).
 */
export function orderPlan(coupling: Coupling, { a, b }: TransportProblem): PlanOrder {
  const rows: number[] = [];
  const columns: number[] = [];
  visitEntries(coupling, (row, column, mass) => {
    if (!(mass > 0 && a[row] > 0 && b[column] > 0)) return;
    rows.push(row);
    columns.push(column);
  });
  const order = leavesFirst(rows, columns, a.length, b.length);
  return { rowIndex: order.map((e) => rows[e]), columnIndex: order.map((e) => columns[e]) };
}

function leavesFirst(rows: readonly number[], columns: readonly number[], n: number, m: number): Int32Array {
  const count = rows.length;
  // Of each row and column: how many entries are left, and the exclusive or of their numbers, which names the last one.
  const degree = new Int32Array(n + m);
  const name = new Int32Array(n + m);
  const touch = (e: number, change: 1 | -1): void => {
    for (const end of [rows[e], n + columns[e]]) {
      degree[end] += change;
      name[end] ^= e;
    }
  };
  for (let e = 0; e < count; e++) touch(e, 1);
  const order = new Int32Array(count);
  const isTaken = new Uint8Array(count);
  let taken = 0;
  for (let start = 0; start < n + m; start++) {
    for (let end = start; degree[end] === 1;) {
      const e = name[end];
      order[taken++] = e;
      isTaken[e] = 1;
      touch(e, -1);
      end = end === rows[e] ? n + columns[e] : rows[e];
    }
  }
  for (let e = 0; e < count; e++) if (!isTaken[e]) order[taken++] = e;
  return order;
}
