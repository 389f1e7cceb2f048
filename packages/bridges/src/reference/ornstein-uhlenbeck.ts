/**
 * The diffusion dX = −r X dt + σ dW, with its laws at later times and between two ends: G. E. Uhlenbeck, L. S. Ornstein, On the theory
 * of the Brownian motion, Physical Review 36 (1930). With a(τ) = e^(−rτ) and v(τ) = σ²(1 − e^(−2rτ))/(2r), the state after τ is
 * N(a(τ)x, v(τ)), and given both ends the precisions of two such laws add up. v is computed as σ²τ·φ(2rτ) with φ(u) = (1 − e^(−u))/u
 * from expm1, so nothing cancels as r → 0. Cost: two exponentials a call. A span so long that a(τ) underflows forgets its start, as it
 * should.
 */
import { exp, expm1 } from '@brenier/elementary';
import { checkNonNegative, checkOptions, checkPositive, checkWithin } from '@brenier/errors';
import type { PinnedLaw, Reference, Transition } from './reference.js';

/** Options of {@link ornsteinUhlenbeck}. */
export interface OrnsteinUhlenbeckOptions {
  /** σ, in units of x per square root of time, in [1e-100, 1e100]. Default 1. */
  readonly sigma?: number;
  /** r, the rate of return to 0, per unit of time, in [0, 1e100]. Default 1. */
  readonly rate?: number;
}

/**
 * The Ornstein–Uhlenbeck reference dX = −rate·X dt + σ dW: it draws the path towards 0. Its stationary law is
 * N(0, σ²/(2·rate)).
 *
 * @param options - σ and rate
 * @returns the reference; at rate 0 it is {@link brownian} motion to the last bit
 * @throws TypeError or RangeError where σ is not in [1e-100, 1e100], the rate not in [0, 1e100], or an option is unknown
 *
 * @example
 * At σ = 1 and rate 1 the law N(0, ½) stays as it is.
 * ```ts
 * import { ornsteinUhlenbeck } from '@brenier/bridges';
 *
 * const reference = ornsteinUhlenbeck({ sigma: 1, rate: 1 });
 * const { factor, variance } = reference.transition(0, 1);
 * (factor ** 2 * 0.5 + variance).toFixed(12); // => '0.500000000000'
 * ```
 */
export function ornsteinUhlenbeck(options?: OrnsteinUhlenbeckOptions): Reference {
  const { sigma = 1, rate = 1 } = checkOptions('options', options, ['sigma', 'rate']);
  checkSigma(sigma);
  checkWithin('rate', checkNonNegative('rate', rate), 0, 1e100);
  return Object.freeze({
    name: `Ornstein–Uhlenbeck(sigma ${sigma}, rate ${rate})`,
    sigma,
    rate,
    transition: (s: number, t: number) => transitionOver(sigma, rate, checkSpan(s, t)),
    pinned: (t: number) => pinnedAt(sigma, rate, checkWithin('t', t, 0, 1)),
  });
}

/** σ whose square neither overflows nor vanishes. */
export function checkSigma(sigma: number): number {
  return checkWithin('sigma', checkPositive('sigma', sigma), 1e-100, 1e100);
}

function checkSpan(s: number, t: number): number {
  checkWithin('s', s, 0, 1);
  return checkWithin('t', t, s, 1) - s;
}

/** The law after a span of time; the variance first divided by σ², so that tiny σ keep their digits. */
function transitionOver(sigma: number, rate: number, span: number): Transition {
  return { factor: exp(-rate * span), variance: sigma * sigma * spread(rate, span) };
}

/** With a, v of the span before t and a′, v′ of the span after it: alpha = a v′/v(1), beta = a′v/v(1), gamma² = v v′/v(1). */
function pinnedAt(sigma: number, rate: number, t: number): PinnedLaw {
  const before = spread(rate, t);
  const after = spread(rate, 1 - t);
  const whole = spread(rate, 1);
  return {
    alpha: (exp(-rate * t) * after) / whole,
    beta: (exp(-rate * (1 - t)) * before) / whole,
    gamma: sigma * Math.sqrt((before / whole) * after),
  };
}

/** (1 − e^(−2rτ))/(2r), and τ at r = 0. */
function spread(rate: number, span: number): number {
  const u = 2 * rate * span;
  return u === 0 ? span : (span * -expm1(-u)) / u;
}
