// The multilayer perceptron and its gradient as one ordinary TensorFlow.js graph: no tape, so no registered gradients
// are needed.
//
// The backward pass transposes before it multiplies: products with a transposed operand take the slow path of the wasm
// engine, 1.8 ms instead of 0.14 ms at 512 × 64 × 64. Residuals are read back and summed here in float64, in a fixed
// order.
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Activation } from './activation.js';
import type { MlpLayer } from '../network/mlp-layout.js';
import { matrixFromArray, tensorFromArray } from './tensors.js';

/** A dense layer on the engine. */
export interface DenseTensors {
  /** Shape [inputs, outputs]. */
  readonly weights: Tensor2D;
  /** Shape [outputs]. */
  readonly bias: Tensor1D;
}

/** Sends the parameters to the engine. */
export function denseTensors(parameters: Float32Array, layers: readonly MlpLayer[]): DenseTensors[] {
  return layers.map(({ inputs, outputs, weights, bias }) => ({
    weights: matrixFromArray(parameters.subarray(weights, bias), inputs, outputs),
    bias: tensorFromArray(parameters.subarray(bias, bias + outputs), [outputs]) as Tensor1D,
  }));
}

/** The network's output for rows of inputs. */
export function mlpForward(dense: readonly DenseTensors[], activation: Activation, inputs: Tensor2D): Tensor2D {
  return dense.reduce((h, layer, l) => (l === 0 ? affine(layer, h) : affine(layer, activation.value(h))), inputs);
}

/**
 * The derivative of the network's output along a tangent of its inputs, (∂output/∂inputs) tangent: forward mode, the
 * tangents go through the same weights.
 */
export function mlpTangent(
  dense: readonly DenseTensors[],
  activation: Activation,
  inputs: Tensor2D,
  tangent: Tensor2D,
): Tensor2D {
  let h = inputs;
  let along = tangent;
  dense.forEach((layer, l) => {
    if (l > 0) {
      const [value, slope] = activation.valueAndSlope(h);
      h = value;
      along = tf.mul(along, slope);
    }
    along = tf.matMul(along, layer.weights);
    // The output itself is nobody's input.
    if (l < dense.length - 1) h = affine(layer, h);
  });
  return along;
}

/** What the backward pass starts from. */
export interface MlpBatch {
  /** Shape [count, inputs]. */
  readonly inputs: Tensor2D;
  /** The same, shape [inputs, count]: the host writes it at no more cost than the first. */
  readonly inputsTransposed: Tensor2D;
  /** Shape [count, outputs]. */
  readonly target: Tensor2D;
  /** ∂loss/∂residual divided by the residual: a scalar, or shape [count, outputs]. */
  readonly factor: tf.Tensor;
}

/**
 * Residuals and gradients: first output − target, then weights and bias of every layer in the order of the layout, each
 * in the layout's shape.
 */
export function mlpResidualAndGradient(
  dense: readonly DenseTensors[],
  activation: Activation,
  batch: MlpBatch,
): tf.Tensor[] {
  const transposed = [batch.inputsTransposed];
  const slopes: Tensor2D[] = [];
  let h = affine(dense[0], batch.inputs);
  for (const layer of dense.slice(1)) {
    const [value, slope] = activation.valueAndSlope(h);
    transposed.push(tf.transpose(value));
    slopes.push(slope);
    h = affine(layer, value);
  }
  const residual: Tensor2D = tf.sub(h, batch.target);
  // A row of ones sums the rows of a matrix at the price of a matrix product, a tenth of that of tf.sum.
  const ones: Tensor2D = tf.ones([1, batch.inputs.shape[0]]);
  const gradients: tf.Tensor[] = [];
  let delta: Tensor2D = tf.mul(residual, batch.factor);
  for (let l = dense.length - 1; l >= 0; l--) {
    gradients.unshift(tf.matMul(transposed[l], delta), tf.matMul(ones, delta));
    if (l > 0) delta = tf.mul(tf.matMul(delta, tf.transpose(dense[l].weights)), slopes[l - 1]);
  }
  return [residual, ...gradients];
}

function affine(layer: DenseTensors, h: Tensor2D): Tensor2D {
  return tf.fused.matMul({ a: h, b: layer.weights, bias: layer.bias }) as Tensor2D;
}
