// Any architecture as a network: its forward pass is given, TensorFlow.js differentiates it on its tape.
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkFinite, checkFunction, checkInteger, checkLength, checkOptions, describeValue } from '@brenier/errors';
import { fillUniform } from '@brenier/random';
import { checkFieldLabel, checkLabels } from '../network/class-label.js';
import { checkBatch } from '../network/objective.js';
import type { TensorNetwork } from './tensor-network.js';
import { matrixFromArray, readAllInto, startTensorEngine, tensorEngine, tensorFromArray } from './tensors.js';

/** Tensors by the names of their shapes in {@link TapeNetworkOptions}. */
export type NamedTensors = Readonly<Record<string, Tensor>>;

/** Options of {@link tapeNetwork}. */
export interface TapeNetworkOptions {
  /** Names the architecture; with the shapes it identifies the network in checkpoints. */
  readonly name: string;
  /** Dimension of a point. */
  readonly dim: number;
  /** Shape of each parameter tensor; the flat parameter vector holds them in this order, row-major. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Number of classes that a sample may have. Default 0: none. */
  readonly classes?: number;
  /**
   * The velocities at the points `x`, shape [count, dim], at the times `t`, shape [count], for the classes `oneHot`,
   * shape [count, classes], whose rows are zeros for samples without one; same shape as `x`. It runs inside a tidy.
   * Only operations whose gradients the engine has may lie between the parameters and the result.
   */
  readonly forward: (parameters: NamedTensors, x: Tensor2D, t: Tensor1D, oneHot: Tensor2D) => Tensor2D;
}

/**
 * Makes a network from a forward pass.
 *
 * The gradient comes from the tape of TensorFlow.js, which needs the gradients that `import '@tensorflow/tfjs'`
 * registers; about five times slower than {@link velocityMlp} for the same small network on the wasm engine. Starting
 * parameters are uniform in ±1/√(product of all axes but the last) for tensors of two axes or more; tensors of one axis
 * start at 0.
 *
 * @param options - name, shapes and forward pass
 * @returns the network
 * @throws TypeError or RangeError for an option of the wrong kind or value; `lossAndGradient` an Error that names the
 * missing import where no gradients are registered
 *
 * @example
 * A velocity that is linear in the point: one matrix.
 * ```ts
 * import * as tf from '@tensorflow/tfjs-core';
 * import { tapeNetwork } from '@brenier/nets';
 *
 * const network = tapeNetwork({
 *   name: 'linear',
 *   dim: 2,
 *   shapes: { matrix: [2, 2] },
 *   forward: ({ matrix }, x) => tf.matMul(x, matrix as tf.Tensor2D),
 * });
 * network.parameterCount; // => 4
 * ```
 */
