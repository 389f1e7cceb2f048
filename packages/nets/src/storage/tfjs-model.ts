// A trained velocity network in the layers format of TensorFlow.js, as plain data: neither way needs TensorFlow.js.
import { checkOptions, describeValue } from '@brenier/errors';
import type { ActivationName } from '../network/activation-name.js';
import { denseTopology, readDenseTopology, type DenseDescription } from './dense-topology.js';
import { mlpShape, type MlpShape, type VelocityMlpOptions, type VelocityMlpSpec } from '../network/mlp-shape.js';
import type { SavedModel, SavedVelocityModel } from './saved-model.js';
import type { TimeFeatures } from '../network/time-features.js';
import { readWeights, type TfjsWeightSpec } from './tfjs-weights.js';

/**
 * A model in memory, as `tf.io.fromMemory` takes it and a save handler of TensorFlow.js gets it:
 * `tf.io.ModelArtifacts`.
 */
export interface TfjsModel {
  /** The layers in JSON. */
  modelTopology?: object;
  /** Names and shapes of the weights, in the order of the bytes. */
  weightSpecs?: TfjsWeightSpec[];
  /** The weights, little-endian float32 without gaps. */
  weightData?: ArrayBuffer | ArrayBuffer[];
  /** The layers format. */
  format?: string;
  /** What wrote it. */
  generatedBy?: string;
  /** What converted it. */
  convertedBy?: string | null;
  /** Under `brenier`: the network's `spec`. TensorFlow.js carries it along. */
  userDefinedMetadata?: Record<string, object>;
}

/**
 * Options of {@link fromTfjsModel}: what the layers do not say. A model that {@link toTfjsModel} wrote says it itself.
 */
export interface FromTfjsModelOptions {
  /** How time enters. Default: what the model says, else `'raw'`. */
  readonly time?: TimeFeatures;
  /** Number of classes. Default: what the model says, else 0. */
  readonly classes?: number;
}

/** A model that {@link toTfjsModel} wrote: nothing is missing. */
export interface WrittenTfjsModel extends Required<TfjsModel> {
  /** The weights in one piece. */
  weightData: ArrayBuffer;
}

/**
 * Writes a trained velocity network as a layers model of TensorFlow.js, which `tf.loadLayersModel` opens.
 *
 * The layers model is the bare network. Its input has the shape [count, inputs], and the columns are those of the first
 * layer of `network.layers`: the point, then the time features in the order of {@link TimeFeatures}, then one column a
 * class.
 *
 * @param model - description and parameters of a `velocityMlp` or `fusedMlp`
 * @returns a `Sequential` of dense layers; its bytes are a copy of the parameters
 * @throws TypeError or RangeError where `model` is none, of another kind of network, or its parameters have another
 * length
 *
 * @example
 * Train without TensorFlow.js, go on with it.
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { createRng } from '@brenier/random';
 * import { fusedMlp, toTfjsModel } from '@brenier/nets/fused';
 *
 * const { spec, initParameters } = fusedMlp({ dim: 2, hidden: [16], time: { fourier: 1 } });
 * const artifacts = toTfjsModel({ spec, parameters: initParameters(createRng(0)) });
 * const layers = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
 * layers.inputs[0].shape; // => [null, 5]
 * ```
 */
export function toTfjsModel(model: SavedModel): WrittenTfjsModel {
  const shape = velocityShape(model);
  const chain = describeLayers(shape);
  const bytes = new DataView(new ArrayBuffer(4 * shape.parameterCount));
  model.parameters.forEach((value, i) => bytes.setFloat32(4 * i, value, true));
  return {
    modelTopology: denseTopology(chain),
    // Kernel and bias of each layer, one after the other: the layout of the parameters.
    weightSpecs: chain.flatMap(({ name, inputs, outputs }) => [
      { name: `${name}/kernel`, shape: [inputs!, outputs], dtype: 'float32' as const },
      { name: `${name}/bias`, shape: [outputs], dtype: 'float32' as const },
    ]),
    weightData: bytes.buffer,
    format: 'layers-model',
    generatedBy: '@brenier/nets',
    convertedBy: null,
    userDefinedMetadata: { brenier: shape.spec },
  };
}

