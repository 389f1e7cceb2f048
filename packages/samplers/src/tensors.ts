/**
 * The same integrators on TensorFlow.js tensors: the batch never leaves the engine's memory.
 *
 * An adaptive method reads one number per step, and every integration one number at its end, to see failures. Registers
 * are tensors that this file replaces and disposes of; results belong to the caller. Needs `@tensorflow/tfjs-core` and
 * a backend.
 *
 * @packageDocumentation
 * @module tensors
 */
import { checkFunction, checkInteger, describeValue } from '@brenier/errors';
import { fillNormal, type Rng } from '@brenier/random';
import * as tf from '@tensorflow/tfjs-core';
import { createIntegration } from './integration/integration.js';
import { planOde, planSde, type IntegrateOptions, type IntegrateSdeOptions } from './integration/plan.js';
import type { Integration, IntegrationResult } from './integration/result.js';
import type { StateAlgebra } from './state/state-algebra.js';

/** A time-dependent vector field on tensors, such as a trained net. */
export interface TensorField {
  /** Coordinates per point. */
  readonly dim: number;
  /**
   * The field at every point of a batch.
   *
   * @param x - the points, shape [count, dim]; not to be disposed of
   * @param t - the time they share
   * @returns the vectors, shape [count, dim]; a tensor made during the call is disposed of, one that existed before is
   *   not
   */
  evaluate(x: tf.Tensor2D, t: number): tf.Tensor2D;
}

/**
 * Moves a batch of points along a field, on tensors: `integrate` of the main entry in float32.
 *
 * @param field - the velocity, shape [count, dim] to [count, dim]
 * @param x0 - the batch at the start, shape [count, dim]; neither changed nor disposed of
 * @param options - as for arrays
 * @returns as for arrays; the caller disposes of `final` and `states`
 * @throws TypeError or RangeError where `field`, the shape of `x0` or an option is not valid; a batch that is not
 *   finite is a status, because looking at it would wait for the engine
 *
 * @example
 * Two Euler steps at unit speed.
 * ```ts
 * import { euler } from '@brenier/samplers';
 * import { integrate } from '@brenier/samplers/tensors';
 * import * as tf from '@tensorflow/tfjs';
 *
 * const wind = { dim: 2, evaluate: (x: tf.Tensor2D) => tf.onesLike(x) };
 * const x0 = tf.tensor2d([[0, 10]]);
 * const { final } = integrate(wind, x0, { method: euler(), numSteps: 2 });
 * [...final.dataSync()]; // => [1, 11]
 * tf.dispose([x0, final]);
 * ```
 */
export function integrate(
  field: TensorField,
  x0: tf.Tensor2D,
  options: IntegrateOptions,
): IntegrationResult<tf.Tensor2D> {
  return finish(startIntegration(field, x0, options));
}

/**
 * The same integration as {@link integrate}, stepped by the caller, who also calls its `dispose`.
 *
 * @param field - the velocity
 * @param x0 - the batch at the start, shape [count, dim]; neither changed nor disposed of
 * @param options - as for {@link integrate}
 * @returns the integration before its first step
 * @throws TypeError or RangeError where `field`, the shape of `x0` or an option is not valid
 *
 * @example
 * One step, one look.
 * ```ts
 * import { euler } from '@brenier/samplers';
 * import { startIntegration } from '@brenier/samplers/tensors';
 * import * as tf from '@tensorflow/tfjs';
 *
 * const wind = { dim: 1, evaluate: (x: tf.Tensor2D) => tf.onesLike(x) };
 * const x0 = tf.tensor2d([[0]]);
 * const integration = startIntegration(wind, x0, { method: euler(), numSteps: 4 });
 * integration.step();
 * const state = integration.state();
 * [...state.dataSync()]; // => [0.25]
 * integration.dispose();
 * tf.dispose([x0, state]);
 * ```
 */
export function startIntegration(
  field: TensorField,
  x0: tf.Tensor2D,
  options: IntegrateOptions,
): Integration<tf.Tensor2D> {
  const plan = planOde(options);
  return createIntegration(tensorAlgebra('field', field, checkBatch('field', field, x0)), x0, plan, options);
}

/**
 * Moves a batch of points along a drift with noise, on tensors. The noise has the bits of the array version, rounded to
 * float32.
 *
 * @param rng - where the noise comes from; not advanced
 * @param drift - b, shape [count, dim] to [count, dim]
 * @param x0 - the batch at the start, shape [count, dim]; neither changed nor disposed of
 * @param options - as for arrays
 * @returns as for arrays; the caller disposes of `final` and `states`
 * @throws TypeError or RangeError where an argument is not valid
 *
 * @example
 * A Brownian step.
 * ```ts
 * import { createRng } from '@brenier/random';
 * import { eulerMaruyama } from '@brenier/samplers';
 * import { integrateSde } from '@brenier/samplers/tensors';
 * import * as tf from '@tensorflow/tfjs';
 *
 * const noDrift = { dim: 1, evaluate: (x: tf.Tensor2D) => tf.zerosLike(x) };
 * const x0 = tf.zeros([1000, 1]) as tf.Tensor2D;
 * const options = { method: eulerMaruyama(), diffusion: 2, numSteps: 1 };
 * const { final, nfe } = integrateSde(createRng(0), noDrift, x0, options);
 * nfe; // => 1
 * tf.dispose([x0, final]);
 * ```
 */
export function integrateSde(
  rng: Rng,
  drift: TensorField,
  x0: tf.Tensor2D,
  options: IntegrateSdeOptions,
): IntegrationResult<tf.Tensor2D> {
  return finish(startSdeIntegration(rng, drift, x0, options));
}

