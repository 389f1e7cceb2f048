// The certificate of a solve that was stopped: everything about the plan, and the best lower bound at hand.
import type { Coupling } from '../coupling/coupling.js';
import type { TransportProblem } from '../problem/transport-problem.js';
import { auditPlan } from './audit-plan.js';
import { CompensatedSum } from './compensated-sum.js';
import type { ExactCertificate } from './exact-certificate.js';

/** What is known from below. */
export interface StoppedBound {
  readonly proof: 'potentials' | 'coarse-level';
  /** Σ a_i f_i + Σ b_j g_j, or what the coarse level gives. */
  readonly value: number;
  /** What rounding may have added to it. */
  readonly margin: number;
  /** No |c_ij| of an allowed pair is larger. */
  readonly largestCost: number;
}

/** Audits the plan and takes the bound at its word. O(entries · dim): nothing grows with the number of pairs. */
export function certifyStopped(problem: TransportProblem, coupling: Coupling, bound: StoppedBound): ExactCertificate {
  const { primal, marginalError, smallestMass } = auditPlan(problem, coupling);
  const dual = new CompensatedSum();
  dual.add(bound.value);
  dual.add(-bound.margin);
  return {
    primal: primal.value,
    dual: dual.value,
    gap: primal.minus(dual),
    worstViolation: 0,
    marginalError,
    smallestMass,
    largestCost: bound.largestCost,
    proof: bound.proof,
  };
}
