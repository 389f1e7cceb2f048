/** Row i sends all its mass to column `columns[i]`; every row carries the same mass. */
export interface PermutationCoupling {
  readonly kind: 'permutation';
  readonly rows: number;
  readonly columns: number;
  /** Column of each row, shape [rows]. */
  readonly columnOfRow: Int32Array;
  /** Mass of each pair. */
  readonly massPerPair: number;
}

/** A list of pairs with positive mass, ordered by row, then column. */
export interface SparseCoupling {
  readonly kind: 'sparse';
  readonly rows: number;
  readonly columns: number;
  /** Row of each entry, shape [entries]. */
  readonly rowIndex: Int32Array;
  /** Column of each entry, shape [entries]. */
  readonly columnIndex: Int32Array;
  /** Mass of each entry, shape [entries]. */
  readonly mass: Float64Array;
}

/** Every entry, row-major: the mass from row i to column j is `plan[i * columns + j]`. */
export interface DenseCoupling {
  readonly kind: 'dense';
  readonly rows: number;
  readonly columns: number;
  readonly plan: Float64Array;
}

/** P_ij = a_i b_j exp((f_i + g_j − c_ij)/ε), recomputed from potentials and geometry when asked: memory O(rows + columns). */
export interface ImplicitCoupling {
  readonly kind: 'implicit';
  readonly rows: number;
  readonly columns: number;
  readonly geometry: import('../geometry/geometry.js').Geometry;
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly f: Float64Array;
  readonly g: Float64Array;
  readonly epsilon: number;
}

/** A joint measure with given marginals. Plain data: `postMessage` works. */
export type Coupling = PermutationCoupling | SparseCoupling | DenseCoupling | ImplicitCoupling;
