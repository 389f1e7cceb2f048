// The velocity network in float64, written from its definition alone: an oracle for values, losses and gradients.
import type { TimeFeatures, TrainingBatch, VelocityMlp } from '../src/index.js';

const activations = {
  selu: (z: number) => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * (Math.exp(z) - 1)),
  silu: (z: number) => z / (1 + Math.exp(-z)),
  relu: (z: number) => Math.max(z, 0),
  tanh: (z: number) => Math.tanh(z),
  softplus: (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
};

/** Their derivatives; on a kink the one from the left. */
const slopes = {
  selu: (z: number) => 1.0507009873554805 * (z > 0 ? 1 : 1.6732632423543772 * Math.exp(z)),
  silu: (z: number) => (1 + z / (1 + Math.exp(z))) / (1 + Math.exp(-z)),
  relu: (z: number) => (z > 0 ? 1 : 0),
  tanh: (z: number) => 1 / Math.cosh(z) ** 2,
  softplus: (z: number) => 1 / (1 + Math.exp(-z)),
};

/** A velocity network of any engine. */
type Described = Pick<VelocityMlp, 'spec' | 'layers'>;

/** What the first layer sees of one point: the point, the time features, the one-hot of the class. */
export function referenceInputs(
  network: { readonly spec: { readonly options: Pick<Described['spec']['options'], 'time' | 'classes'> } },
  x: readonly number[],
  t: number,
  label = -1,
): number[] {
  const { time, classes } = network.spec.options;
  return [...x, ...timeFeatures(time, t), ...Array.from({ length: classes }, (_, k) => (k === label ? 1 : 0))];
}

/** The velocity at one point, of one class or of none (−1). */
export function referenceVelocity(
  network: Described,
  parameters: ArrayLike<number>,
  x: readonly number[],
  t: number,
  label = -1,
): number[] {
  const { activation } = network.spec.options;
  let h = referenceInputs(network, x, t, label);
  network.layers.forEach(({ inputs, outputs, weights, bias }, l) => {
    const input = l === 0 ? h : h.map(activations[activation]);
    h = Array.from({ length: outputs }, (_, j) => {
      let sum = parameters[bias + j];
      for (let i = 0; i < inputs; i++) sum += input[i] * parameters[weights + i * outputs + j];
      return sum;
    });
  });
  return h;
}

/** The mean over the entries of a batch of weight · (velocity − target)². */
export function referenceLoss(network: Described, parameters: ArrayLike<number>, batch: TrainingBatch): number {
  const { count, dim, t, x, target, weight, label } = batch;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const point = [...x.subarray(i * dim, (i + 1) * dim)];
    const velocity = referenceVelocity(network, parameters, point, t[i], label?.[i]);
    velocity.forEach((v, k) => (sum += (weight?.[i] ?? 1) * (v - target[i * dim + k]) ** 2));
  }
  return sum / (count * dim);
}

/** The gradient of {@link referenceLoss} by the chain rule, for networks that are too large for differences. */
export function referenceGradient(
  network: Described,
  parameters: ArrayLike<number>,
  batch: TrainingBatch,
): Float64Array {
  const { activation } = network.spec.options;
  const { count, dim, t, x, target, weight, label } = batch;
  const gradient = new Float64Array(parameters.length);
  for (let i = 0; i < count; i++) {
    const inputs = referenceInputs(network, [...x.subarray(i * dim, (i + 1) * dim)], t[i], label?.[i]);
    // What enters each layer, and last what leaves the network.
    const sums: Float64Array[] = [];
    const values = [Float64Array.from(inputs)];
    network.layers.forEach(({ inputs: rows, outputs, weights, bias }, l) => {
      const sum = Float64Array.from({ length: outputs }, (_, j) => parameters[bias + j]);
      for (let k = 0; k < rows; k++) {
        for (let j = 0; j < outputs; j++) sum[j] += values[l][k] * parameters[weights + k * outputs + j];
      }
      sums.push(sum);
      values.push(sum.map(activations[activation]));
    });
    let delta = sums[sums.length - 1].map(
      (v, k) => (2 * (weight?.[i] ?? 1) * (v - target[i * dim + k])) / (count * dim),
    );
    for (let l = network.layers.length - 1; l >= 0; l--) {
      const { inputs: rows, outputs, weights, bias } = network.layers[l];
      const before = new Float64Array(rows);
      for (let j = 0; j < outputs; j++) gradient[bias + j] += delta[j];
      for (let k = 0; k < rows; k++) {
        for (let j = 0; j < outputs; j++) {
          gradient[weights + k * outputs + j] += values[l][k] * delta[j];
          before[k] += parameters[weights + k * outputs + j] * delta[j];
        }
      }
      if (l > 0) delta = before.map((each, k) => each * slopes[activation](sums[l - 1][k]));
    }
  }
  return gradient;
}

function timeFeatures(time: TimeFeatures, t: number): number[] {
  if (time === 'raw') return [t];
  const waves = (count: number, angle: (k: number) => number) =>
    Array.from({ length: count }, (_, k) => [Math.sin(angle(k)), Math.cos(angle(k))]).flat();
  if ('fourier' in time) return [t, ...waves(time.fourier, (k) => 2 ** k * Math.PI * t)];
  return waves(time.sinusoidal, (k) => (1000 * t) / 10000 ** (k / time.sinusoidal));
}
