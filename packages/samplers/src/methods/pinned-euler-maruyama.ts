/**
 * The Euler–Maruyama method with the noise of a pinned process. Also known as posterior or ancestral sampling, in the words of DDPM.
 *
 * G.-H. Liu, A. Vahdat, D.-A. Huang, E. A. Theodorou, W. Nie, A. Anandkumar, I²SB: Image-to-image Schrödinger bridge, ICML 2023,
 * algorithm 1; J. Ho, A. Jain, P. Abbeel, Denoising diffusion probabilistic models, NeurIPS 2020, equation (7). A
 * drift (x̂ − x)/(T − t) predicts the end x̂ of the path. The Brownian bridge from (x, t) to (x̂, T) has at t' the mean x + h·b, the
 * step of Euler, and the variance σ²h(T − t')/(T − t). Cost: one drift evaluation and one normal number per coordinate and step.
 *
 * A prediction leaves out how far ends scatter around it. Where their law is smooth, each step lacks the variance
 * (h/(T − t))²·Var(x_T | x_t) ≈ σ²h²/(T − t), about σ²h·log(1/h) in all: samples come out too narrow, and Euler–Maruyama, whose noise is
 * right there, is the better method. Where ends are points, or nearly so, it is the other way round.
 */
import { eulerMaruyama } from './euler-maruyama.js';
import type { StochasticMethod } from './stochastic-method.js';

/**
 * The Euler–Maruyama method with the noise of a Brownian bridge that is pinned at the last time T of the integration:
 * x ← x + h·b(x, t) + σ(t)√(h(T − t')/(T − t))·ξ with ξ ~ N(0, I) and t' = t + h.
 *
 * For drifts of the form (E[x_T | x_t = x] − x)/(T − t), which the forward and backward drifts of bridge matching are, towards ends that
 * lie close together. Exact for a single end point, whatever the number of steps; otherwise of weak order 1 up to a logarithm, with too
 * little variance. Without noise in the last step.
 *
 * @returns the method, for {@link integrateSde}, forwards or backwards in time
 *
 * @example
 * A Brownian bridge from 0 to 3 arrives at 3, and has variance ¼ half way, in two steps as in any number.
 * ```ts
 * import { createRng } from '@brenier/random';
 * import { integrateSde, pinnedEulerMaruyama } from '@brenier/samplers';
 *
 * const toThree = {
 *   dim: 1,
 *   evaluate(x: Float64Array, t: number, out: Float64Array) {
 *     for (let i = 0; i < x.length; i++) out[i] = (3 - x[i]) / (1 - t);
 *   },
 * };
 * const options = { method: pinnedEulerMaruyama(), diffusion: 1, times: [0, 0.5, 1] };
 * const { states } = integrateSde(createRng(0), toThree, new Float64Array(10_000), options);
 * states[2].every((x) => x === 3); // => true
 * const variance = states[1].reduce((sum, x) => sum + (x - 1.5) ** 2, 0) / 10_000;
 * Math.abs(variance - 0.25) < 0.02; // => true
 * ```
 */
export function pinnedEulerMaruyama(): StochasticMethod {
  return {
    ...eulerMaruyama(),
    name: 'pinned-euler-maruyama',
    noiseFactor: (from, to, end) => Math.sqrt((end - to) / (end - from)),
  };
}
