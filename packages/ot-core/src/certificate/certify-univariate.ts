import { argsortFloat64 } from '@brenier/kernels';
import type { SparseCoupling } from '../coupling/coupling.js';
import { powerCost } from '../solver/power-cost.js';
import type { UnivariateProblem } from '../solver/univariate.js';
import type { Certificate } from './certificate.js';
import { CompensatedSum } from './compensated-sum.js';

/**
 * The proof of an answer on the line, over all pairs in O((n + m) log(n + m)) instead of O(n m).
 *
 * Subtracting g_j from the columns keeps the Monge property of the sorted costs, so the column that minimises c_ij −
 * g_j does not decrease with i (Aggarwal, Klawe, Moran, Shor & Wilber 1987): divide and conquer finds all row minima,
 * and `worstViolation` = max_i (f_i − min_j (c_ij − g_j)) covers every pair.
 */
export function certifyUnivariate(
  problem: UnivariateProblem,
  coupling: SparseCoupling,
  f: Float64Array,
  g: Float64Array,
): Certificate {
  const { x, y, a, b, p } = problem;
  const costOf = powerCost(p);
  const primal = new CompensatedSum();
  for (let k = 0; k < coupling.mass.length; k++) {
    primal.addProduct(coupling.mass[k], costOf(x[coupling.rowIndex[k]] - y[coupling.columnIndex[k]]));
  }
  const dual = new CompensatedSum();
  for (let i = 0; i < a.length; i++) dual.addProduct(a[i], f[i]);
  for (let j = 0; j < b.length; j++) dual.addProduct(b[j], g[j]);
  return {
    primal: primal.value,
    dual: dual.value,
    gap: primal.minus(dual),
    worstViolation: worstViolation(x, y, f, g, costOf),
    marginalError: Math.max(
      largestDeviation(coupling.rowIndex, coupling.mass, a),
      largestDeviation(coupling.columnIndex, coupling.mass, b),
    ),
    smallestMass: coupling.mass.reduce((least, mass) => Math.min(least, mass), Infinity),
    largestCost: largestUnivariateCost(x, y, p),
  };
}

/** The largest |x_i − y_j|^p, which the ends of the two sets attain. */
export function largestUnivariateCost(x: Float64Array, y: Float64Array, p: number): number {
  const lowest = (values: Float64Array): number => values.reduce((low, value) => Math.min(low, value), Infinity);
  const highest = (values: Float64Array): number => values.reduce((high, value) => Math.max(high, value), -Infinity);
  return powerCost(p)(Math.max(highest(x) - lowest(y), highest(y) - lowest(x)));
}

function worstViolation(
  x: Float64Array,
  y: Float64Array,
  f: Float64Array,
  g: Float64Array,
  costOf: (difference: number) => number,
): number {
  const rows = increasingOrder(x);
  const columns = increasingOrder(y);
  let worst = -Infinity;
  // Each range of rows with the range of columns that holds its minima; the depth is log2 of the rows.
  const visit = (firstRow: number, lastRow: number, firstColumn: number, lastColumn: number): void => {
    if (firstRow > lastRow) return;
    const middle = (firstRow + lastRow) >> 1;
    const row = rows[middle];
    let least = Infinity;
    let leastAt = firstColumn;
    for (let k = firstColumn; k <= lastColumn; k++) {
      const slack = costOf(x[row] - y[columns[k]]) - g[columns[k]];
      if (slack < least) [least, leastAt] = [slack, k];
    }
    worst = Math.max(worst, f[row] - least);
    visit(firstRow, middle - 1, firstColumn, leastAt);
    visit(middle + 1, lastRow, leastAt, lastColumn);
  };
  visit(0, rows.length - 1, 0, columns.length - 1);
  return worst;
}

/** The solver's radix sort; whether it sorted is checked here, in O(n). */
function increasingOrder(values: Float64Array): Int32Array {
  const order = argsortFloat64(values);
  for (let k = 1; k < order.length; k++) {
    if (!(values[order[k - 1]] <= values[order[k]]))
      throw new Error(`The values at places ${k - 1} and ${k} are out of order`);
  }
  return order;
}

function largestDeviation(index: Int32Array, mass: Float64Array, expected: Float64Array): number {
  const marginal = new Float64Array(expected.length);
  for (let k = 0; k < mass.length; k++) marginal[index[k]] += mass[k];
  return marginal.reduce((worst, value, i) => Math.max(worst, Math.abs(value - expected[i])), 0);
}
