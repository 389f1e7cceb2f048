/**
 * The Euler–Maruyama method.
 *
 * G. Maruyama, Continuous Markov processes and stochastic equations, Rend. Circ. Mat. Palermo 4 (1955); P. E. Kloeden,
 * E. Platen, Numerical Solution of Stochastic Differential Equations (1992), chapter 10.2. One drift evaluation and one
 * normal number per coordinate and step. The noise here does not depend on the state, and then the method coincides
 * with Milstein's: strong order 1, not ½. Weak order 1. Unstable where h·|λ| > 2 for a decay rate λ of the drift.
 */
import type { StochasticMethod } from './stochastic-method.js';

/**
 * The Euler–Maruyama method: x ← x + h·b(x, t) + σ(t)√h·ξ with ξ ~ N(0, I).
 *
 * Strong and weak order 1 for noise that does not depend on the state; one evaluation per step.
 *
 * @returns the method, for {@link integrateSde}
 *
 * @example
 * Pure noise: after time 1 the variance of each coordinate is σ².
 * ```ts
 * import { createRng } from '@brenier/random';
 * import { eulerMaruyama, integrateSde } from '@brenier/samplers';
 *
 * const noDrift = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.fill(0) };
 * const options = { method: eulerMaruyama(), diffusion: 2, numSteps: 4 };
 * const { final } = integrateSde(createRng(0), noDrift, new Float64Array(10_000), options);
 * const variance = final.reduce((sum, x) => sum + x * x, 0) / final.length;
 * Math.abs(variance - 4) < 0.3; // => true
 * ```
 */
export function eulerMaruyama(): StochasticMethod {
  return {
    kind: 'stochastic',
    name: 'euler-maruyama',
    strongOrder: 1,
    weakOrder: 1,
    tableau: { nodes: [0], stages: [[]], weights: [1] },
    noiseNodes: [0],
    diffusionWeights: [1, 0],
  };
}
