// Velocity fields on tensors, and the bridge from them to fields on arrays.
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { checkFunction, checkInteger, checkOptions, describeValue } from '@brenier/errors';
import { checkFieldCall, type ArrayField } from './array-field.js';
import { matrixFromArray, readInto } from './tensors.js';

/** A velocity field on tensors. */
export interface TensorField {
  /** Dimension of a point. */
  readonly dim: number;
  /** Velocities at the points `x`, shape [count, dim], at time `t` in [0, 1]; same shape. The caller disposes of it. */
  evaluate(x: Tensor2D, t: number): Tensor2D;
}

/** A tensor field that holds tensors of its own. */
export interface OwnedTensorField extends TensorField {
  /** Frees the field's tensors; call it once, and `evaluate` never after. */
  dispose(): void;
}

/** Options of {@link asArrayField}. */
export interface AsArrayFieldOptions {
  /** Most points sent to the engine at once: bounds the memory of the intermediate tensors. Default 4096. */
  readonly chunk?: number;
}

/**
 * Reads a tensor field through arrays: float64 outside, float32 inside.
 *
 * Points are rounded to float32 on the way in, so velocities carry a relative error of about 1e-7 whatever the field. Every call
 * waits for the engine, which WebGPU cannot do; the wasm, cpu, WebGL and Node engines can.
 *
 * @param field - the field; it stays the owner of its tensors
 * @param options - the chunk size
 * @returns a field on arrays; no tensor outlives a call
 * @throws TypeError where `field` has no `evaluate`, RangeError for a bad chunk; `evaluate` throws a RangeError where `x` is not
 * a multiple of `dim` long or `out` differs in length
 *
 * @example
 * A field that rotates the plane, read through arrays.
 * ```ts
 * import * as tf from '@tensorflow/tfjs-core';
 * import { asArrayField } from '@brenier/nets';
 * import { chooseEngine } from '@brenier/nets/node';
 *
 * await chooseEngine({ prefer: 'wasm' });
 * const turn = tf.tensor2d([[0, 1], [-1, 0]]);
 * const field = asArrayField({ dim: 2, evaluate: (x) => tf.matMul(x, turn) });
 * const velocity = new Float64Array(2);
 * field.evaluate(Float64Array.of(3, 4), 0.5, velocity);
 * [...velocity]; // => [-4, 3]
 * ```
 */
export function asArrayField(field: TensorField, options?: AsArrayFieldOptions): ArrayField {
  if (typeof field !== 'object' || field === null) {
    throw new TypeError(`"field" expected a tensor field, got ${describeValue(field)}`);
  }
  checkFunction('field.evaluate', field.evaluate);
  const dim = checkInteger('field.dim', field.dim, 1);
  const { chunk = 4096 } = checkOptions('options', options, ['chunk']);
  checkInteger('chunk', chunk, 1);
  return {
    dim,
    evaluate(x, t, out) {
      checkFieldCall(dim, x, t, out);
      for (let start = 0; start < x.length; start += chunk * dim) {
        const end = Math.min(start + chunk * dim, x.length);
        tf.tidy(() => {
          const points = matrixFromArray(x.subarray(start, end), (end - start) / dim, dim);
          const velocity = field.evaluate(points, t);
          if (velocity?.shape?.join() !== points.shape.join()) refuseVelocity(points, velocity);
          readInto(velocity, out.subarray(start, end));
        });
      }
    },
  };
}

/** A shape that does not fit would fill a part of the answer and leave the rest as it was. */
function refuseVelocity(points: Tensor2D, velocity: Tensor2D): never {
  const found = Array.isArray(velocity?.shape) ? `[${velocity.shape.join(', ')}]` : describeValue(velocity);
  throw new RangeError(`"field.evaluate(x, t)" expected shape [${points.shape.join(', ')}], got ${found}`);
}
