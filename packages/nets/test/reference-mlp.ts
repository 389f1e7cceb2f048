// The velocity network in float64, written from its definition alone: an oracle for values, losses and gradients.
import type { TrainingBatch, VelocityMlp } from '../src/index.js';

const activations = {
  selu: (z: number) => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * (Math.exp(z) - 1)),
  silu: (z: number) => z / (1 + Math.exp(-z)),
  relu: (z: number) => Math.max(z, 0),
  tanh: (z: number) => Math.tanh(z),
};

/** A velocity network of any engine. */
type Described = Pick<VelocityMlp, 'spec' | 'layers'>;

/** The velocity at one point. */
export function referenceVelocity(network: Described, parameters: ArrayLike<number>, x: number[], t: number): number[] {
  const { time, activation } = network.spec.options;
  const features = [t];
  for (let k = 0; time !== 'raw' && k < time.fourier; k++) {
    features.push(Math.sin(2 ** k * Math.PI * t), Math.cos(2 ** k * Math.PI * t));
  }
  let h = [...x, ...features];
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
  const { count, dim, t, x, target, weight } = batch;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const velocity = referenceVelocity(network, parameters, [...x.subarray(i * dim, (i + 1) * dim)], t[i]);
    velocity.forEach((v, k) => (sum += (weight?.[i] ?? 1) * (v - target[i * dim + k]) ** 2));
  }
  return sum / (count * dim);
}
