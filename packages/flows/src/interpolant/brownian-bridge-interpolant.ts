import { checkNonNegative, checkOptions, checkWithin } from '@brenier/errors';
import type { Interpolant } from './interpolant.js';

/** Options of {@link brownianBridgeInterpolant}. */
export interface BrownianBridgeInterpolantOptions {
  /** σ ≥ 0, the diffusion of the bridge, in units of x per square root of time; default 1. */
  readonly sigma?: number;
}

/** What the published trainings keep away from both ends, where the target grows like 1/√t. */
const TIME_MARGIN = 1e-3;

/**
 * The Brownian bridge: x_t = (1−t)x₀ + t·x₁ + σ√(t(1−t))ε, the law at t of σ times a Brownian motion that is pinned at
 * both ends.
 *
 * Over the coupling of a Schrödinger bridge its path is the bridge itself: Tong et al., Simulation-free Schrödinger
 * Bridges via Score and Flow Matching (AISTATS 2024), whose velocity (1−2t)/(2t(1−t))·(x_t−μ_t) + x₁ −
 * x₀ is α'x₀ + β'x₁ + γ'ε. The ends are the data, without blur; but γ' = σ(1−2t)/(2√(t(1−t))) is infinite there, so with
 * σ > 0 a `timeMargin` of 1e-3 comes along. With σ = 0 it is the straight segment, margin and all.
 *
 * @param options - the diffusion
 * @returns the interpolant; at t = 0 and t = 1 `dGamma` is ±∞, `dVariance` is finite throughout
 * @throws TypeError or RangeError where `sigma` is negative or not finite, or `t` lies outside [0, 1]
 *
 * @example
 * The bridge is widest in the middle.
 * ```ts
 * import { brownianBridgeInterpolant } from '@brenier/flows';
 *
 * const bridge = brownianBridgeInterpolant({ sigma: 2 });
 * [0, 0.2, 0.5, 1].map((t) => bridge.at(t).gamma); // => [0, 0.8, 1, 0]
 * bridge.at(0.5).dGamma; // => 0
 * bridge.timeMargin; // => 0.001
 * ```
 */
export function brownianBridgeInterpolant(options?: BrownianBridgeInterpolantOptions): Interpolant {
  const { sigma = 1 } = checkOptions('options', options, ['sigma']);
  checkNonNegative('sigma', sigma);
  return {
    name: `brownian-bridge(sigma ${sigma})`,
    timeMargin: sigma > 0 ? TIME_MARGIN : 0,
    at(t) {
      checkWithin('t', t, 0, 1);
      const spread = Math.sqrt(t * (1 - t));
      const dGamma = sigma > 0 ? (sigma * (1 - 2 * t)) / (2 * spread) : 0;
      const dVariance = sigma * sigma * (1 - 2 * t);
      return { alpha: 1 - t, beta: t, gamma: sigma * spread, dAlpha: -1, dBeta: 1, dGamma, dVariance };
    },
  };
}
