/**
 * Brownian motion σW: the reference of most bridges. After τ it is at N(x, σ²τ), and given both ends at N((1 − t)x₀ + t x₁, σ²t(1 − t)).
 */
import { checkOptions, checkWithin } from '@brenier/errors';
import { checkSigma } from './ornstein-uhlenbeck.js';
import type { Reference } from './reference.js';

/** Options of {@link brownian}. */
export interface BrownianOptions {
  /** σ, in units of x per square root of time, in [1e-100, 1e100]. Default 1. */
  readonly sigma?: number;
}

/**
 * The reference dX = σ dW. Its bridge between two laws is entropic optimal transport for ‖x − y‖² with ε = 2σ², so σ → 0 leads to
 * optimal transport and σ → ∞ to independent ends.
 *
 * @param options - σ
 * @returns the reference
 * @throws TypeError or RangeError where σ is not in [1e-100, 1e100] or an option is unknown
 *
 * @example
 * Halfway between two given ends the path is spread most, by σ/2.
 * ```ts
 * import { brownian } from '@brenier/bridges';
 *
 * brownian({ sigma: 3 }).pinned(0.5); // => { alpha: 0.5, beta: 0.5, gamma: 1.5 }
 * ```
 */
export function brownian(options?: BrownianOptions): Reference {
  const { sigma = 1 } = checkOptions('options', options, ['sigma']);
  checkSigma(sigma);
  return Object.freeze({
    name: `Brownian(sigma ${sigma})`,
    sigma,
    rate: 0,
    transition(s: number, t: number) {
      checkWithin('s', s, 0, 1);
      return { factor: 1, variance: sigma * sigma * (checkWithin('t', t, s, 1) - s) };
    },
    pinned(t: number) {
      checkWithin('t', t, 0, 1);
      return { alpha: 1 - t, beta: t, gamma: sigma * Math.sqrt(t * (1 - t)) };
    },
  });
}
