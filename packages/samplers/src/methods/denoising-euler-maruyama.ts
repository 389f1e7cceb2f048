/**
 * The Euler–Maruyama method whose last step adds no noise, known as denoising at the end: A. Jolicoeur-Martineau, R. Piché-Taillefer,
 * R. Tachet des Combes, I. Mitliagkas, Adversarial score matching and improved sampling for image generation, ICLR 2021, section 4. The
 * noise of the last step would stay on the samples, σ√h of it, whether the law that they aim at is that wide or not; without it they miss
 * the scatter of ends around their prediction, of at most that size. Both errors are those of the last step alone: make it short, with
 * `refinedTimes`. Cost and orders: as Euler–Maruyama.
 */
import { eulerMaruyama } from './euler-maruyama.js';
import type { StochasticMethod } from './stochastic-method.js';

/**
 * The Euler–Maruyama method, without noise in the last step.
 *
 * For processes that arrive at a law narrower than σ√h: learned bridges and diffusions on data. On a grid of
 * {@link refinedTimes} with exponent 1.5 and 20 steps, the exact bridge of σ = 1 from N(0, 1) to N(0, s²) arrives with a standard deviation that
 * is off by 0.002, 0.005, −0.011, −0.018 for s = 1, 0.3, 0.1, 0.03; {@link eulerMaruyama} in equal steps by 0.008, 0.045, 0.129,
 * 0.194.
 *
 * @returns the method, for {@link integrateSde}
 *
 * @example
 * A process that aims at 3 ends there.
 * ```ts
 * import { createRng } from '@brenier/random';
 * import { denoisingEulerMaruyama, integrateSde } from '@brenier/samplers';
 *
 * const toThree = {
 *   dim: 1,
 *   evaluate(x: Float64Array, t: number, out: Float64Array) {
 *     for (let i = 0; i < x.length; i++) out[i] = (3 - x[i]) / (1 - t);
 *   },
 * };
 * const options = { method: denoisingEulerMaruyama(), diffusion: 1, numSteps: 4 };
 * integrateSde(createRng(0), toThree, [0, 1], options).final; // => [3, 3]
 * ```
 */
export function denoisingEulerMaruyama(): StochasticMethod {
  return {
    ...eulerMaruyama(),
    name: 'denoising-euler-maruyama',
    noiseFactor: (_from, to, end) => (to === end ? 0 : 1),
  };
}
