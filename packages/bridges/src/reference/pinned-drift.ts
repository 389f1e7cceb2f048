/**
 * The drifts of a reference that knows one of its ends: Doob's h-transform, J. L. Doob, Conditional Brownian motion and the boundary
 * limits of harmonic functions, Bull. SMF 85 (1957). Forwards, f = b + σ²∇ₓ log p(x₁ | x at t); in reversed time,
 * g = −b + σ²∇ₓ log p(x at t | x₀), where b = −rate·x. Both are affine in x and in the known end. With the law p_t given both ends,
 * f + g = σ²∇log p_t: these are what bridge matching regresses on, and their conditional means are the drifts of the process that it
 * learns. They are singular at the end they lead to.
 */
import { checkWithin } from '@brenier/errors';
import { checkReference } from './check-reference.js';
import type { Reference } from './reference.js';

/** A drift towards a known end at one time: `state`·x + `end`·(known end), coordinate by coordinate. */
export interface PinnedDrift {
  /** The factor of the state x, per unit of time. */
  readonly state: number;
  /** The factor of the known end, per unit of time. */
  readonly end: number;
}

/**
 * The drift forwards in time of the reference that is known to end at x₁: (x₁ − x)/(1 − t) for Brownian motion.
 *
 * @param reference - the process
 * @param t - the time, in [0, 1)
 * @returns the factors of x and of x₁
 * @throws TypeError or RangeError where the reference is none or t is not in [0, 1)
 *
 * @example
 * Halfway, Brownian motion has to make up for the distance in half the time.
 * ```ts
 * import { brownian, forwardPinnedDrift } from '@brenier/bridges';
 *
 * forwardPinnedDrift(brownian({ sigma: 0.7 }), 0.5); // => { state: -2, end: 2 }
 * ```
 */
export function forwardPinnedDrift(reference: Reference, t: number): PinnedDrift {
  checkReference('reference', reference);
  return driftOver(reference, checkWithin('t', t, 0, 1 - Number.EPSILON / 2), 1);
}

/**
 * The drift in reversed time of the reference that is known to start at x₀: (x₀ − x)/t for Brownian motion. The flow that belongs to
 * both drifts is half of forward minus backward, as `bridgeFlow` of samplers has it.
 *
 * @param reference - the process
 * @param t - the forward time, in (0, 1]
 * @returns the factors of x and of x₀
 * @throws TypeError or RangeError where the reference is none or t is not in (0, 1]
 *
 * @example
 * Near its start the process must be near the known point, so the drift back to it is strong.
 * ```ts
 * import { backwardPinnedDrift, brownian } from '@brenier/bridges';
 *
 * backwardPinnedDrift(brownian(), 0.125); // => { state: -8, end: 8 }
 * ```
 */
export function backwardPinnedDrift(reference: Reference, t: number): PinnedDrift {
  checkReference('reference', reference);
  return driftOver(reference, 0, checkWithin('t', t, Number.MIN_VALUE, 1));
}

/**
 * With a and v of the span between state and known end, the pull is σ²(a/v)(end − a x) forwards and (σ²/v)(a·end − x) backwards; the
 * reference's own drift ∓rate·x makes them one formula, because it is reversible: x has the factor rate·(a² + 1)/(a² − 1).
 */
function driftOver(reference: Reference, s: number, t: number): PinnedDrift {
  const { factor, variance } = reference.transition(s, t);
  const pull = (reference.sigma * reference.sigma) / variance;
  return { state: -pull * factor * factor - reference.rate, end: pull * factor };
}
