import type { Kernels, MlpShape, MlpTrainer } from '../../src/index.js';
import { mlpParameterCount } from '../../src/mlp/mlp-shape.js';
import { seededNumbers } from '../parity/variants.js';

/** The binaries, and the plain one with the products made for wide vectors, which every engine can run. */
export function withWideProducts(variants: { name: string; kernels: Kernels }[]): typeof variants {
  const [{ kernels }] = variants;
  return [...variants, { name: 'plain, wide', kernels: { ...kernels, isWide: true } }];
}

/** A network with layers between these widths. */
export function networkOf(widths: readonly number[], activation = 0): MlpShape {
  return { layers: widths.slice(1).map((outputs, l) => ({ features: widths[l], outputs })), activation };
}

/** Parameters that keep the values of all layers near 1. */
export function parametersOf(shape: MlpShape, seed = 1): Float32Array {
  const size = 1.5 / Math.sqrt(Math.max(...shape.layers.map(({ features }) => features)));
  return Float32Array.from(seededNumbers(mlpParameterCount(shape), seed, -size, size));
}

/** A batch of plain arrays: the inputs of the first layer, the targets of the last, weights around 1. */
export function batchOf({ layers }: MlpShape, count: number, seed = 2) {
  const dim = layers[layers.length - 1].outputs;
  return {
    inputs: Float32Array.from(seededNumbers(count * layers[0].features, seed)),
    targets: Float32Array.from(seededNumbers(count * dim, seed + 1)),
    weights: Float32Array.from(seededNumbers(count, seed + 2, 0.5, 1.5)),
  };
}

/** Loss, sum of squares and gradient of a batch. */
export function gradientOf(trainer: MlpTrainer, batch: ReturnType<typeof batchOf>) {
  const { inputs, targets, weights } = trainer.batch(batch.weights.length);
  inputs.set(batch.inputs);
  targets.set(batch.targets);
  weights.set(batch.weights);
  const found = trainer.gradient();
  const gradient = new Float32Array(trainer.parameterCount);
  trainer.readGradient(gradient);
  return { ...found, gradient };
}