export function tapeNetwork(options: TapeNetworkOptions): TensorNetwork {
  const given = checkOptions('options', options, ['name', 'dim', 'shapes', 'classes', 'forward']);
  const { name, dim, shapes, classes = 0, forward } = given;
  if (typeof name !== 'string') throw new TypeError(`"name" expected a string, got ${describeValue(name)}`);
  checkInteger('dim', dim, 1);
  checkInteger('classes', classes, 0);
  checkFunction('forward', forward);
  const slots = layOut(shapes);
  const parameterCount = slots.reduce((sum, { size }) => sum + size, 0);
  return {
    dim,
    parameterCount,
    get engine() {
      return tensorEngine();
    },
    ready: startTensorEngine,
    spec: {
      kind: 'tape',
      options: { name, dim, classes, shapes: Object.fromEntries(slots.map((each) => [each.key, each.shape])) },
    },
    initParameters(rng) {
      const parameters = new Float32Array(parameterCount);
      for (const { offset, size, shape } of slots) {
        const bound = shape.length < 2 ? 0 : Math.sqrt(shape[shape.length - 1] / size);
        fillUniform(rng, parameters.subarray(offset, offset + size), { low: -bound, high: bound });
      }
      return parameters;
    },
    async lossAndGradient(parameters, batch, gradient) {
      checkLength('parameters', parameters, parameterCount);
      checkLength('gradient', gradient, parameterCount);
      const { count, x, t, target, weight, label } = checkBatch(batch, dim);
      checkLabels(label, count, classes);
      requireGradients();
      const [loss, ...gradients] = tf.tidy(() => {
        const points = matrixFromArray(x, count, dim);
        const times = tensorFromArray(t, [count]) as Tensor1D;
        const oneHot = oneHotRows(label ?? new Int32Array(count).fill(-1), classes);
        const wanted = matrixFromArray(target, count, dim);
        const weights = weight === undefined ? undefined : matrixFromArray(weight, count, 1);
        const lossOf = (...tensors: Tensor[]) => {
          const velocity = checkVelocity(forward(byName(slots, tensors), points, times, oneHot), points);
          const squares = tf.square(tf.sub(velocity, wanted));
          return tf.mean<tf.Scalar>(weights === undefined ? squares : tf.mul(squares, weights));
        };
        const { value, grads } = tf.valueAndGrads(lossOf)(parameterTensors(slots, parameters));
        return [value, ...grads];
      });
      const value = new Float32Array(1);
      try {
        await readAllInto(gradients, gradient);
        await readAllInto([loss], value);
      } finally {
        tf.dispose([loss, ...gradients]);
      }
      return value[0];
    },
    field(parameters, fieldOptions) {
      const label = checkFieldLabel(fieldOptions, classes);
      const tensors = parameterTensors(slots, checkLength('parameters', parameters, parameterCount)).map(tf.keep);
      return {
        dim,
        evaluate(x, t) {
          checkFinite('t', t);
          return tf.tidy(() => {
            const count = x.shape[0];
            const oneHot = oneHotRows(new Int32Array(count).fill(label), classes);
            return checkVelocity(forward(byName(slots, tensors), x, tf.fill([count], t), oneHot), x);
          });
        },
        dispose: () => tf.dispose(tensors),
      };
    },
  };
}

function oneHotRows(labels: Int32Array, classes: number): Tensor2D {
  const rows = new Float32Array(labels.length * classes);
  labels.forEach((label, i) => {
    if (label >= 0) rows[i * classes + label] = 1;
  });
  return matrixFromArray(rows, labels.length, classes);
}

/** Another shape would be broadcast against the target, and a wrong loss fitted without a word. */
function checkVelocity(velocity: Tensor2D, x: Tensor2D): Tensor2D {
  if (velocity instanceof tf.Tensor && velocity.shape.join() === x.shape.join()) return velocity;
  const found = velocity instanceof tf.Tensor ? `[${velocity.shape.join(', ')}]` : describeValue(velocity);
  throw new RangeError(`"forward(parameters, x, t)" expected shape [${x.shape.join(', ')}], got ${found}`);
}

interface Slot {
  readonly key: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

function layOut(shapes: TapeNetworkOptions['shapes']): Slot[] {
  if (typeof shapes !== 'object' || shapes === null) {
    throw new TypeError(`"shapes" expected an object of shapes, got ${describeValue(shapes)}`);
  }
  let offset = 0;
  return Object.entries(shapes).map(([key, shape]) => {
    if (!Array.isArray(shape)) throw new TypeError(`"shapes.${key}" expected an array, got ${describeValue(shape)}`);
    const size = shape.reduce((product: number, axis) => product * checkInteger(`shapes.${key}`, axis, 1), 1);
    const slot = { key, shape: [...shape] as number[], offset, size };
    offset += size;
    return slot;
  });
}

function parameterTensors(slots: readonly Slot[], parameters: Float32Array): Tensor[] {
  return slots.map(({ offset, size, shape }) => tensorFromArray(parameters.subarray(offset, offset + size), shape));
}

function byName(slots: readonly Slot[], tensors: readonly Tensor[]): NamedTensors {
  return Object.fromEntries(slots.map(({ key }, k) => [key, tensors[k]]));
}

function requireGradients(): void {
  if (tf.getGradient('Sum') !== undefined) return;
  throw new Error('no gradients are registered with TensorFlow.js: add `import "@tensorflow/tfjs"` to the program');
}
