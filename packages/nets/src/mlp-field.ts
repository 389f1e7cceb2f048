// A velocity network with its parameters filled in.
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D } from '@tensorflow/tfjs-core';
import { checkFinite, describeValue } from '@brenier/errors';
import type { ActivationName } from './activation-name.js';
import { activation } from './activation.js';
import type { OwnedTensorField } from './field.js';
import { denseTensors, mlpForward } from './mlp-graph.js';
import type { MlpLayer } from './mlp-layout.js';
import { matrixFromArray, tensorFromArray } from './tensors.js';
import { timeFeatureCount, writeTimeFeatures, type TimeFeatures } from './time-features.js';

/** The velocity field of one copy of the parameters. Later changes to the array do not reach the field. */
export function mlpField(
  options: { readonly dim: number; readonly activation: ActivationName; readonly time: TimeFeatures },
  layers: readonly MlpLayer[],
  parameters: Float32Array,
): OwnedTensorField {
  const { dim, time } = options;
  const shape = activation(options.activation);
  const [first, ...others] = layers as [MlpLayer, ...MlpLayer[]];
  const head = parameters.slice(0, first.bias + first.outputs);
  // The first rows of the first layer act on the point, the others on time. Kept, so that a tidy around this call spares them.
  const points = tf.keep(matrixFromArray(head.subarray(0, dim * first.outputs), dim, first.outputs));
  const rest = denseTensors(parameters, others);
  const owned = [points, ...rest.flatMap(({ weights, bias }): tf.Tensor[] => [tf.keep(weights), tf.keep(bias)])];
  return {
    dim,
    evaluate(x, t) {
      if (!(x instanceof tf.Tensor) || x.isDisposed) {
        throw new TypeError(`"x" expected a tensor in use, got ${describeValue(x)}`);
      }
      if (x.rank !== 2 || x.shape[1] !== dim)
        throw new RangeError(`"x" expected shape [count, ${dim}], got [${x.shape.join(', ')}]`);
      checkFinite('t', t);
      return tf.tidy(() => {
        const bias = tensorFromArray(biasAtTime(time, t, dim, first, head), [first.outputs]) as Tensor1D;
        return mlpForward([{ weights: points, bias }, ...rest], shape, x);
      });
    },
    dispose: () => tf.dispose(owned),
  };
}

/** At one time the time features of all points agree, so their part of the first layer is a bias. */
function biasAtTime(time: TimeFeatures, t: number, dim: number, layer: MlpLayer, head: Float32Array): Float64Array {
  const features = new Float64Array(timeFeatureCount(time));
  writeTimeFeatures(time, t, features, 0, 1);
  const bias = Float64Array.from(head.subarray(layer.bias, layer.bias + layer.outputs));
  for (let k = 0; k < features.length; k++) {
    const row = layer.weights + (dim + k) * layer.outputs;
    for (let j = 0; j < layer.outputs; j++) bias[j] += features[k] * head[row + j];
  }
  return bias;
}