/**
 * Reads a layers model of TensorFlow.js: a `Sequential` of dense layers, the last one linear, with one activation after
 * all others.
 *
 * The last layer gives the dimension; the input columns are the point, the time features, the classes.
 *
 * @param artifacts - the model, for example what a save handler of TensorFlow.js was given
 * @param options - what the layers do not say about the input columns
 * @returns description and parameters; missing biases are zeros
 * @throws TypeError where `artifacts` is no model; RangeError where its layers are no velocity network, where the input
 * has another number of columns than the options say, or where weights are missing, cut short or not float32
 *
 * @example
 * A model of TensorFlow.js continues on the fused engine.
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { fromTfjsModel, fusedMlp } from '@brenier/nets/fused';
 *
 * const layers = tf.sequential();
 * layers.add(tf.layers.dense({ units: 8, inputShape: [3], activation: 'swish' }));
 * layers.add(tf.layers.dense({ units: 2 }));
 * let saved!: tf.io.ModelArtifacts;
 * const handler = tf.io.withSaveHandler((artifacts) => {
 *   saved = artifacts;
 *   return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) });
 * });
 * await layers.save(handler);
 * const { spec, parameters } = fromTfjsModel(saved);
 * spec.options; // => { dim: 2, hidden: [8], activation: 'silu', time: 'raw', classes: 0 }
 * fusedMlp(spec.options).parameterCount === parameters.length; // => true
 * ```
 */
export function fromTfjsModel(artifacts: TfjsModel, options?: FromTfjsModelOptions): SavedVelocityModel {
  if (typeof artifacts !== 'object' || artifacts === null) {
    throw new TypeError(`"artifacts" expected a layers model, got ${describeValue(artifacts)}`);
  }
  const { modelTopology, weightSpecs, weightData, userDefinedMetadata } = artifacts;
  const chain = readDenseTopology('artifacts.modelTopology', modelTopology);
  const noted = (userDefinedMetadata?.brenier as Partial<VelocityMlpSpec> | undefined)?.options;
  const { time = noted?.time, classes = noted?.classes } = checkOptions('options', options, ['time', 'classes']);
  const shape = mlpShape({
    dim: chain[chain.length - 1].outputs,
    hidden: chain.slice(0, -1).map(({ outputs }) => outputs),
    activation: activationOf(chain) ?? noted?.activation,
    time,
    classes,
  });
  const { inputs } = shape.layers[0];
  if (chain[0].inputs !== undefined && chain[0].inputs !== inputs) {
    const told = JSON.stringify({ time: shape.spec.options.time, classes: shape.spec.options.classes });
    throw new RangeError(
      `"artifacts" expected ${inputs} inputs for points of dimension ${shape.dim} with ${told}, got ${chain[0].inputs}`,
    );
  }
  const parameters = new Float32Array(shape.parameterCount);
  const weights = readWeights('artifacts', weightSpecs, weightData);
  shape.layers.forEach((layer, l) => {
    const { name, hasBias } = chain[l];
    parameters.set(weights.take(`${name}/kernel`, [layer.inputs, layer.outputs]), layer.weights);
    if (hasBias) parameters.set(weights.take(`${name}/bias`, [layer.outputs]), layer.bias);
  });
  return { spec: shape.spec, parameters };
}

function velocityShape(model: SavedModel): MlpShape {
  if (typeof model !== 'object' || model === null) {
    throw new TypeError(`"model" expected { spec, parameters }, got ${describeValue(model)}`);
  }
  const { spec, parameters } = model;
  if (spec?.kind !== 'velocity-mlp') {
    throw new RangeError(`"model.spec.kind" expected "velocity-mlp", got ${describeValue(spec?.kind)}`);
  }
  const shape = mlpShape(spec.options as VelocityMlpOptions);
  if (!(parameters instanceof Float32Array)) {
    throw new TypeError(`"model.parameters" expected a Float32Array, got ${describeValue(parameters)}`);
  }
  if (parameters.length !== shape.parameterCount) {
    throw new RangeError(`"model.parameters" expected length ${shape.parameterCount}, got ${parameters.length}`);
  }
  return shape;
}

function describeLayers({ layers, spec }: MlpShape): DenseDescription[] {
  return layers.map(({ inputs, outputs }, l) => ({
    name: `dense_${l + 1}`,
    inputs,
    outputs,
    activation: l < layers.length - 1 ? spec.options.activation : undefined,
    hasBias: true,
  }));
}

/** The one activation of all layers but the last; `undefined` where there are no such layers. */
function activationOf(chain: readonly DenseDescription[]): ActivationName | undefined {
  const found = chain.map(({ activation }) => activation);
  const wanted = found.map((_, l) => (l < found.length - 1 ? found[0] : undefined));
  const lacksOne = found.length > 1 && found[0] === undefined;
  if (!lacksOne && wanted.every((activation, l) => activation === found[l])) return found[0];
  const list = found.map((activation) => activation ?? 'linear').join(', ');
  throw new RangeError(`"artifacts.modelTopology" expected one activation after all layers but the last, got ${list}`);
}
