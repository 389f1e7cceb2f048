import { cos, sin } from '@brenier/elementary';
import { checkNonNegative, checkOptions, checkWithin } from '@brenier/errors';
import type { Interpolant } from './interpolant.js';

/** Options of {@link trigonometricInterpolant}. */
export interface TrigonometricInterpolantOptions {
  /** σ ≥ 0, the constant standard deviation around the arc, in units of x; default 0. */
  readonly sigma?: number;
}

const HALF_PI = Math.PI / 2;

/**
 * The variance-preserving path (VP, also "cosine"): x_t = cos(πt/2)x₀ + sin(πt/2)x₁ + σε.
 *
 * As cos² + sin² = 1, independent ends of unit variance stay at unit variance all the way, where the straight segment
 * falls to ½. Albergo and Vanden-Eijnden, Building Normalizing Flows with Stochastic Interpolants (ICLR 2023). The ends are exact: α(1) = β(0) = 0.
 *
 * @param options - the noise
 * @returns the interpolant
 * @throws TypeError or RangeError where `sigma` is negative or not finite, or `t` lies outside [0, 1]
 *
 * @example
 * Half-way, both ends weigh √½.
 * ```ts
 * import { trigonometricInterpolant } from '@brenier/flows';
 *
 * const { alpha, beta } = trigonometricInterpolant().at(0.5);
 * [alpha, beta].map((weight) => weight.toFixed(6)); // => ['0.707107', '0.707107']
 * ```
 */
export function trigonometricInterpolant(options?: TrigonometricInterpolantOptions): Interpolant {
  const { sigma = 0 } = checkOptions('options', options, ['sigma']);
  checkNonNegative('sigma', sigma);
  return {
    name: `trigonometric(sigma ${sigma})`,
    at(t) {
      checkWithin('t', t, 0, 1);
      const alpha = cosineOfArc(t);
      const beta = cosineOfArc(1 - t);
      return { alpha, beta, gamma: sigma, dAlpha: -HALF_PI * beta, dBeta: HALF_PI * alpha, dGamma: 0 };
    },
  };
}

/** Cos(πt/2), taken from the nearer end: cos(π/2) itself would be 6e-17, for want of digits in π. */
function cosineOfArc(t: number): number {
  return t <= 0.5 ? cos(HALF_PI * t) : sin(HALF_PI * (1 - t));
}
