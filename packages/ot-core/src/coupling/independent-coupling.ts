import { checkNumericArray, checkWeights, type NumericArray } from '@brenier/errors';
import { checkEqualMass, totalMass } from '../problem/total-mass.js';
import type { DenseCoupling } from './coupling.js';

/**
 * The coupling that ignores all costs: P_ij = a_i b_j / M, where M is the common total mass.
 *
 * Time and memory O(rows · columns).
 *
 * @param a - masses of the rows, shape [rows], >= 0
 * @param b - masses of the columns, shape [columns], >= 0, of the same total within 1e-9 relatively
 * @returns the product measure, dense
 * @throws TypeError where weights are no numbers; RangeError where one is negative or not finite, all are zero, or the
 *   totals differ
 *
 * @example
 * Every row sends the same share to each column.
 * ```ts
 * import { independentCoupling } from '@brenier/ot-core';
 *
 * independentCoupling([0.5, 0.5], [0.25, 0.75]).plan; // => new Float64Array([0.125, 0.375, 0.125, 0.375])
 * ```
 */
export function independentCoupling(a: NumericArray, b: NumericArray): DenseCoupling {
  const massOfA = totalMass(checkWeights('a', checkNumericArray('a', a)));
  const massOfB = totalMass(checkWeights('b', checkNumericArray('b', b)));
  checkEqualMass(massOfA, massOfB);
  const plan = new Float64Array(a.length * b.length);
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) plan[i * b.length + j] = a[i] * (b[j] / massOfB);
  }
  return { kind: 'dense', rows: a.length, columns: b.length, plan };
}
