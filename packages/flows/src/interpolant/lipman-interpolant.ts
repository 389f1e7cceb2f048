import { checkOptions, checkWithin } from '@brenier/errors';
import type { Interpolant } from './interpolant.js';

/** Options of {@link lipmanInterpolant}. */
export interface LipmanInterpolantOptions {
  /** σ in [0, 1], the standard deviation at time 1 around each end, as a part of that of the source; default 0. */
  readonly sigma?: number;
}

/**
 * The path of Lipman's flow matching (FM, "conditional optimal-transport path", "target conditional"): x_t = (1−(1−σ)t)x₀
 * + t·x₁, where the start x₀ ~ N(0, I) is the noise.
 *
 * Given x₁ it runs straight from N(0, I) to N(x₁, σ²I). Its velocity x₁ − (1−σ)x₀ is (x₁ − (1−σ)x_t)/(1−(1−σ)t), as
 * published. Lipman et al., Flow Matching for Generative Modeling (ICLR 2023), equations 20 to 23. The ends are the data
 * blurred by σ times the source, so a source that is not N(0, I) blurs them by its own shape.
 *
 * @param options - the noise that is left at time 1
 * @returns the interpolant
 * @throws TypeError or RangeError where `sigma` or `t` lies outside [0, 1]
 *
 * @example
 * A tenth of the noise is left at the end.
 * ```ts
 * import { lipmanInterpolant } from '@brenier/flows';
 *
 * const { alpha, beta, dAlpha, dBeta } = lipmanInterpolant({ sigma: 0.1 }).at(1);
 * [alpha, beta, dAlpha, dBeta]; // => [0.1, 1, -0.9, 1]
 * ```
 */
export function lipmanInterpolant(options?: LipmanInterpolantOptions): Interpolant {
  const { sigma = 0 } = checkOptions('options', options, ['sigma']);
  checkWithin('sigma', sigma, 0, 1);
  return {
    name: `lipman(sigma ${sigma})`,
    at(t) {
      checkWithin('t', t, 0, 1);
      // Not 1 − (1 − σ)t, which would miss σ at t = 1 by the rounding of 1 − σ.
      return { alpha: 1 - t + sigma * t, beta: t, gamma: 0, dAlpha: sigma - 1, dBeta: 1, dGamma: 0 };
    },
  };
}
