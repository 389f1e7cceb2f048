// Velocity fields on tensors, and the bridge from them to fields on arrays.
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { checkFunction, checkInteger, checkOptions, describeValue } from '@brenier/errors';
import { checkFieldCall, checkJacobianCall, type ArrayField } from '../network/array-field.js';
import { matrixFromArray, readInto } from './tensors.js';

/** A velocity field on tensors. */
export interface TensorField {
  /** Dimension of a point. */
  readonly dim: number;
  /** Velocities at the points `x`, shape [count, dim], at time `t` in [0, 1]; same shape. The caller disposes of it. */
  evaluate(x: Tensor2D, t: number): Tensor2D;
  /**
   * The Jacobian of the velocity at every point times a vector of its own, (∂v/∂x) u; all of shape [count, dim]. The
   * caller disposes of it. Default: absent.
   */
  jacobianProduct?(x: Tensor2D, t: number, u: Tensor2D): Tensor2D;
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
 * Points are rounded to float32 on the way in, so velocities carry a relative error of about 1e-7 whatever the field.
 * Every call waits for the engine, which WebGPU cannot do; the wasm, cpu, WebGL and Node engines can. Where the field
 * has Jacobian products, so has the answer.
 *
 * @param field - the field; it stays the owner of its tensors
 * @param options - the chunk size
 * @returns a field on arrays; no tensor outlives a call
 * @throws TypeError where `field` has no `evaluate`, RangeError for a bad chunk; `evaluate` throws a RangeError where
 * `x` is not a multiple of `dim` long or `out` differs in length
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
  const answer: ArrayField = {
    dim,
    evaluate(x, t, out) {
      checkFieldCall(dim, x, t, out);
      throughEngine('evaluate(x, t)', [x], out, ([points]) => field.evaluate(points, t));
    },
  };
  if (field.jacobianProduct === undefined) return answer;
  checkFunction('field.jacobianProduct', field.jacobianProduct);
  return {
    ...answer,
    jacobianProduct(x, t, u, out) {
      checkJacobianCall(dim, x, t, u, out);
      throughEngine('jacobianProduct(x, t, u)', [x, u], out, ([points, along]) =>
        field.jacobianProduct!(points, t, along),
      );
    },
  };

  function throughEngine(
    call: string,
    inputs: readonly Float64Array[],
    out: Float64Array,
    compute: (inputs: Tensor2D[]) => Tensor2D,
  ): void {
    for (let start = 0; start < out.length; start += chunk * dim) {
      const end = Math.min(start + chunk * dim, out.length);
      const rows = (end - start) / dim;
      tf.tidy(() => {
        const answered = compute(inputs.map((each) => matrixFromArray(each.subarray(start, end), rows, dim)));
        if (answered?.shape?.join() !== `${rows},${dim}`) refuseShape(call, rows, dim, answered);
        readInto(answered, out.subarray(start, end));
      });
    }
  }
}

/** A shape that does not fit would fill a part of the answer and leave the rest as it was. */
function refuseShape(call: string, rows: number, dim: number, answered: Tensor2D): never {
  const found = Array.isArray(answered?.shape) ? `[${answered.shape.join(', ')}]` : describeValue(answered);
  throw new RangeError(`"field.${call}" expected shape [${rows}, ${dim}], got ${found}`);
}
