import type { PermutationCoupling, SparseCoupling } from '../../coupling/coupling.js';
import { hasForbiddenPairs } from '../../geometry/forbidden-pairs.js';
import { findAllowedFlow } from '../../problem/allowed-flow.js';
import type { TransportProblem } from '../../problem/transport-problem.js';
import { northWestPlan } from './north-west-plan.js';
import { couplingOf } from './tree-coupling.js';

/**
 * A plan that looks at no cost, for a solve that stops before it has a plan of its own: by the north-west corner rule,
 * or a flow over allowed pairs where some are forbidden.
 */
export function feasiblePlan(problem: TransportProblem): PermutationCoupling | SparseCoupling {
  const { geometry, a, b } = problem;
  if (!hasForbiddenPairs(geometry)) return northWestPlan(problem);
  return couplingOf(problem, findAllowedFlow(geometry, a, b));
}
