/**
 * The two drifts of a bridge. Bridge matching learns one process from both ends: dX = f dt + σ dW forwards and dY = g ds + σ dW in
 * reversed time s = 1 − t, where g is given as a function of the forward t, like every field here. As f + g = σ²∇log p_t, neither
 * score nor σ is needed to turn the pair into a flow: Y. Shi, V. De Bortoli, A. Campbell, A. Doucet, Diffusion Schrödinger bridge
 * matching, NeurIPS 2023.
 */
import type { ArrayField } from '../field.js';
import { checkField } from './field-guards.js';
import { fieldSum } from './field-sum.js';
import { negatedField } from './negated-field.js';
import { writingField } from './writing-field.js';

/**
 * The velocity (f − g)/2 of the flow that has the marginals of a bridge.
 *
 * @param forward - f, the drift forwards in time
 * @param backward - g, the drift in reversed time, as a function of x and the forward t
 * @returns the velocity, for `integrate`; it has Jacobian products where both drifts have them
 * @throws TypeError or RangeError where a drift is not a field or the dimensions differ
 *
 * @example
 * Seen from both ends, a deterministic motion has opposite drifts, and its flow is the forward one.
 * ```ts
 * import { bridgeFlow, euler, integrate } from '@brenier/samplers';
 *
 * const forward = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.fill(3) };
 * const backward = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.fill(-3) };
 * integrate(bridgeFlow(forward, backward), [0], { method: euler(), numSteps: 1 }).final; // => [3]
 * ```
 */
export function bridgeFlow(forward: ArrayField, backward: ArrayField): ArrayField {
  checkField('forward', forward);
  checkField('backward', backward, forward.dim);
  return fieldSum([
    { field: writingField('forward', forward), weight: () => 0.5 },
    { field: writingField('backward', backward), weight: () => -0.5 },
  ]);
}

/**
 * A drift in reversed time as `integrateSde` follows it from 1 to 0: −g, because its steps are negative there.
 *
 * @param backward - g, the drift in reversed time, as a function of x and the forward t
 * @returns the drift for `from: 1, to: 0`; it walks where the given one does, and has Jacobian products where that has them
 * @throws TypeError or RangeError where the drift is not a field
 *
 * @example
 * From 5 at time 1, a drift of −2 in reversed time leads to 3 at time 0.
 * ```ts
 * import { createRng } from '@brenier/random';
 * import { eulerMaruyama, integrateSde, reversedDrift } from '@brenier/samplers';
 *
 * const backward = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.fill(-2) };
 * const options = { method: eulerMaruyama(), diffusion: 0, numSteps: 4, from: 1, to: 0 };
 * integrateSde(createRng(0), reversedDrift(backward), [5], options).final; // => [3]
 * ```
 */
export function reversedDrift(backward: ArrayField): ArrayField {
  return negatedField(writingField('backward', checkField('backward', backward)));
}
