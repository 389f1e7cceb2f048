// Activations as ordinary graphs: the value, and the value with its slope for an explicit backward or tangent pass.
// Each is composed of the kernels that are fast on the wasm engine; `selu` and `where` there cost three to ten times as
// much as what is used here.
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { ActivationName } from '../network/activation-name.js';

/** An activation and its derivative. */
export interface Activation {
  /** The activation of every entry. */
  value(z: Tensor2D): Tensor2D;
  /** The activation of every entry and its derivative there. */
  valueAndSlope(z: Tensor2D): [value: Tensor2D, slope: Tensor2D];
}

/** λ and α of Klambauer et al. 2017 (arXiv:1706.02515), eq. 2 and 14. */
const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

/** Looks an activation up. */
export function activation(name: ActivationName): Activation {
  return { selu, silu, relu, tanh, softplus }[name];
}

/** selu(z) = λ z for z > 0, λα (eᶻ − 1) otherwise: an elu times a step between λ and λα. */
const selu: Activation = {
  value(z) {
    return tf.mul(tf.elu(z), tf.mul(tf.step(z, SELU_ALPHA), SELU_SCALE));
  },
  valueAndSlope(z) {
    const bent = tf.elu(z);
    const scale = tf.mul(tf.step(z, SELU_ALPHA), SELU_SCALE);
    // The derivative of elu is 1 above zero and elu + 1 below.
    const slope = tf.add(tf.clipByValue(bent, -1, 0), 1);
    return [tf.mul(bent, scale), tf.mul(slope, scale)];
  },
};

/** silu(z) = z s with s = sigmoid(z); its derivative is s + z s (1 − s). */
const silu: Activation = {
  value(z) {
    return tf.mul(z, tf.sigmoid(z));
  },
  valueAndSlope(z) {
    const gate = tf.sigmoid(z);
    const value: Tensor2D = tf.mul(z, gate);
    return [value, tf.add(gate, tf.sub(value, tf.mul(value, gate)))];
  },
};

const relu: Activation = {
  value(z) {
    return tf.relu(z);
  },
  valueAndSlope(z) {
    return [tf.relu(z), tf.step(z)];
  },
};

const tanh: Activation = {
  value(z) {
    return tf.tanh(z);
  },
  valueAndSlope(z) {
    const value = tf.tanh(z);
    return [value, tf.sub(1, tf.square(value))];
  },
};

/** softplus(z) = log(1 + eᶻ); its derivative is sigmoid(z). */
const softplus: Activation = {
  value(z) {
    return tf.softplus(z);
  },
  valueAndSlope(z) {
    return [tf.softplus(z), tf.sigmoid(z)];
  },
};
