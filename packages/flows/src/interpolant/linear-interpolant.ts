import { checkNonNegative, checkOptions, checkWithin } from '@brenier/errors';
import type { Interpolant } from './interpolant.js';

/** Options of {@link linearInterpolant}. */
export interface LinearInterpolantOptions {
  /** σ ≥ 0, the constant standard deviation around the segment, in units of x; default 0. */
  readonly sigma?: number;
}

/**
 * The straight segment between the ends, with constant noise: x_t = (1−t)x₀ + t·x₁ + σε, velocity x₁ − x₀.
 *
 * With σ = 0.1 it is the path of CFM and OT-CFM (Tong et al., Improving and Generalizing Flow-Based Generative Models
 * with Minibatch Optimal Transport, TMLR 2024, equations 14 and 15); with σ = 0 that of rectified flow (Liu, Gong and
 * Liu, ICLR 2023). With σ > 0 the ends of the path are the data blurred by N(0, σ²I).
 *
 * @param options - the noise
 * @returns the interpolant
 * @throws TypeError or RangeError where `sigma` is negative or not finite, or `t` lies outside [0, 1]
 *
 * @example
 * A quarter of the way.
 * ```ts
 * import { linearInterpolant } from '@brenier/flows';
 *
 * const { alpha, beta, dAlpha, dBeta } = linearInterpolant().at(0.25);
 * [alpha, beta]; // => [0.75, 0.25]
 * [dAlpha, dBeta]; // => [-1, 1]
 * ```
 */
export function linearInterpolant(options?: LinearInterpolantOptions): Interpolant {
  const { sigma = 0 } = checkOptions('options', options, ['sigma']);
  checkNonNegative('sigma', sigma);
  return {
    name: `linear(sigma ${sigma})`,
    at(t) {
      checkWithin('t', t, 0, 1);
      return { alpha: 1 - t, beta: t, gamma: sigma, dAlpha: -1, dBeta: 1, dGamma: 0 };
    },
  };
}
