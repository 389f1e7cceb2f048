import type { PairBatch } from './pairing.js';

/** The pairs whose start i goes with end `rows[i]` instead, classes of the ends included. */
export function takeEnds({ x0, x1, label }: PairBatch, rows: Int32Array): PairBatch {
  const dim = x1.length / rows.length;
  const taken = new Float64Array(x1.length);
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < dim; k++) taken[i * dim + k] = x1[rows[i] * dim + k];
  }
  return { x0, x1: taken, ...(label && { label: rows.map((row) => label[row]) }) };
}
