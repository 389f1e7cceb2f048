// A velocity network with its parameters filled in.
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkFinite, describeValue } from '@brenier/errors';
import type { ActivationName } from '../network/activation-name.js';
import { activation } from './activation.js';
import { conditionCount, writeCondition, type Condition } from '../network/condition.js';
import type { OwnedTensorField } from './field.js';
import { denseTensors, mlpForward, mlpTangent, type DenseTensors } from './mlp-graph.js';
import type { MlpLayer } from '../network/mlp-layout.js';
import { matrixFromArray, tensorFromArray } from './tensors.js';

/**
 * The velocity field of one copy of the parameters and one class. Later changes to the array do not reach the field.
 */
export function mlpField(
  options: Condition & { readonly dim: number; readonly activation: ActivationName },
  layers: readonly MlpLayer[],
  parameters: Float32Array,
  label: number,
): OwnedTensorField {
  const { dim } = options;
  const shape = activation(options.activation);
  const [first, ...others] = layers as [MlpLayer, ...MlpLayer[]];
  const head = parameters.slice(0, first.bias + first.outputs);
  // The first rows of the first layer act on the point, the others on time and class. Kept, so that a tidy around
  // spares them.
  const points = tf.keep(matrixFromArray(head.subarray(0, dim * first.outputs), dim, first.outputs));
  const rest = denseTensors(parameters, others);
  const owned = [points, ...rest.flatMap(({ weights, bias }): tf.Tensor[] => [tf.keep(weights), tf.keep(bias)])];

  function denseAt(t: number): DenseTensors[] {
    const bias = conditionedBias(options, checkFinite('t', t), label, dim, first, head);
    return [{ weights: points, bias: tensorFromArray(bias, [first.outputs]) as Tensor1D }, ...rest];
  }

  return {
    dim,
    evaluate(x, t) {
      checkPoints('x', x, dim);
      return tf.tidy(() => mlpForward(denseAt(t), shape, x));
    },
    jacobianProduct(x, t, u) {
      checkPoints('x', x, dim);
      if (checkPoints('u', u, dim).shape[0] !== x.shape[0])
        throw new RangeError(`"u" expected shape [${x.shape.join(', ')}], got [${u.shape.join(', ')}]`);
      return tf.tidy(() => mlpTangent(denseAt(t), shape, x, u));
    },
    dispose: () => tf.dispose(owned),
  };
}

function checkPoints(name: string, x: Tensor2D, dim: number): Tensor2D {
  if (!(x instanceof tf.Tensor) || x.isDisposed)
    throw new TypeError(`"${name}" expected a tensor in use, got ${describeValue(x)}`);
  if (x.rank !== 2 || x.shape[1] !== dim)
    throw new RangeError(`"${name}" expected shape [count, ${dim}], got [${x.shape.join(', ')}]`);
  return x;
}

/** All points share the time and the class, so their part of the first layer is a bias. */
function conditionedBias(
  condition: Condition,
  t: number,
  label: number,
  dim: number,
  layer: MlpLayer,
  head: Float32Array,
): Float64Array {
  const features = new Float32Array(conditionCount(condition));
  writeCondition(condition, t, label, features, 0);
  const bias = Float64Array.from(head.subarray(layer.bias, layer.bias + layer.outputs));
  for (let k = 0; k < features.length; k++) {
    const row = layer.weights + (dim + k) * layer.outputs;
    for (let j = 0; j < layer.outputs; j++) bias[j] += features[k] * head[row + j];
  }
  return bias;
}
