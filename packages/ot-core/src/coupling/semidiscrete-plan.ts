// A coupling of a continuous source with a finite target, defined by one potential.
import { describeValue } from '@brenier/errors';
import type { PointCloud } from '../geometry/geometry.js';

/**
 * A coupling between any distribution of points and a finite target, for the cost ‖x−y‖², defined by a potential. Plain
 * data: it survives `postMessage`, and its arrays are all that need be saved.
 *
 * With ε = 0 a point x goes to the y_j of its Laguerre cell (power cell), where ‖x−y_j‖² − g_j is least; with ε > 0 to
 * y_j with probability proportional to b_j exp((g_j − ‖x−y_j‖²)/ε).
 */
export interface SemidiscretePlan {
  /** The points of the target. */
  readonly target: PointCloud;
  /** Their weights, shape [count], of total 1. */
  readonly b: Float64Array;
  /** The potential, shape [count], in units of cost, with Σ b_j g_j = 0. */
  readonly g: Float64Array;
  /** Weight of KL(P | a⊗b), in units of cost; 0 for the exact plan. */
  readonly epsilon: number;
}

/** Checks the shape of a plan, which may have been saved and read again. */
export function checkSemidiscretePlan(name: string, plan: SemidiscretePlan): SemidiscretePlan {
  const { target, b, g, epsilon } = (plan ?? {}) as Partial<SemidiscretePlan>;
  const isCloud = target?.points instanceof Float64Array && target.points.length === target.count * target.dim;
  const fits = isCloud && b instanceof Float64Array && g instanceof Float64Array;
  if (fits && b.length === target.count && g.length === target.count && epsilon! >= 0) return plan;
  throw new TypeError(`"${name}" expected a plan from semidiscrete, got ${describeValue(plan)}`);
}
