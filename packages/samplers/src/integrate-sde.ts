/**
 * Front doors for stochastic differential equations dX = b(X, t) dt + σ(t) dW on arrays.
 */
import type { NumericArray } from '@brenier/errors';
import type { Rng } from '@brenier/random';
import type { ArrayField } from './field.js';
import { writingField } from './fields/writing-field.js';
import { createIntegration } from './integration/integration.js';
import { planSde, type IntegrateSdeOptions } from './integration/plan.js';
import type { Integration, IntegrationResult } from './integration/result.js';
import { arrayAlgebra, checkBatch } from './state/array-algebra.js';

/**
 * Moves a batch of points along a drift with noise that does not depend on the state.
 *
 * Step k draws its noise from `rng.fork(k)`, one standard normal number per coordinate in row-major order: the path is
 * a function of the seed, the grid and the drift alone. With σ = 0 the result is that of the deterministic method, to
 * the bit. A drift with `walk` takes whole stretches of steps, with the same bits.
 *
 * Time may run backwards, with steps of negative length and noise of variance σ²|h|. The drift must then be the one of the reverse-time
 * equation, {@link reverseTimeSde} or {@link reversedDrift}: the forward drift would lead elsewhere.
 *
 * @param rng - where the noise comes from; not advanced
 * @param drift - b, shape [count, dim] to [count, dim]
 * @param x0 - the batch at the start, row-major, shape [count, dim]; copied to float64
 * @param options - the method, σ, the times, what to keep, who looks on
 * @returns the final batch, the states kept, the number of evaluations and the status
 * @throws TypeError or RangeError where an argument is not valid, also where `diffusion(t)` is negative or not finite; TypeError where the
 *   drift returns its vectors instead of writing them; what the drift throws
 *
 * @example
 * An Ornstein–Uhlenbeck process dX = −X dt + √2 dW from 0: its variance is 1 − e^(−2t).
 * ```ts
 * import { createRng } from '@brenier/random';
 * import { eulerMaruyama, integrateSde } from '@brenier/samplers';
 *
 * const decay = {
 *   dim: 1,
 *   evaluate(x: Float64Array, t: number, out: Float64Array) {
 *     for (let i = 0; i < x.length; i++) out[i] = -x[i];
 *   },
 * };
 * const options = { method: eulerMaruyama(), diffusion: Math.SQRT2, numSteps: 100 };
 * const { final } = integrateSde(createRng(1), decay, new Float64Array(5000), options);
 * const variance = final.reduce((sum, x) => sum + x * x, 0) / final.length;
 * Math.abs(variance - 0.865) < 0.08; // => true
 * ```
 */
export function integrateSde(
  rng: Rng,
  drift: ArrayField,
  x0: NumericArray,
  options: IntegrateSdeOptions,
): IntegrationResult<Float64Array> {
  const integration = startSdeIntegration(rng, drift, x0, options);
  integration.step(Infinity);
  return integration.result();
}

/**
 * The same integration as {@link integrateSde}, stepped by the caller.
 *
 * @param rng - where the noise comes from; not advanced
 * @param drift - b
 * @param x0 - the batch at the start, row-major, shape [count, dim]; copied to float64
 * @param options - as for {@link integrateSde}
 * @returns the integration before its first step
 * @throws TypeError or RangeError where an argument is not valid
 *
 * @example
 * A Brownian path of two steps.
 * ```ts
 * import { createRng } from '@brenier/random';
 * import { eulerMaruyama, startSdeIntegration } from '@brenier/samplers';
 *
 * const noDrift = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.fill(0) };
 * const options = { method: eulerMaruyama(), diffusion: 1, numSteps: 2 };
 * const integration = startSdeIntegration(createRng(0), noDrift, [0], options);
 * while (integration.status === 'running') integration.step();
 * integration.progress; // => { t: 1, fraction: 1, numSteps: 2, numRejected: 0, nfe: 2 }
 * ```
 */
export function startSdeIntegration(
  rng: Rng,
  drift: ArrayField,
  x0: NumericArray,
  options: IntegrateSdeOptions,
): Integration<Float64Array> {
  const start = checkBatch('drift', drift, 'x0', x0);
  const algebra = arrayAlgebra(writingField('drift', drift), start.length);
  return createIntegration(algebra, start, planSde(rng, options), options);
}
