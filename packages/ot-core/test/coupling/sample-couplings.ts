import type { DenseCoupling, ImplicitCoupling, PermutationCoupling, SparseCoupling } from '../../src/index.js';
import { pointClouds } from '../../src/index.js';

/** 0 → 2, 1 → 0, 2 → 1, a third of the mass each. */
export const permutation: PermutationCoupling = {
  kind: 'permutation',
  rows: 3,
  columns: 3,
  columnOfRow: Int32Array.of(2, 0, 1),
  massPerPair: 1 / 3,
};

/** Row 1 carries nothing. */
export const sparse: SparseCoupling = {
  kind: 'sparse',
  rows: 3,
  columns: 2,
  rowIndex: Int32Array.of(0, 0, 2),
  columnIndex: Int32Array.of(0, 1, 1),
  mass: Float64Array.of(0.25, 0.25, 0.5),
};

/** The same plan as {@link sparse}. */
export const dense: DenseCoupling = {
  kind: 'dense',
  rows: 3,
  columns: 2,
  plan: Float64Array.of(0.25, 0.25, 0, 0, 0, 0.5),
};

/** f = g = 0, ε = 1: P = a⊗b · exp(−c). Column 1 has no mass. */
export const implicit: ImplicitCoupling = {
  kind: 'implicit',
  rows: 2,
  columns: 3,
  geometry: pointClouds([[0], [1]], [[0], [1], [2]]),
  a: Float64Array.of(0.5, 0.5),
  b: Float64Array.of(0.5, 0, 0.5),
  f: new Float64Array(2),
  g: new Float64Array(3),
  epsilon: 1,
};
