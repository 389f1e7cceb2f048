// The weighted mean square of a velocity network's residuals: packing a batch, one pass over the engine, summing on the
// host.
import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../network/activation-name.js';
import { activation } from './activation.js';
import { conditionCount, writeCondition, type Condition } from '../network/condition.js';
import { denseTensors, mlpResidualAndGradient } from './mlp-graph.js';
import type { MlpLayer } from '../network/mlp-layout.js';
import type { TrainingBatch } from '../network/objective.js';
import { matrixFromArray, readAllInto, tensorFromArray } from './tensors.js';

/**
 * The mean of weight · (velocity − target)² over the entries of a batch, and its gradient in the layout of the
 * parameters.
 */
export async function mlpLossAndGradient(
  options: Condition & { readonly activation: ActivationName },
  layers: readonly MlpLayer[],
  parameters: Float32Array,
  batch: TrainingBatch,
  gradient: Float32Array,
): Promise<number> {
  const { count, dim } = batch;
  const [residual, ...gradients] = tf.tidy(() => {
    const { rows, columns, width } = networkInputs(options, batch);
    return mlpResidualAndGradient(denseTensors(parameters, layers), activation(options.activation), {
      inputs: matrixFromArray(rows, count, width),
      inputsTransposed: matrixFromArray(columns, width, count),
      target: matrixFromArray(batch.target, count, dim),
      factor: residualFactor(batch),
    });
  });
  const residuals = new Float32Array(count * dim);
  try {
    await readAllInto(gradients, gradient);
    await readAllInto([residual], residuals);
  } finally {
    tf.dispose([residual, ...gradients]);
  }
  return weightedMeanSquare(residuals, batch);
}

/** The inputs of the first layer, by rows and by columns. */
function networkInputs(condition: Condition, { count, dim, x, t, label }: TrainingBatch) {
  const width = dim + conditionCount(condition);
  const rows = new Float32Array(count * width);
  const columns = new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < dim; k++) rows[i * width + k] = columns[k * count + i] = x[i * dim + k]!;
    writeCondition(condition, t[i], label === undefined ? -1 : label[i], rows, i * width + dim);
    for (let k = dim; k < width; k++) columns[k * count + i] = rows[i * width + k]!;
  }
  return { rows, columns, width };
}

function residualFactor({ count, dim, weight }: TrainingBatch): tf.Tensor {
  const factor = 2 / (count * dim);
  if (weight === undefined) return tensorFromArray([factor], []);
  const factors = new Float32Array(count * dim);
  for (let i = 0; i < count; i++) factors.fill(factor * weight[i], i * dim, (i + 1) * dim);
  return matrixFromArray(factors, count, dim);
}

function weightedMeanSquare(residuals: Float32Array, { count, dim, weight }: TrainingBatch): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    let square = 0;
    for (let k = 0; k < dim; k++) square += residuals[i * dim + k] ** 2;
    sum += weight === undefined ? square : weight[i] * square;
  }
  return sum / (count * dim);
}
