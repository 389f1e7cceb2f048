// As much mass as the allowed pairs can carry, and where they cannot carry all of it, the rows that prove it. Other
// names: maximum flow in a bipartite network, Hall's condition, Gale's supply–demand theorem (1957). Augmenting paths
// by breadth-first search (Edmonds & Karp, Theoretical improvements in algorithmic efficiency, 1972) after a greedy
// start. O(rows · columns) for each row that the greedy start leaves unserved, times the paths it takes; no costs, no
// tolerances inside: flows are sums and differences of masses.
import type { MatrixGeometry } from '../geometry/geometry.js';
import { totalMass } from './total-mass.js';

/** A plan on allowed pairs that carries as much mass as they can. */
export interface AllowedFlow {
  readonly rowIndex: Int32Array;
  readonly columnIndex: Int32Array;
  readonly mass: Float64Array;
  /** Rows whose mass exceeds what all their allowed columns take; undefined where everything is carried. */
  readonly obstruction: Obstruction | undefined;
}

/** Rows and all the columns that are allowed to any of them: the mass of the first exceeds that of the second. */
export interface Obstruction {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly massOfRows: number;
  readonly massOfColumns: number;
}

/** Totals are taken to be equal up to this share, and so are those of parts that share no allowed pair with the rest. */
const MASS_TOLERANCE = 1e-9;

/** Carries masses a to masses b over the allowed pairs of a matrix. */
export function findAllowedFlow(geometry: MatrixGeometry, a: Float64Array, b: Float64Array): AllowedFlow {
  const network = new Network(geometry, a, b);
  network.fillGreedily();
  let obstruction: Obstruction | undefined;
  for (let i = 0; i < a.length && !obstruction; i++) obstruction = network.serve(i);
  return { ...network.entries(), obstruction };
}

class Network {
  readonly #geometry: MatrixGeometry;
  readonly #a: Float64Array;
  readonly #b: Float64Array;
  readonly #supply: Float64Array;
  readonly #demand: Float64Array;
  /** Mass that column j receives from each row. */
  readonly #inflow: Map<number, number>[];

  constructor(geometry: MatrixGeometry, a: Float64Array, b: Float64Array) {
    this.#geometry = geometry;
    this.#a = a;
    this.#b = b;
    this.#supply = a.slice();
    this.#demand = b.slice();
    this.#inflow = Array.from(b, () => new Map<number, number>());
  }

  fillGreedily(): void {
    for (let i = 0; i < this.#a.length; i++) {
      for (let j = 0; j < this.#b.length && this.#supply[i] > 0; j++) {
        if (this.#demand[j] > 0 && this.#isAllowed(i, j)) this.#push(i, [[i, j]], j);
      }
    }
  }

  /** Sends what is left of a row along augmenting paths; what then proves that more than rounding is left. */
  serve(row: number): Obstruction | undefined {
    while (this.#supply[row] > 0) {
      const { rows, columns, path } = this.#search(row);
      if (!path) return this.#excessOf(rows, columns);
      this.#push(row, path, path[0][1]);
    }
    return undefined;
  }

  entries(): Pick<AllowedFlow, 'rowIndex' | 'columnIndex' | 'mass'> {
    const entries = this.#inflow.flatMap((masses, j) => [...masses].map(([i, mass]) => ({ i, j, mass })));
    return {
      rowIndex: Int32Array.from(entries, ({ i }) => i),
      columnIndex: Int32Array.from(entries, ({ j }) => j),
      mass: Float64Array.from(entries, ({ mass }) => mass),
    };
  }

  #isAllowed(i: number, j: number): boolean {
    return this.#geometry.costs[i * this.#geometry.columns + j] < Infinity;
  }

  /**
   * Breadth first from a row: over allowed pairs to columns, from a column back to the rows that fill it. Ends at the
   * first column that still wants mass; its path is a list of pairs, the last one first.
   */
  #search(from: number): { rows: number[]; columns: number[]; path?: [i: number, j: number][] } {
    const rowBefore = new Map<number, number>();
    const columnBefore = new Map<number, number>([[from, -1]]);
    const rows = [from];
    for (const i of rows) {
      for (let j = 0; j < this.#b.length; j++) {
        if (this.#b[j] === 0 || rowBefore.has(j) || !this.#isAllowed(i, j)) continue;
        rowBefore.set(j, i);
        if (this.#demand[j] > 0) return { rows, columns: [], path: pathTo(j, rowBefore, columnBefore) };
        for (const other of this.#inflow[j].keys()) {
          if (columnBefore.has(other)) continue;
          columnBefore.set(other, j);
          rows.push(other);
        }
      }
    }
    return { rows, columns: [...rowBefore.keys()] };
  }

  /** Moves as much as the row has, the path lets through and the column wants. */
  #push(row: number, path: readonly [i: number, j: number][], column: number): void {
    let moved = Math.min(this.#supply[row], this.#demand[column]);
    for (let at = 0; at + 1 < path.length; at++) {
      moved = Math.min(moved, this.#inflow[path[at + 1][1]].get(path[at][0])!);
    }
    for (let at = 0; at < path.length; at++) {
      const [i, j] = path[at];
      this.#inflow[j].set(i, (this.#inflow[j].get(i) ?? 0) + moved);
      if (at + 1 === path.length) continue;
      const given = this.#inflow[path[at + 1][1]];
      const left = given.get(i)! - moved;
      if (left > 0) given.set(i, left);
      else given.delete(i);
    }
    this.#supply[row] -= moved;
    this.#demand[column] -= moved;
  }

  #excessOf(rows: readonly number[], columns: readonly number[]): Obstruction | undefined {
    const massOfRows = totalMass(rows.map((i) => this.#a[i]));
    const massOfColumns = totalMass(columns.map((j) => this.#b[j]));
    if (massOfRows - massOfColumns <= MASS_TOLERANCE * massOfRows) return undefined;
    const ascending = (values: readonly number[]): number[] => [...values].sort((p, q) => p - q);
    return { rows: ascending(rows), columns: ascending(columns), massOfRows, massOfColumns };
  }
}

function pathTo(
  column: number,
  rowBefore: ReadonlyMap<number, number>,
  columnBefore: ReadonlyMap<number, number>,
): [i: number, j: number][] {
  const path: [i: number, j: number][] = [];
  for (let j = column; j >= 0;) {
    const i = rowBefore.get(j)!;
    path.push([i, j]);
    j = columnBefore.get(i)!;
  }
  return path;
}
