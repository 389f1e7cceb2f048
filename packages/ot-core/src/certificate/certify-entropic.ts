// The audit of an entropic plan given by its potentials. Peyré & Cuturi, Computational Optimal Transport (2019), § 4.4.
import { exp } from '@brenier/elementary';
import { checkFiniteArray, checkLength, checkPositive } from '@brenier/errors';
import { fillCostRow } from '../geometry/cost-row.js';
import { checkProblem } from '../problem/check-problem.js';
import type { TransportProblem } from '../problem/transport-problem.js';
import type { Certificate } from './certificate.js';
import { CompensatedSum } from './compensated-sum.js';

/** The certificate of an entropic plan P_ij = a_i b_j exp((f_i + g_j − c_ij)/ε). */
export interface EntropicCertificate extends Certificate {
  /** ⟨C,P⟩ + ε KL(P | a⊗b), with KL(P | Q) = Σ P log(P/Q) − ΣP + ΣQ: what Sinkhorn minimises. */
  readonly objective: number;
}

/**
 * Recomputes an entropic plan from its potentials in float64, pair by pair, and measures it.
 *
 * `dual` is Σ a_i f_i + Σ b_j g_j − ε Σ_ij (P_ij − a_i b_j), a lower bound of the entropic optimum for any potentials.
 * `gap` is `objective` − `dual` = Σ_i (P1 − a)_i f_i + Σ_j (Pᵀ1 − b)_j g_j: it vanishes as the marginals close, and may
 * be negative before, since an infeasible plan can be cheaper than every feasible one. `worstViolation` is, as for
 * exact OT, max f_i + g_j − c_ij, usually > 0; so Σ a_i f_i + Σ b_j g_j − M · worstViolation bounds the unregularised
 * optimum from below.
 *
 * Cost O(rows · columns · dim) time with one exponential a pair, O(rows + columns) memory.
 *
 * @param problem - what was asked
 * @param f - potential of the rows, shape [rows], finite (its value where a_i = 0 only enters `worstViolation`)
 * @param g - potential of the columns, shape [columns], finite
 * @param epsilon - weight of KL(P | a⊗b), in units of cost, > 0
 * @returns the certificate; plain data
 * @throws TypeError or RangeError where a shape differs, a potential is not finite, or `epsilon` is not above 0
 *
 * @example
 * With potentials zero and ε = 1, the plan is a⊗b times e⁻ᶜ.
 * ```ts
 * import { certifyEntropic, costMatrix, createTransportProblem } from '@brenier/ot-core';
 *
 * const problem = createTransportProblem(costMatrix([[0, 1], [1, 0]]));
 * certifyEntropic(problem, new Float64Array(2), new Float64Array(2), 1).worstViolation; // => 0
 * ```
 */
export function certifyEntropic(
  problem: TransportProblem,
  f: Float64Array,
  g: Float64Array,
  epsilon: number,
): EntropicCertificate {
  const { geometry, a, b, mass } = checkProblem('problem', problem);
  checkFiniteArray('f', checkLength('f', f, geometry.rows));
  checkFiniteArray('g', checkLength('g', g, geometry.columns));
  checkPositive('epsilon', epsilon);
  const primal = new CompensatedSum();
  const planMass = new CompensatedSum();
  const gap = new CompensatedSum();
  const costs = new Float64Array(geometry.columns);
  const massOfColumn = new Float64Array(geometry.columns);
  let worstViolation = -Infinity;
  let largestCost = 0;
  let smallestMass = Infinity;
  let marginalError = 0;
  for (let i = 0; i < geometry.rows; i++) {
    fillCostRow(geometry, i, costs);
    // Within a row, plain sums of terms of one sign lose nothing that matters; across rows the sums are compensated.
    let massOfRow = 0;
    let costOfRow = 0;
    for (let j = 0; j < geometry.columns; j++) {
      const cost = costs[j];
      const violation = f[i] + g[j] - cost;
      if (violation > worstViolation) worstViolation = violation;
      const moved = a[i] === 0 || b[j] === 0 ? 0 : a[i] * b[j] * exp(violation / epsilon);
      if (!(moved >= smallestMass)) smallestMass = moved; // lets NaN through
      if (cost === Infinity) continue; // forbidden: no mass
      if (Math.abs(cost) > largestCost) largestCost = Math.abs(cost);
      massOfRow += moved;
      costOfRow += moved * cost;
      massOfColumn[j] += moved;
    }
    primal.add(costOfRow);
    planMass.add(massOfRow);
    gap.addProduct(massOfRow - a[i], f[i]);
    marginalError = Math.max(marginalError, Math.abs(massOfRow - a[i]));
  }
  for (let j = 0; j < geometry.columns; j++) {
    gap.addProduct(massOfColumn[j] - b[j], g[j]);
    marginalError = Math.max(marginalError, Math.abs(massOfColumn[j] - b[j]));
  }
  const dual = dualValue(problem, f, g, epsilon, planMass.value - mass * mass);
  return {
    primal: primal.value,
    dual,
    gap: gap.value,
    objective: dual + gap.value,
    worstViolation,
    marginalError,
    smallestMass,
    largestCost,
  };
}

function dualValue(
  { a, b }: TransportProblem,
  f: Float64Array,
  g: Float64Array,
  epsilon: number,
  excess: number,
): number {
  const dual = new CompensatedSum();
  for (let i = 0; i < f.length; i++) dual.addProduct(a[i], f[i]);
  for (let j = 0; j < g.length; j++) dual.addProduct(b[j], g[j]);
  dual.addProduct(-epsilon, excess);
  return dual.value;
}
