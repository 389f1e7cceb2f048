// The network of the flow-matching literature: a multilayer perceptron on (x, t).
import { checkInteger, checkLength, checkOneOf, checkOptions, describeValue } from '@brenier/errors';
import { fillUniform, type Rng } from '@brenier/random';
import { activationNames, type ActivationName } from './activation.js';
import { mlpField } from './mlp-field.js';
import { mlpLossAndGradient } from './mlp-loss.js';
import { mlpLayers, type MlpLayer } from './mlp-layout.js';
import type { Network } from './network.js';
import { checkBatch } from './objective.js';
import { checkTimeFeatures, type TimeFeatures } from './time-features.js';

/** Options of {@link velocityMlp}. */
export interface VelocityMlpOptions {
  /** Dimension of a point. */
  readonly dim: number;
  /** Widths of the hidden layers. Default `[64, 64, 64]`. */
  readonly hidden?: readonly number[];
  /** Activation after every hidden layer. Default `'selu'`. */
  readonly activation?: ActivationName;
  /** How time is appended to the point. Default `'raw'`. */
  readonly time?: TimeFeatures;
}

/** The description of a {@link VelocityMlp}. */
export interface VelocityMlpSpec {
  /** The family. */
  readonly kind: 'velocity-mlp';
  /** All options, defaults filled in. */
  readonly options: Required<VelocityMlpOptions>;
}

/** A multilayer perceptron that maps a point and a time to a velocity. */
export interface VelocityMlp extends Network {
  /** The description; `spec.options` given to {@link velocityMlp} makes the same network again. */
  readonly spec: VelocityMlpSpec;
  /** Where the weights are in the parameter vector. */
  readonly layers: readonly MlpLayer[];
}

/**
 * Makes a velocity network: dense layers on [x, time features], linear at the end.
 *
 * The gradient is an explicit backward pass, so `@tensorflow/tfjs-core` and a backend suffice. One loss and gradient costs
 * 6 · count · parameterCount multiplications and additions, and about 60 kernel calls for three hidden layers.
 *
 * Starting parameters are uniform in ±1/√inputs for weights and biases alike, the default of PyTorch's linear layer (Kaiming
 * uniform with a = √5), drawn layer by layer in the order of the layout.
 *
 * @param options - the shape of the network
 * @returns the network, a description without parameters
 * @throws TypeError or RangeError for an option of the wrong kind or value; `lossAndGradient` for a batch of another shape
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
 */
export function velocityMlp(options: VelocityMlpOptions): VelocityMlp {
  const checked = checkMlpOptions(options);
  const { dim } = checked;
  const layers = mlpLayers(checked);
  const last = layers[layers.length - 1];
  const parameterCount = last.bias + last.outputs;
  return {
    dim,
    parameterCount,
    layers,
    spec: { kind: 'velocity-mlp', options: checked },
    initParameters: (rng) => initParameters(rng, layers, parameterCount),
    lossAndGradient(parameters, batch, gradient) {
      checkLength('parameters', parameters, parameterCount);
      checkLength('gradient', gradient, parameterCount);
      return mlpLossAndGradient(checked, layers, parameters, checkBatch(batch, dim), gradient);
    },
    field: (parameters) => mlpField(checked, layers, checkLength('parameters', parameters, parameterCount)),
  };
}

function checkMlpOptions(options: VelocityMlpOptions): Required<VelocityMlpOptions> {
  const given = checkOptions('options', options, ['dim', 'hidden', 'activation', 'time']);
  const { hidden = [64, 64, 64], activation: chosen = 'selu', time = 'raw' } = given;
  if (!Array.isArray(hidden)) throw new TypeError(`"hidden" expected an array of widths, got ${describeValue(hidden)}`);
  return {
    dim: checkInteger('dim', given.dim, 1),
    hidden: Array.from(hidden as readonly number[], (width, k) => checkInteger(`hidden[${k}]`, width, 1)),
    activation: checkOneOf('activation', chosen, activationNames),
    time: checkTimeFeatures('time', time),
  };
}

function initParameters(rng: Rng, layers: readonly MlpLayer[], parameterCount: number): Float32Array {
  const parameters = new Float32Array(parameterCount);
  for (const { inputs, outputs, weights, bias } of layers) {
    const bound = 1 / Math.sqrt(inputs);
    fillUniform(rng, parameters.subarray(weights, bias + outputs), { low: -bound, high: bound });
  }
  return parameters;
}
