/**
 * Heun's method, also called the explicit trapezoidal rule and improved Euler.
 *
 * K. Heun, Neue Methoden zur approximativen Integration, Z. Math. Phys. 45 (1900). Order 2, two evaluations per step,
 * one of them at the end of the step: avoid it for fields that are singular at t = 1.
 */
import type { FixedStepMethod } from './tableau.js';

/**
 * Heun's method: an Euler step, then the mean of the velocities at both ends.
 *
 * Order 2, two evaluations per step, the second one at the end of the step.
 *
 * @returns the method, for {@link integrate}
 *
 * @example
 * One step of x' = 2t is exact: the trapezoidal rule integrates straight lines without error.
 * ```ts
 * import { heun, integrate } from '@brenier/samplers';
 *
 * const ramp = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.fill(2 * t) };
 * integrate(ramp, [0], { method: heun(), numSteps: 1 }).final; // => [1]
 * ```
 */
export function heun(): FixedStepMethod {
  return {
    kind: 'fixed-step',
    name: 'heun',
    order: 2,
    tableau: { nodes: [0, 1], stages: [[], [1]], weights: [0.5, 0.5] },
  };
}
