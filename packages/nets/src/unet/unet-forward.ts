// The forward pass of a U-Net. Only operations whose gradients TensorFlow.js has right on every backend: 2 × 2 means by avgPool of even
// sizes, up-sampling by concatenation, no resizing and no strides.
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { normalizedSilu } from './normalized-silu.js';
import type { NamedTensors } from '../tensor/tape-network.js';
import type { ResidualBlock, UnetPlan, VelocityUnetOptions } from './unet-shape.js';

/** Channels that are normalized together. */
const GROUP_SIZE = 8;

/** The velocities of a batch of flattened images. */
export function unetForward(
  { height, width, imageChannels, channels, classes }: Required<VelocityUnetOptions>,
  { down, middle, up }: UnetPlan,
  parameters: NamedTensors,
  x: Tensor2D,
  t: Tensor1D,
  oneHot: Tensor2D,
): Tensor2D {
  const images = x.shape[0];
  const embedding = embed(parameters, channels[0], t, classes > 0 ? oneHot : undefined);
  const through = (h: Tensor4D, blocks: readonly ResidualBlock[]) =>
    blocks.reduce((each, block) => residual(parameters, block, each, embedding), h);
  const kept: Tensor4D[] = [];
  let h = convolve(parameters['stem.filter'], tf.reshape(x, [images, height, width, imageChannels]));
  down.forEach((blocks, level) => {
    if (level > 0) {
      kept.push(h);
      h = tf.avgPool(h, 2, 2, 'valid');
    }
    h = through(h, blocks);
  });
  h = through(h, [middle]);
  for (let level = up.length - 1; level >= 0; level--) {
    h = doubled(convolve(parameters[`up.${level}.narrow.filter`], h));
    h = through(tf.concat([h, kept[level]], 3), up[level]);
  }
  const calm = normalizedBy(parameters, 'head.norm', h);
  return tf.reshape(convolve(parameters['head.filter'], calm), [images, height * width * imageChannels]);
}

/** Time, as the sines and cosines of transformers at position 1000 t, and class through a small perceptron. */
function embed(parameters: NamedTensors, base: number, t: Tensor1D, oneHot: Tensor2D | undefined): Tensor2D {
  const frequencies = tf.mul(tf.exp(tf.mul(tf.range(0, base), -Math.LN10 * (4 / base))), 1000);
  const angles: Tensor2D = tf.mul(tf.expandDims(t, 1), tf.expandDims(frequencies, 0));
  const hidden = silu(dense(parameters, 'time.0', tf.concat([tf.cos(angles), tf.sin(angles)], 1)));
  const ofTime = dense(parameters, 'time.1', hidden);
  if (oneHot === undefined) return silu(ofTime);
  return silu(tf.add(ofTime, tf.matMul(oneHot, parameters['classes.rows'] as Tensor2D)));
}

/** x + f(x), He et al. 2016, with the normalizations before the convolutions and the second one modulated by time and class. */
function residual(parameters: NamedTensors, block: ResidualBlock, x: Tensor4D, embedding: Tensor2D): Tensor4D {
  const { name, inputs, outputs } = block;
  const first = convolve(parameters[`${name}.first.filter`], normalizedBy(parameters, `${name}.norm`, x));
  const modulation = dense(parameters, `${name}.modulation`, embedding);
  const [gain, bias] = tf.split<Tensor2D>(modulation, 2, 1);
  const second = convolve(
    parameters[`${name}.second.filter`],
    normalizedSilu(first, tf.add(gain, 1), bias, GROUP_SIZE),
  );
  return tf.add(inputs === outputs ? x : convolve(parameters[`${name}.skip.filter`], x), second);
}

/** A normalization whose gain and bias are the same for all images. */
function normalizedBy(parameters: NamedTensors, name: string, x: Tensor4D): Tensor4D {
  const ones = tf.ones<tf.Rank.R2>([x.shape[0], 1]);
  const rows = (parameter: tf.Tensor): Tensor2D => tf.mul(ones, tf.expandDims(parameter, 0));
  return normalizedSilu(x, rows(tf.add(parameters[`${name}.gain`], 1)), rows(parameters[`${name}.bias`]), GROUP_SIZE);
}

function convolve(filter: tf.Tensor, x: Tensor4D): Tensor4D {
  return tf.conv2d(x, filter as Tensor4D, 1, 'same');
}

/** Every pixel four times: columns first, then rows. */
function doubled(x: Tensor4D): Tensor4D {
  const [images, height, width, channels] = x.shape;
  const columns = tf.reshape(tf.concat([x, x], 3), [images, height, 2 * width * channels]);
  return tf.reshape(tf.concat([columns, columns], 2), [images, 2 * height, 2 * width, channels]);
}

function dense(parameters: NamedTensors, name: string, x: Tensor2D): Tensor2D {
  return tf.add(tf.matMul(x, parameters[`${name}.weights`] as Tensor2D), parameters[`${name}.bias`]);
}

function silu(x: Tensor2D): Tensor2D {
  return tf.mul(x, tf.sigmoid(x));
}
