import { exponential } from './exponential.js';
import { softMin } from './soft-min.js';

/** Rows of the Gibbs kernel over the largest of each, their sums and soft-mins. */
export function gibbsRows(
  costs: readonly (readonly number[])[],
  g: ArrayLike<number>,
  logWeights: ArrayLike<number>,
  epsilon: number,
): { terms: Float64Array[]; sums: Float64Array; softMins: Float64Array } {
  const terms = costs.map((row) => {
    const exponents = row.map((cost, j) => logWeights[j] + (g[j] - cost) / epsilon);
    const highest = Math.max(...exponents);
    return Float64Array.from(exponents, (each) => (highest > -Infinity ? exponential(each - highest) : 0));
  });
  const sums = Float64Array.from(terms, (row) => row.reduce((sum, term) => sum + term, 0));
  const softMins = Float64Array.from(costs, (row) => softMin(row, g, logWeights, epsilon));
  return { terms, sums, softMins };
}

/** Σ_j T_ij v_j of every row. */
export function gibbsRowSums(terms: readonly ArrayLike<number>[], scaling: ArrayLike<number>): Float64Array {
  return Float64Array.from(terms, (row) => Array.from(row).reduce((sum, term, j) => sum + term * scaling[j], 0));
}

/** Σ_i r_i T_ij of every column. */
export function gibbsColumnSums(
  terms: readonly ArrayLike<number>[],
  factors: ArrayLike<number>,
  columns: number,
): Float64Array {
  const sums = new Float64Array(columns);
  terms.forEach((row, i) => {
    for (let j = 0; j < columns; j++) sums[j] += factors[i] * row[j];
  });
  return sums;
}
