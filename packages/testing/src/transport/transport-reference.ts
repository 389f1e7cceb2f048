// An exact transport solver that shares no idea with a network simplex: successive shortest paths with potentials.
// Other names: primal-dual, Hungarian method for transport. Ahuja, Magnanti & Orlin, Network Flows (1993), § 9.7.
// O(rows · columns) a path, at least rows + columns paths: for up to about 100 points.

/** What {@link solveTransportReference} finds. */
export interface ReferencePlan {
  /** The least cost. */
  readonly cost: number;
  /** An optimal plan, row-major, shape [rows, columns]. */
  readonly plan: Float64Array;
  /** Optimal potential of the rows: f_i + g_j ≤ c_ij, with equality where the plan has mass. */
  readonly f: Float64Array;
  /** Optimal potential of the columns. */
  readonly g: Float64Array;
  /** Mass that the allowed pairs cannot carry, up to rounding of the masses; the plan then is not optimal. */
  readonly missing: number;
}

interface Search {
  readonly reachedRow: Float64Array;
  readonly reachedColumn: Float64Array;
  readonly rowBefore: Int32Array;
  readonly columnBefore: Int32Array;
  readonly sink: number;
}

/**
 * Solves a balanced transport problem with any costs, +∞ where a pair is forbidden, and any masses, exactly up to
 * rounding.
 *
 * @param costs - row-major, shape [a.length, b.length]
 * @param a - masses of the rows, >= 0
 * @param b - masses of the columns, >= 0, with the same total up to rounding
 * @returns an optimal plan with optimal potentials
 */
export function solveTransportReference(costs: Float64Array, a: Float64Array, b: Float64Array): ReferencePlan {
  const columns = b.length;
  const plan = new Float64Array(costs.length);
  const f = new Float64Array(a.length);
  const g = Float64Array.from(b, (_, j) => {
    const least = a.reduce((soFar, _mass, i) => Math.min(soFar, costs[i * columns + j]), Infinity);
    return least === Infinity ? 0 : least;
  });
  const supply = a.slice();
  const demand = b.slice();
  // Totals that differ in the last bits would leave dust that no column can take.
  const dust = 1e-15 * a.reduce((sum, mass) => sum + mass, 0);
  for (let row = 0; row < a.length; row++) {
    while (supply[row] > (a[row] > 2 * dust ? dust : 0)) {
      const search = shortestPath(row, costs, plan, f, g, demand);
      if (search === undefined) break;
      raisePotentials(search, f, g);
      augment(search, row, plan, supply, demand);
    }
  }
  const cost = plan.reduce((sum, mass, at) => (mass > 0 ? sum + mass * costs[at] : sum), 0);
  return { cost, plan, f, g, missing: supply.reduce((sum, mass) => sum + mass, 0) };
}

/** Dijkstra in reduced costs c_ij − f_i − g_j, from one row to the nearest column that still wants mass. */
function shortestPath(
  from: number,
  costs: Float64Array,
  plan: Float64Array,
  f: Float64Array,
  g: Float64Array,
  demand: Float64Array,
): Search | undefined {
  const rows = f.length;
  const columns = g.length;
  const reachedRow = new Float64Array(rows).fill(Infinity);
  const reachedColumn = new Float64Array(columns).fill(Infinity);
  const rowBefore = new Int32Array(columns).fill(-1);
  const columnBefore = new Int32Array(rows).fill(-1);
  const distance = new Float64Array(columns).fill(Infinity);
  const relax = (row: number, soFar: number): void => {
    reachedRow[row] = soFar;
    for (let j = 0; j < columns; j++) {
      const through = soFar + Math.max(0, costs[row * columns + j] - f[row] - g[j]);
      if (through >= distance[j]) continue;
      distance[j] = through;
      rowBefore[j] = row;
    }
  };
  relax(from, 0);
  for (;;) {
    let nearest = -1;
    for (let j = 0; j < columns; j++) {
      if (reachedColumn[j] === Infinity && (nearest < 0 || distance[j] < distance[nearest])) nearest = j;
    }
    if (nearest < 0 || distance[nearest] === Infinity) return undefined;
    reachedColumn[nearest] = distance[nearest]!;
    if (demand[nearest] > 0) return { reachedRow, reachedColumn, rowBefore, columnBefore, sink: nearest };
    for (let i = 0; i < rows; i++) {
      if (plan[i * columns + nearest] === 0 || reachedRow[i] !== Infinity) continue;
      columnBefore[i] = nearest;
      relax(i, distance[nearest]);
    }
  }
}

/** Keeps every reduced cost ≥ 0 and makes those along the path 0. */
function raisePotentials({ reachedRow, reachedColumn, sink }: Search, f: Float64Array, g: Float64Array): void {
  const reach = reachedColumn[sink];
  for (let i = 0; i < f.length; i++) if (reachedRow[i] < reach) f[i] += reach - reachedRow[i];
  for (let j = 0; j < g.length; j++) if (reachedColumn[j] < reach) g[j] -= reach - reachedColumn[j];
}

function augment(
  { rowBefore, columnBefore, sink }: Search,
  from: number,
  plan: Float64Array,
  supply: Float64Array,
  demand: Float64Array,
): void {
  const columns = demand.length;
  let moved = Math.min(supply[from], demand[sink]);
  for (let row = rowBefore[sink]; row !== from; row = rowBefore[columnBefore[row]]!) {
    moved = Math.min(moved, plan[row * columns + columnBefore[row]]);
  }
  for (let column = sink; ;) {
    const row = rowBefore[column];
    plan[row * columns + column] += moved;
    if (row === from) break;
    column = columnBefore[row]!;
    plan[row * columns + column] -= moved;
  }
  supply[from] -= moved;
  demand[sink] -= moved;
}
