// The network of the flow-matching literature, a multilayer perceptron on point, time and class, as a TensorFlow.js
// graph.
import { checkLength } from '@brenier/errors';
import { checkFieldLabel, checkLabels } from '../network/class-label.js';
import { mlpField } from './mlp-field.js';
import { mlpLossAndGradient } from './mlp-loss.js';
import type { MlpLayer } from '../network/mlp-layout.js';
import { mlpShape, type VelocityMlpOptions, type VelocityMlpSpec } from '../network/mlp-shape.js';
import { checkBatch } from '../network/objective.js';
import type { TensorNetwork } from './tensor-network.js';
import { startTensorEngine, tensorEngine } from './tensors.js';

/** A multilayer perceptron that maps a point, a time and perhaps a class to a velocity, computed by TensorFlow.js. */
export interface VelocityMlp extends TensorNetwork {
  /** The description; `spec.options` given to {@link velocityMlp} makes the same network again. */
  readonly spec: VelocityMlpSpec;
  /** Where the weights are in the parameter vector. */
  readonly layers: readonly MlpLayer[];
}

/**
 * Makes a velocity network on TensorFlow.js: dense layers on [x, time features, class], linear at the end.
 *
 * Its fields give Jacobian products too, by tangents through the same weights, at about twice the cost of an
 * evaluation.
 *
 * For GPUs and wide layers; `fusedMlp` computes the same network without TensorFlow.js, and small ones faster.
 *
 * The gradient is an explicit backward pass, so `@tensorflow/tfjs-core` and a backend suffice. One loss and gradient
 * costs 6 · count · parameterCount multiplications and additions, and about 60 kernel calls for three hidden layers.
 *
 * Starting parameters are uniform in ±1/√inputs for weights and biases alike, the default of PyTorch's linear layer
 * (Kaiming uniform with a = √5), drawn layer by layer in the order of the layout.
 *
 * @param options - the shape of the network
 * @returns the network, a description without parameters
 * @throws TypeError or RangeError for an option of the wrong kind or value; `lossAndGradient` for a batch of another
 * shape
 *
 * @example
 * The network of the published two-dimensional experiments: 3 → 64 → 64 → 64 → 2.
 * ```ts
 * import { velocityMlp } from '@brenier/nets';
 *
 * const network = velocityMlp({ dim: 2 });
 * network.parameterCount; // => 8706
 * network.spec.options.hidden; // => [64, 64, 64]
 * ```
 *
 * @example
 * One column for each of ten classes and thirty-two for the time beside the two of the point.
 * ```ts
 * import { velocityMlp } from '@brenier/nets';
 *
 * const network = velocityMlp({ dim: 2, hidden: [64], time: { sinusoidal: 16 }, classes: 10 });
 * network.layers[0].inputs; // => 44
 * ```
 */
export function velocityMlp(options: VelocityMlpOptions): VelocityMlp {
  const shape = mlpShape(options);
  const { dim, layers, parameterCount, spec } = shape;
  return {
    ...shape,
    get engine() {
      return tensorEngine();
    },
    ready: startTensorEngine,
    lossAndGradient(parameters, batch, gradient) {
      checkLength('parameters', parameters, parameterCount);
      checkLength('gradient', gradient, parameterCount);
      checkLabels(checkBatch(batch, dim).label, batch.count, spec.options.classes);
      return mlpLossAndGradient(spec.options, layers, parameters, batch, gradient);
    },
    field(parameters, fieldOptions) {
      checkLength('parameters', parameters, parameterCount);
      return mlpField(spec.options, layers, parameters, checkFieldLabel(fieldOptions, spec.options.classes));
    },
  };
}
