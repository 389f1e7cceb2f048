// The proof of optimality of a plan. Linear-programming duality; Peyré & Cuturi, Computational Optimal Transport
// (2019), § 2.5.
import { checkFiniteArray, checkLength } from '@brenier/errors';
import { checkCouplingShape } from '../coupling/check-coupling.js';
import type { Coupling } from '../coupling/coupling.js';
import { checkProblem } from '../problem/check-problem.js';
import type { TransportProblem } from '../problem/transport-problem.js';
import { auditPlan } from './audit-plan.js';
import type { Certificate } from './certificate.js';
import { CompensatedSum } from './compensated-sum.js';
import { sweepPairs } from './sweep-pairs.js';

/**
 * Checks a plan and a pair of potentials against a problem, from nothing but their numbers.
 *
 * For every feasible plan Q, ⟨C,Q⟩ ≥ Σ a_i f_i + Σ b_j g_j − M · max(worstViolation, 0), because Σ Q_ij c_ij ≥ Σ Q_ij
 * (f_i + g_j − worstViolation). A plan P with `marginalError` 0 and `smallestMass` ≥ 0 therefore costs at most `gap` +
 * M · max(worstViolation, 0) more than the optimum. All pairs count, with the cost in float64 from coordinate
 * differences, so a common offset of the clouds loses no digits; primal and dual are summed as if in twice the
 * precision, so that `gap` is the gap of the numbers given, not of their rounding.
 *
 * Forbidden pairs, of cost +∞, restrict no potential and do not count as the largest cost; a plan with mass on one costs
 * +∞.
 *
 * Cost O(rows · columns · dim) time: about dim / 16 ns a pair for squared distances, where float32 products with a bound
 * of their error leave out pairs that cannot matter. About O(n log n) for large clouds in at most three dimensions (11,000
 * points of the plane, 1000 under the plain distance), where whole blocks of pairs are left out. No bound leaves a bit to
 * chance. Memory O((rows + columns) · dim).
 *
 * @param problem - what was asked
 * @param coupling - the plan, of any kind
 * @param f - potential of the rows, shape [rows]
 * @param g - potential of the columns, shape [columns]
 * @returns the certificate; plain data
 * @throws TypeError where `coupling` is none; RangeError where shapes differ, a potential is not finite, or the
 *   coupling names a row or column that does not exist
 *
 * @example
 * A plan that crosses is feasible, but the dual shows that it can be improved.
 * ```ts
 * import { certifyExact, createTransportProblem, pointClouds } from '@brenier/ot-core';
 *
 * const problem = createTransportProblem(pointClouds([[0], [1]], [[0], [1]]));
 * const columnOfRow = new Int32Array([1, 0]);
 * const crossed = { kind: 'permutation', rows: 2, columns: 2, columnOfRow, massPerPair: 0.5 } as const;
 * const certificate = certifyExact(problem, crossed, new Float64Array(2), new Float64Array(2));
 * certificate.gap; // => 1
 * certificate.worstViolation; // => 0
 * ```
 */
export function certifyExact(
  problem: TransportProblem,
  coupling: Coupling,
  f: Float64Array,
  g: Float64Array,
): Certificate {
  const { geometry, a, b } = checkProblem('problem', problem);
  checkCouplingShape(coupling, geometry.rows, geometry.columns);
  checkFiniteArray('f', checkLength('f', f, geometry.rows));
  checkFiniteArray('g', checkLength('g', g, geometry.columns));
  const { primal, marginalError, smallestMass } = auditPlan(problem, coupling);
  const dual = new CompensatedSum();
  for (let i = 0; i < f.length; i++) dual.addProduct(a[i], f[i]);
  for (let j = 0; j < g.length; j++) dual.addProduct(b[j], g[j]);
  const { worstViolation, largestCost } = sweepPairs(geometry, f, g, coupling);
  return {
    primal: primal.value,
    dual: dual.value,
    gap: primal.minus(dual),
    worstViolation,
    marginalError,
    smallestMass,
    largestCost,
  };
}
