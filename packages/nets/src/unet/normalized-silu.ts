// Group normalization (Wu and He 2018, arXiv:1803.08494), a gain and a bias for each image and channel, and SiLU: one kernel where
// the backend has it, a composition of operations whose gradients are right on every backend elsewhere.
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { NORMALIZED_SILU, NORMALIZED_SILU_GRADIENT } from '../wasm-kernels/normalization-kernels.js';

/** Added to the variance. */
const EPSILON = 1e-5;

/** silu(normalized(x) · gain + bias): `x` has shape [images, height, width, channels], `gain` and `bias` [images, channels]. */
export function normalizedSilu(x: Tensor4D, gain: Tensor2D, bias: Tensor2D, groupSize: number): Tensor4D {
  const isFused = tf.getKernel(NORMALIZED_SILU, tf.getBackend()) !== undefined;
  return isFused ? fused(x, gain, bias, groupSize) : composed(x, gain, bias, groupSize);
}

function fused(x: Tensor4D, gain: Tensor2D, bias: Tensor2D, groupSize: number): Tensor4D {
  const attributes = { groupSize, epsilon: EPSILON };
  const operation = tf.customGrad((...args) => {
    const [points, gains, biases, save] = args as unknown as [Tensor4D, Tensor2D, Tensor2D, tf.GradSaveFunc];
    const inputs = { x: points, gain: gains, bias: biases };
    save(Object.values(inputs));
    return {
      value: tf.engine().runKernel<Tensor4D>(NORMALIZED_SILU, inputs, attributes),
      gradFunc(dy, saved) {
        const [savedX, savedGain, savedBias] = saved;
        const given = { x: savedX, gain: savedGain, bias: savedBias, dy: dy as Tensor4D };
        return tf.engine().runKernel<tf.Tensor[]>(NORMALIZED_SILU_GRADIENT, given, attributes);
      },
    };
  });
  return operation(x, gain, bias) as Tensor4D;
}

function composed(x: Tensor4D, gain: Tensor2D, bias: Tensor2D, groupSize: number): Tensor4D {
  const [images, height, width, channels] = x.shape;
  const groups = tf.reshape(x, [images, height * width, channels / groupSize, groupSize]);
  const centred = tf.sub(groups, tf.mean(groups, [1, 3], true));
  const variance = tf.mean(tf.square(centred), [1, 3], true);
  const normalized = tf.reshape(tf.mul(centred, tf.rsqrt(tf.add(variance, EPSILON))), x.shape);
  const spread = (row: Tensor2D) => tf.reshape(row, [images, 1, 1, channels]);
  const z = tf.add(tf.mul(normalized, spread(gain)), spread(bias));
  return tf.mul(z, tf.sigmoid(z));
}
