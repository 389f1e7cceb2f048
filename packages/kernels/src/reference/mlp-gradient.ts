// The arithmetic of a step of assembly/mlp, number by number, on row-major arrays: the plain binary gives the same
// bits.
import type { MlpShape } from '../mlp/mlp-shape.js';
import { mlpActivation } from './mlp-activation.js';

const { fround } = Math;
const [block, mostLanes, chunk] = [64, 8, 1024];

/** Samples with their targets and weights, as `MlpBatch`. */
export interface ReferenceBatch {
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  readonly weights: Float32Array;
}

/**
 * What a layer's way forward leaves behind: its input with ones appended, and the slopes of its output, [count, …]
 * each.
 */
interface LayerTrace {
  readonly values: Float32Array;
  readonly slopes: Float32Array;
}

/** The velocities of inputs, shape [count, features], and the traces of all layers. */
export function mlpForward(shape: MlpShape, parameters: Float32Array, inputs: Float32Array) {
  const count = inputs.length / shape.layers[0].features;
  const traces: LayerTrace[] = [];
  let [values, weights] = [inputs, 0];
  shape.layers.forEach(({ features, outputs }, l) => {
    const padded = Float32Array.from({ length: count * (features + 1) }, (_, i) => {
      const k = i % (features + 1);
      return k === features ? 1 : values[Math.floor(i / (features + 1)) * features + k];
    });
    const matrix = parameters.subarray(weights, weights + (features + 1) * outputs);
    const sums = product(padded, matrix, { depth: features + 1, outputs });
    const slopes = new Float32Array(sums.length);
    if (l < shape.layers.length - 1) {
      sums.forEach((z, i) => ([sums[i], slopes[i]] = mlpActivation(shape.activation, z)));
    }
    traces.push({ values: padded, slopes });
    values = sums;
    weights += matrix.length;
  });
  return { velocities: values, traces };
}

/** Loss, gradient and the sum of its squares: lanes of blocks, then the lanes in order. */
export function mlpLossAndGradient(shape: MlpShape, parameters: Float32Array, batch: ReferenceBatch) {
  const count = batch.weights.length;
  const lanes = Math.min(mostLanes, Math.ceil(count / block));
  const dim = batch.targets.length / count;
  const gradient = new Float32Array(parameters.length);
  let loss = 0;
  for (let lane = 0; lane < lanes; lane++) {
    const laneGradient = new Float32Array(parameters.length);
    let laneLoss = 0;
    for (let first = lane * block; first < count; first += lanes * block) {
      const part = blockOf(shape, batch, first, Math.min(block, count - first), dim);
      laneLoss += addBlock(shape, parameters, part, fround(2 / (count * dim)), laneGradient, first === lane * block);
    }
    loss += laneLoss;
    gradient.forEach((value, i) => (gradient[i] = lane === 0 ? laneGradient[i] : value + laneGradient[i]));
  }
  return { loss: loss / (count * dim), gradient, squaredNorm: sumOfSquares(gradient) };
}

/** Four running sums a chunk, those of the entries i, i + 4, …; then the chunks in order. */
function sumOfSquares(gradient: Float32Array): number {
  let total = 0;
  for (let first = 0; first < gradient.length; first += chunk) {
    const sums = [0, 0, 0, 0];
    for (let i = first; i < Math.min(first + chunk, gradient.length); i++) sums[i % 4] += gradient[i] * gradient[i];
    total += sums[0] + sums[2] + (sums[1] + sums[3]);
  }
  return total;
}

function blockOf(shape: MlpShape, batch: ReferenceBatch, first: number, size: number, dim: number): ReferenceBatch {
  const { features } = shape.layers[0];
  return {
    inputs: batch.inputs.slice(first * features, (first + size) * features),
    targets: batch.targets.subarray(first * dim, (first + size) * dim),
    weights: batch.weights.subarray(first, first + size),
  };
}

/** The loss of a block; its gradient is stored or added. */
function addBlock(
  shape: MlpShape,
  parameters: Float32Array,
  { inputs, targets, weights }: ReferenceBatch,
  factor: number,
  gradient: Float32Array,
  isFirst: boolean,
): number {
  const { velocities, traces } = mlpForward(shape, parameters, inputs);
  const dim = targets.length / weights.length;
  const loss = weightedSquares(velocities, targets, weights);
  let delta = velocities.map((v, i) => fround(v - targets[i]) * fround(weights[Math.floor(i / dim)] * factor));
  let end = parameters.length;
  for (let l = shape.layers.length - 1; l >= 0; l--) {
    const { features, outputs } = shape.layers[l];
    const first = end - (features + 1) * outputs;
    addOuterProducts(traces[l].values, delta, features + 1, outputs, gradient.subarray(first, end), isFirst);
    if (l === 0) break;
    const transposed = Float32Array.from({ length: outputs * features }, (_, i) => {
      return parameters[first + (i % features) * outputs + Math.floor(i / features)];
    });
    const { slopes } = traces[l - 1];
    delta = product(delta, transposed, { depth: outputs, outputs: features }).map((each, i) => each * slopes[i]);
    end = first;
  }
  return loss;
}

/**
 * Σ weight·(v − target)²: four running sums, of the samples 4q, 4q + 1, …, over groups of sixteen, then coordinates,
 * then samples.
 */
function weightedSquares(velocities: Float32Array, targets: Float32Array, weights: Float32Array): number {
  const dim = targets.length / weights.length;
  const sums = [0, 0, 0, 0];
  for (let first = 0; first < weights.length; first += 16) {
    for (let k = 0; k < dim; k++) {
      for (let s = first; s < Math.min(first + 16, weights.length); s++) {
        const residual = fround(velocities[s * dim + k] - targets[s * dim + k]);
        sums[s % 4] += weights[s] * (residual * residual);
      }
    }
  }
  return sums[0] + sums[2] + (sums[1] + sums[3]);
}

/** x·W in float32, shapes [count, depth] and [depth, outputs]: each entry a sum in the order of the inner index. */
function product(x: Float32Array, matrix: Float32Array, { depth, outputs }: { depth: number; outputs: number }) {
  const out = new Float32Array((x.length / depth) * outputs);
  for (let i = 0; i < out.length; i++) {
    const [row, o] = [Math.floor(i / outputs) * depth, i % outputs];
    let sum = 0;
    for (let k = 0; k < depth; k++) sum = fround(sum + fround(x[row + k] * matrix[k * outputs + o]));
    out[i] = sum;
  }
  return out;
}

/** Stores or adds xᵀ·δ in float32; the sum over the samples of the block comes first. */
function addOuterProducts(
  x: Float32Array,
  delta: Float32Array,
  inputs: number,
  outputs: number,
  gradient: Float32Array,
  isFirst: boolean,
): void {
  const count = x.length / inputs;
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) {
      let sum = 0;
      for (let s = 0; s < count; s++) sum = fround(sum + fround(x[s * inputs + i] * delta[s * outputs + o]));
      gradient[i * outputs + o] = isFirst ? sum : gradient[i * outputs + o] + sum;
    }
  }
}
