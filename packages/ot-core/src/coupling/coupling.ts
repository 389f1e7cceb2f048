import type { Geometry } from '../geometry/geometry.js';

/** Row i sends all its mass to column `columns[i]`; every row carries the same mass. */
export interface PermutationCoupling {
  /** Tells the kinds of coupling apart. */
  readonly kind: 'permutation';
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** Column of each row, shape [rows]. */
  readonly columnOfRow: Int32Array;
  /** Mass of each pair. */
  readonly massPerPair: number;
}

/** A list of pairs with positive mass, ordered by row, then column, each pair once. */
export interface SparseCoupling {
  /** Tells the kinds of coupling apart. */
  readonly kind: 'sparse';
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
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
  /** Tells the kinds of coupling apart. */
  readonly kind: 'dense';
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** Mass of every pair, shape [rows, columns]. */
  readonly plan: Float64Array;
}

/**
 * P_ij = a_i b_j exp((f_i + g_j − c_ij)/ε), recomputed from potentials and geometry when asked: memory O(rows +
 * columns).
 */
export interface ImplicitCoupling {
  /** Tells the kinds of coupling apart. */
  readonly kind: 'implicit';
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** Where the costs c_ij come from. */
  readonly geometry: Geometry;
  /** Masses of the rows, shape [rows]; the plan's own marginal equals it once the method has converged. */
  readonly a: Float64Array;
  /** Masses of the columns, shape [columns]. */
  readonly b: Float64Array;
  /** Potential of the rows, shape [rows]. */
  readonly f: Float64Array;
  /** Potential of the columns, shape [columns]. */
  readonly g: Float64Array;
  /** Weight of KL(P | a⊗b), in units of cost, > 0. */
  readonly epsilon: number;
}

/** A joint measure with given marginals. Plain data: `postMessage` works. */
export type Coupling = PermutationCoupling | SparseCoupling | DenseCoupling | ImplicitCoupling;
