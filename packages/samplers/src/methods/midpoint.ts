/**
 * The explicit midpoint method, also called modified Euler and Runge's second-order method (RK2).
 *
 * C. Runge, Über die numerische Auflösung von Differentialgleichungen, Math. Ann. 46 (1895). Order 2, two evaluations
 * per step, both away from the end of the step: it suits fields that are singular at t = 1. A state inside the last step costs the slope
 * at its end, which is left out of the interpolation where it is not finite.
 */
import type { FixedStepMethod } from './tableau.js';

/**
 * The explicit midpoint method: x ← x + h·v(x + ½h·v(x, t), t + ½h).
 *
 * Order 2, two evaluations per step, none of them at its end; `times` inside the last step cost one there.
 *
 * @returns the method, for {@link integrate}
 *
 * @example
 * One step of x' = x gives the Taylor polynomial of degree 2 of e.
 * ```ts
 * import { integrate, midpoint } from '@brenier/samplers';
 *
 * const growth = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.set(x) };
 * integrate(growth, [1], { method: midpoint(), numSteps: 1 }).final; // => [2.5]
 * ```
 */
export function midpoint(): FixedStepMethod {
  return {
    kind: 'fixed-step',
    name: 'midpoint',
    order: 2,
    tableau: { nodes: [0, 0.5], stages: [[], [0.5]], weights: [0, 1] },
  };
}
