/** The judge while it learns: the same layers as tensors, and the cross-entropy of the classes as a loss for the training loop. */
import type { Network } from '@brenier/nets';
import { fillNormal } from '@brenier/random';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { CLASS_COUNT, JUDGE_LAYERS, JUDGE_PARAMETER_COUNT, SIDE } from './judge-shape.js';

/** A classifier of batches `{ x, label }`; what a batch says of times and targets is not looked at. */
export const judgeNetwork: Network = {
  dim: SIDE * SIDE,
  parameterCount: JUDGE_PARAMETER_COUNT,
  spec: { kind: 'digit-judge', options: { layers: JUDGE_LAYERS.map(({ shape }) => shape) } },
  get engine() {
    return `tfjs ${tf.getBackend()}`;
  },
  initParameters(rng) {
    const parameters = new Float32Array(JUDGE_PARAMETER_COUNT);
    for (const { shape, offset, biasOffset } of JUDGE_LAYERS) {
      // He et al. 2015: the variance 2 / inputs keeps the scale of what passes through a ReLU.
      const inputs = (biasOffset - offset) / shape[shape.length - 1];
      fillNormal(rng, parameters.subarray(offset, biasOffset), { sd: Math.sqrt(2 / inputs) });
    }
    return parameters;
  },
  async lossAndGradient(parameters, { x, label, count }, gradient) {
    const [loss, ...gradients] = tf.tidy(() => {
      const images = tf.tensor4d(x.slice(), [count, SIDE, SIDE, 1]);
      const wanted = tf.oneHot(tf.tensor1d(label!.slice(), 'int32'), CLASS_COUNT);
      const lossOf = (...tensors: Tensor[]) => crossEntropy(logitsOf(tensors, images), wanted);
      const { value, grads } = tf.valueAndGrads(lossOf)(parameterTensors(parameters));
      return [value, ...grads];
    });
    const parts = await Promise.all(gradients.map((each) => each.data()));
    let end = 0;
    for (const part of parts) {
      gradient.set(part, end);
      end += part.length;
    }
    const value = (await loss.data())[0];
    tf.dispose([loss, ...gradients]);
    return value;
  },
};

/** Filter or matrix and bias of every layer, in the order of the flat array. */
function parameterTensors(parameters: Float32Array): Tensor[] {
  return JUDGE_LAYERS.flatMap(({ shape, offset, biasOffset }) => {
    const bias = shape[shape.length - 1];
    return [
      tf.tensor(parameters.slice(offset, biasOffset), [...shape]),
      tf.tensor(parameters.slice(biasOffset, biasOffset + bias), [bias]),
    ];
  });
}

function logitsOf(tensors: readonly Tensor[], images: Tensor4D): Tensor2D {
  const [firstFilter, firstBias, secondFilter, secondBias, dense, denseBias, last, lastBias] = tensors;
  const ink = tf.div<Tensor4D>(tf.add(images, 1), 2);
  const level = (input: Tensor4D, filter: Tensor, bias: Tensor): Tensor4D =>
    tf.avgPool(tf.relu(tf.add<Tensor4D>(tf.conv2d(input, filter as Tensor4D, 1, 'same'), bias)), 2, 2, 'valid');
  const coarse = level(level(ink, firstFilter, firstBias), secondFilter, secondBias);
  const flat = tf.reshape<tf.Rank.R2>(coarse, [images.shape[0], dense.shape[0]]);
  const features = tf.relu(tf.add<Tensor2D>(tf.matMul(flat, dense as Tensor2D), denseBias));
  return tf.add(tf.matMul(features, last as Tensor2D), lastBias);
}

/** The mean of −log softmax(logits) at the wanted class, from operations whose gradients every engine has. */
function crossEntropy(logits: Tensor2D, wanted: Tensor): tf.Scalar {
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), wanted), 1)));
}
