/**
 * The classical Runge–Kutta method, RK4.
 *
 * W. Kutta, Beitrag zur näherungsweisen Integration totaler Differentialgleichungen, Z. Math. Phys. 46 (1901). Order 4,
 * four evaluations per step, one of them at the end of the step. Stable on the negative axis up to h·|λ| ≈ 2.785.
 */
import type { FixedStepMethod } from './tableau.js';

/**
 * The classical fourth-order Runge–Kutta method.
 *
 * Order 4, four evaluations per step.
 *
 * @returns the method, for {@link integrate}
 *
 * @example
 * One step of x' = x gives the Taylor polynomial of degree 4 of e.
 * ```ts
 * import { integrate, rk4 } from '@brenier/samplers';
 *
 * const growth = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.set(x) };
 * integrate(growth, [1], { method: rk4(), numSteps: 1 }).final[0].toFixed(6); // => '2.708333'
 * ```
 */
export function rk4(): FixedStepMethod {
  return {
    kind: 'fixed-step',
    name: 'rk4',
    order: 4,
    tableau: {
      nodes: [0, 0.5, 0.5, 1],
      stages: [[], [0.5], [0, 0.5], [0, 0, 1]],
      weights: [1 / 6, 1 / 3, 1 / 3, 1 / 6],
    },
  };
}
