// What a velocity network is, whoever computes it: its options, its layers, its starting parameters.
import { checkInteger, checkOneOf, checkOptions, describeValue } from '@brenier/errors';
import { fillUniform, type Rng } from '@brenier/random';
import { activationNames, type ActivationName } from './activation-name.js';
import { mlpLayers, type MlpLayer } from './mlp-layout.js';
import { checkTimeFeatures, type TimeFeatures } from './time-features.js';

/** Options of `velocityMlp` and `fusedMlp`. */
export interface VelocityMlpOptions {
  /** Dimension of a point. */
  readonly dim: number;
  /** Widths of the hidden layers. Default `[64, 64, 64]`. */
  readonly hidden?: readonly number[];
  /** Activation after every hidden layer. Default `'selu'`. */
  readonly activation?: ActivationName;
  /** How time is appended to the point. Default `'raw'`. */
  readonly time?: TimeFeatures;
  /**
   * Number of classes; each sample may have one, which is appended to the point as a one-hot after the time. Default 0:
   * the network knows no classes.
   */
  readonly classes?: number;
}

/** The description of a velocity network: the same for every engine. */
export interface VelocityMlpSpec {
  /** The family. */
  readonly kind: 'velocity-mlp';
  /** All options, defaults filled in. */
  readonly options: Required<VelocityMlpOptions>;
}

/** The part of a velocity network that no engine has a say in. */
export interface MlpShape {
  readonly dim: number;
  readonly parameterCount: number;
  readonly layers: readonly MlpLayer[];
  readonly spec: VelocityMlpSpec;
  initParameters(rng: Rng): Float32Array;
}

/** Checks the options and lays the network out. */
export function mlpShape(options: VelocityMlpOptions): MlpShape {
  const checked = checkMlpOptions(options);
  const layers = mlpLayers(checked);
  const last = layers[layers.length - 1];
  const parameterCount = last.bias + last.outputs;
  return {
    dim: checked.dim,
    parameterCount,
    layers,
    spec: { kind: 'velocity-mlp', options: checked },
    initParameters: (rng) => initParameters(rng, layers, parameterCount),
  };
}

function checkMlpOptions(options: VelocityMlpOptions): Required<VelocityMlpOptions> {
  const given = checkOptions('options', options, ['dim', 'hidden', 'activation', 'time', 'classes']);
  const { hidden = [64, 64, 64], activation: chosen = 'selu', time = 'raw', classes = 0 } = given;
  if (!Array.isArray(hidden)) throw new TypeError(`"hidden" expected an array of widths, got ${describeValue(hidden)}`);
  return {
    dim: checkInteger('dim', given.dim, 1),
    hidden: Array.from(hidden as readonly number[], (width, k) => checkInteger(`hidden[${k}]`, width, 1)),
    activation: checkOneOf('activation', chosen, activationNames),
    time: checkTimeFeatures('time', time),
    classes: checkInteger('classes', classes, 0),
  };
}

/** Uniform in ±1/√inputs, weights and biases alike, layer by layer. */
function initParameters(rng: Rng, layers: readonly MlpLayer[], parameterCount: number): Float32Array {
  const parameters = new Float32Array(parameterCount);
  for (const { inputs, outputs, weights, bias } of layers) {
    const bound = 1 / Math.sqrt(inputs);
    fillUniform(rng, parameters.subarray(weights, bias + outputs), { low: -bound, high: bound });
  }
  return parameters;
}
