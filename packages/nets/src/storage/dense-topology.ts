// A chain of dense layers as TensorFlow.js writes it down: the topology of a Keras `Sequential` model in JSON.
import { describeValue } from '@brenier/errors';
import type { ActivationName } from '../network/activation-name.js';

/** One dense layer of a chain. */
export interface DenseDescription {
  /** What its weights are called: `<name>/kernel` and `<name>/bias`. */
  readonly name: string;
  /** Inputs; `undefined` where the topology leaves them to the layer before. */
  readonly inputs: number | undefined;
  /** Outputs. */
  readonly outputs: number;
  /** The activation after it; `undefined` for none. */
  readonly activation: ActivationName | undefined;
  /** Whether it has a bias. */
  readonly hasBias: boolean;
}

/** The names that TensorFlow.js has for activations; `silu` is what Keras calls `swish` since version 3. */
const kerasNames: Readonly<Record<ActivationName, string>> = {
  selu: 'selu',
  silu: 'swish',
  relu: 'relu',
  tanh: 'tanh',
  softplus: 'softplus',
};

/** Writes the topology of a chain. */
export function denseTopology(chain: readonly DenseDescription[]): object {
  return {
    class_name: 'Sequential',
    config: { name: 'velocity', layers: chain.map((layer, l) => denseConfig(layer, l === 0)) },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
}

function denseConfig({ name, inputs, outputs, activation, hasBias }: DenseDescription, isFirst: boolean): object {
  const config = {
    name,
    trainable: true,
    units: outputs,
    activation: activation === undefined ? 'linear' : kerasNames[activation],
    use_bias: hasBias,
    ...(isFirst ? { batch_input_shape: [null, inputs], dtype: 'float32' } : {}),
  };
  return { class_name: 'Dense', config };
}

/**
 * Reads the topology of a chain: a `Sequential` of `Dense` layers, as TensorFlow.js saves it or its converter writes
 * it.
 *
 * @throws TypeError where it is no topology; RangeError that names the layer or activation that a velocity network
 * lacks
 */
export function readDenseTopology(name: string, topology: unknown): DenseDescription[] {
  const model = fieldOf(topology, 'model_config') ?? topology;
  const config = fieldOf(model, 'config');
  const layers = Array.isArray(config) ? config : fieldOf(config, 'layers');
  if (!Array.isArray(layers)) {
    throw new TypeError(`"${name}" expected the topology of a Sequential model, got ${describeValue(topology)}`);
  }
  if (fieldOf(model, 'class_name') !== 'Sequential') {
    throw new RangeError(`"${name}" expected a Sequential model, got ${describeValue(fieldOf(model, 'class_name'))}`);
  }
  const [first] = layers as unknown[];
  const startsWithInput = fieldOf(first, 'class_name') === 'InputLayer';
  const chain = (startsWithInput ? layers.slice(1) : layers).map((layer) => readDense(name, layer));
  if (chain.length === 0) throw new RangeError(`"${name}" expected at least one Dense layer, got none`);
  return startsWithInput ? [{ ...chain[0], inputs: chain[0].inputs ?? inputsOf(first) }, ...chain.slice(1)] : chain;
}

function readDense(name: string, layer: unknown): DenseDescription {
  const kind = fieldOf(layer, 'class_name');
  if (kind !== 'Dense') throw new RangeError(`"${name}" expected Dense layers only, got ${describeValue(kind)}`);
  const config = fieldOf(layer, 'config');
  const outputs = fieldOf(config, 'units');
  const layerName = fieldOf(config, 'name');
  if (typeof outputs !== 'number' || typeof layerName !== 'string') {
    throw new TypeError(`"${name}" expected a Dense layer with a name and units, got ${describeValue(config)}`);
  }
  return {
    name: layerName,
    inputs: inputsOf(layer),
    outputs,
    activation: readActivation(name, fieldOf(config, 'activation')),
    hasBias: fieldOf(config, 'use_bias') !== false,
  };
}

function readActivation(name: string, keras: unknown): ActivationName | undefined {
  if (keras === 'linear' || keras === undefined || keras === null) return undefined;
  if (keras === 'silu') return 'silu';
  const found = (Object.keys(kerasNames) as ActivationName[]).find((each) => kerasNames[each] === keras);
  if (found !== undefined) return found;
  const known = Object.values(kerasNames).map((each) => `"${each}"`);
  throw new RangeError(`"${name}" expected an activation of ${known.join(', ')}, got ${describeValue(keras)}`);
}

/** The last axis of the input shape that a layer was given. */
function inputsOf(layer: unknown): number | undefined {
  const config = fieldOf(layer, 'config');
  const shape = fieldOf(config, 'batch_input_shape') ?? fieldOf(config, 'batch_shape');
  return Array.isArray(shape) && shape.length === 2 && typeof shape[1] === 'number' ? shape[1] : undefined;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
