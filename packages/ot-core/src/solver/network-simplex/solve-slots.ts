// What the kernels call the arrays and numbers of a solve.

/** Arrays. */
export const Slot = {
  a: 0,
  b: 1,
  x: 2,
  y: 3,
  costs: 4,
  sourceIds: 5,
  sinkIds: 6,
  entrySources: 7,
  entrySinks: 8,
  entryMasses: 9,
  f: 10,
  g: 11,
} as const;

/** Numbers. */
export const Quantity = {
  level: 0,
  levels: 1,
  n: 2,
  m: 3,
  pivots: 4,
  hasPlan: 5,
  primal: 6,
  units: 7,
  bound: 11,
  proof: 12,
} as const;

/** What the kernels say of potentials. */
export const Standing = [undefined, 'coarse', 'feasible', 'optimal'] as const;