/**
 * The same integration as {@link integrateSde}, stepped by the caller, who also calls its `dispose`.
 *
 * @param rng - where the noise comes from; not advanced
 * @param drift - b
 * @param x0 - the batch at the start, shape [count, dim]; neither changed nor disposed of
 * @param options - as for {@link integrateSde}
 * @returns the integration before its first step
 * @throws TypeError or RangeError where an argument is not valid
 *
 * @example
 * A Brownian path, half way.
 * ```ts
 * import { createRng } from '@brenier/random';
 * import { eulerMaruyama } from '@brenier/samplers';
 * import { startSdeIntegration } from '@brenier/samplers/tensors';
 * import * as tf from '@tensorflow/tfjs';
 *
 * const noDrift = { dim: 1, evaluate: (x: tf.Tensor2D) => tf.zerosLike(x) };
 * const x0 = tf.tensor2d([[0]]);
 * const options = { method: eulerMaruyama(), diffusion: 1, numSteps: 2 };
 * const integration = startSdeIntegration(createRng(0), noDrift, x0, options);
 * integration.step();
 * integration.t; // => 0.5
 * integration.dispose();
 * tf.dispose(x0);
 * ```
 */
export function startSdeIntegration(
  rng: Rng,
  drift: TensorField,
  x0: tf.Tensor2D,
  options: IntegrateSdeOptions,
): Integration<tf.Tensor2D> {
  const plan = planSde(rng, options);
  return createIntegration(tensorAlgebra('drift', drift, checkBatch('drift', drift, x0)), x0, plan, options);
}

/** The registers are freed on the way out, also where the field throws. */
function finish(integration: Integration<tf.Tensor2D>): IntegrationResult<tf.Tensor2D> {
  try {
    integration.step(Infinity);
    return integration.result();
  } finally {
    integration.dispose();
  }
}

function checkBatch(name: string, field: TensorField, x0: tf.Tensor2D): [number, number] {
  if (typeof field !== 'object' || field === null) {
    throw new TypeError(`"${name}" expected an object with "dim" and "evaluate", got ${describeValue(field)}`);
  }
  const dim = checkInteger(`${name}.dim`, field.dim, 1);
  checkFunction(`${name}.evaluate`, field.evaluate);
  if (!(x0 instanceof tf.Tensor)) throw new TypeError(`"x0" expected a tensor, got ${describeValue(x0)}`);
  if (x0.isDisposed) throw new TypeError('"x0" expected a tensor in use, got one that was disposed of');
  if ((x0.dtype as string) === 'string') throw new TypeError('"x0" expected a tensor of numbers, got strings');
  if (x0.rank !== 2 || x0.shape[0] < 1 || x0.shape[1] !== dim) {
    throw new RangeError(
      `"x0" expected shape [count, ${dim}] with count >= 1, got [${(x0.shape as number[]).join(', ')}]`,
    );
  }
  return x0.shape;
}

/** A place for a tensor; whoever puts a new one in disposes of the old one. */
interface TensorRegister {
  value: tf.Tensor2D;
}

function tensorAlgebra(
  name: string,
  field: TensorField,
  shape: [number, number],
): StateAlgebra<tf.Tensor2D, TensorRegister> {
  const put = (register: TensorRegister, make: () => tf.Tensor2D): void => {
    const value = tf.tidy(make);
    register.value.dispose();
    register.value = value;
  };
  const readNumber = (make: () => tf.Scalar): number => tf.tidy(() => make().dataSync()[0]);
  return {
    dim: shape[1],
    load: (state) => ({ value: tf.tidy(() => tf.clone(tf.cast(state, 'float32'))) }),
    allocate: () => ({ value: tf.zeros(shape) }),
    copy: (from, to) => put(to, () => tf.clone(from.value)),
    combine: (out, x, coefficients, terms) =>
      put(out, () => {
        const scaled = terms.map((term, k) => tf.mul(term.value, coefficients[k]));
        return tf.add(x.value, scaled.length === 1 ? scaled[0] : tf.addN(scaled));
      }),
    evaluate: (x, t, out) =>
      put(out, () => {
        const velocity = field.evaluate(x.value, t);
        if (velocity?.shape?.join() !== shape.join()) {
          throw new RangeError(
            `"${name}.evaluate(x, t)" expected shape [${shape.join(', ')}], got ${describeShape(velocity)}`,
          );
        }
        // A clone, because the field may return `x` itself or a tensor that it keeps: neither is ours to dispose of.
        return tf.clone(tf.cast(velocity, 'float32'));
      }),
    normal: (rng, sd, out) =>
      put(out, () => {
        const noise = fillNormal(rng, new Float64Array(shape[0] * shape[1]), { sd });
        return tf.tensor2d(Float32Array.from(noise), shape);
      }),
    scaledNorm: (error, x, y, absoluteTolerance, relativeTolerance) =>
      readNumber(() => {
        const magnitude = tf.maximum(tf.abs(x.value), tf.abs(y.value));
        const ratio = tf.div(tf.abs(error.value), tf.add(tf.mul(magnitude, relativeTolerance), absoluteTolerance));
        return tf.add(tf.max(ratio), notFinite(ratio));
      }),
    isFinite: (register) => readNumber(() => notFinite(register.value)) === 0,
    read: (register) => tf.clone(register.value),
    free: (register) => register.value.dispose(),
  };
}

/**
 * 0 where every entry is finite, else NaN: backends differ in what `max` makes of a NaN, but all agree on 0·NaN and
 * 0·∞.
 */
function notFinite(x: tf.Tensor): tf.Scalar {
  return tf.sum(tf.mul(x, 0));
}

function describeShape(value: unknown): string {
  return value instanceof tf.Tensor ? `[${(value.shape as number[]).join(', ')}]` : describeValue(value);
}
