/**
 * Euler's method, also called forward or explicit Euler.
 *
 * L. Euler, Institutionum calculi integralis I (1768), §650. Order 1, one stage, one evaluation per step. The method of
 * the published flow-matching tables (20 or 100 steps). Unstable where h·|λ| > 2 for a decay rate λ.
 */
import type { FixedStepMethod } from './tableau.js';

/**
 * Euler's method: x ← x + h·v(x, t).
 *
 * Order 1, one evaluation per step.
 *
 * @returns the method, for {@link integrate}
 *
 * @example
 * One step of x' = x from 1 doubles it.
 * ```ts
 * import { euler, integrate } from '@brenier/samplers';
 *
 * const growth = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.set(x) };
 * integrate(growth, [1], { method: euler(), numSteps: 1 }).final; // => [2]
 * ```
 */
export function euler(): FixedStepMethod {
  return { kind: 'fixed-step', name: 'euler', order: 1, tableau: { nodes: [0], stages: [[]], weights: [1] } };
}
