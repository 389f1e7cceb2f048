/**
 * Front doors for ordinary differential equations x' = v(x, t) on arrays.
 */
import type { NumericArray } from '@brenier/errors';
import type { ArrayField } from './field.js';
import { writingField } from './fields/writing-field.js';
import { createIntegration } from './integration/integration.js';
import { planOde, type IntegrateOptions } from './integration/plan.js';
import type { Integration, IntegrationResult } from './integration/result.js';
import { arrayAlgebra, checkBatch } from './state/array-algebra.js';

/**
 * Moves a batch of points along a field, from time 0 (source) to time 1 (data) unless told otherwise.
 *
 * Failure is a status, never an exception: look at `result.status`. Memory: a few batches, plus the trajectory where it
 * is kept; a step allocates nothing. A field with `walk` takes whole stretches of fixed steps, with the same bits. Running `from: 1, to: 0` walks the same curves backwards.
 *
 * @param field - the velocity, shape [count, dim] to [count, dim]
 * @param x0 - the batch at the start, row-major, shape [count, dim]; copied to float64
 * @param options - the method, the times, what to keep, who looks on
 * @returns the final batch, the states kept, the number of evaluations and the status
 * @throws TypeError or RangeError where `field`, `x0` or an option is not valid, TypeError where the field returns its vectors instead of
 *   writing them; what the field throws
 *
 * @example
 * Exponential growth with the classical Runge–Kutta method, the states kept on the way.
 * ```ts
 * import { integrate, rk4 } from '@brenier/samplers';
 *
 * const growth = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.set(x) };
 * const result = integrate(growth, [1, 2], { method: rk4(), numSteps: 8, keep: 'trajectory' });
 * result.status; // => 'finished'
 * result.nfe; // => 32
 * result.states.length; // => 9
 * Math.abs(result.final[0] - Math.E) < 1e-4; // => true
 * ```
 */
export function integrate(
  field: ArrayField,
  x0: NumericArray,
  options: IntegrateOptions,
): IntegrationResult<Float64Array> {
  const integration = startIntegration(field, x0, options);
  integration.step(Infinity);
  return integration.result();
}

/**
 * The same integration as {@link integrate}, stepped by the caller: one step per frame of an animation, for example.
 *
 * @param field - the velocity
 * @param x0 - the batch at the start, row-major, shape [count, dim]; copied to float64
 * @param options - as for {@link integrate}
 * @returns the integration before its first step
 * @throws TypeError or RangeError where `field`, `x0` or an option is not valid
 *
 * @example
 * Four Euler steps at unit speed, looked at after the second.
 * ```ts
 * import { euler, startIntegration } from '@brenier/samplers';
 *
 * const wind = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.fill(1) };
 * const integration = startIntegration(wind, [0, 10], { method: euler(), numSteps: 4 });
 * integration.step();
 * integration.step();
 * integration.t; // => 0.5
 * integration.state(); // => [0.5, 10.5]
 * integration.status; // => 'running'
 * ```
 */
export function startIntegration(
  field: ArrayField,
  x0: NumericArray,
  options: IntegrateOptions,
): Integration<Float64Array> {
  const start = checkBatch('field', field, 'x0', x0);
  const algebra = arrayAlgebra(writingField('field', field), start.length);
  return createIntegration(algebra, start, planOde(options), options);
}
