/**
 * The stochastic Heun method, also called the predictor–corrector method and, for noise that does not depend on the state, the
 * simplified weak method of order 2.
 *
 * P. E. Kloeden, E. Platen, Numerical Solution of Stochastic Differential Equations (1992), chapter 15.1; W. Rümelin,
 * Numerical treatment of stochastic differential equations, SIAM J. Numer. Anal. 19 (1982). Itô and Stratonovich equations
 * coincide here, because the noise is additive. Strong order 1: the increment of the path alone cannot give more (Clark and
 * Cameron 1980). Weak order 2, where σ enters by the trapezoidal rule. Two drift evaluations per step, one of them at its end:
 * avoid it for drifts that are singular where the integration ends. Unstable where h·|λ| > 2.
 */
import type { StochasticMethod } from './stochastic-method.js';

/**
 * The stochastic Heun method: an Euler–Maruyama step, then the mean of the drifts at both ends with the same noise.
 *
 * Strong order 1 and weak order 2 for noise that does not depend on the state; two evaluations per step. With σ = 0 it is
 * {@link heun}, to the bit. At the same number of evaluations it beats Euler–Maruyama wherever the drift is smooth over a step.
 *
 * @returns the method, for {@link integrateSde}
 *
 * @example
 * A step of the Ornstein–Uhlenbeck process dX = −X dt + dW: the mean falls by the Taylor polynomial of degree 2 of e^(−h).
 * ```ts
 * import { createRng } from '@brenier/random';
 * import { integrateSde, stochasticHeun } from '@brenier/samplers';
 *
 * const decay = {
 *   dim: 1,
 *   evaluate(x: Float64Array, t: number, out: Float64Array) {
 *     for (let i = 0; i < x.length; i++) out[i] = -x[i];
 *   },
 * };
 * const options = { method: stochasticHeun(), diffusion: 0, numSteps: 1, to: 0.5 };
 * integrateSde(createRng(0), decay, [1], options).final; // => [0.625]
 * ```
 */
export function stochasticHeun(): StochasticMethod {
  return {
    kind: 'stochastic',
    name: 'stochastic-heun',
    strongOrder: 1,
    weakOrder: 2,
    tableau: { nodes: [0, 1], stages: [[], [1]], weights: [0.5, 0.5] },
    noiseNodes: [0, 1],
    diffusionWeights: [0.5, 0.5],
  };
}
