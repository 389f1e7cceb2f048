import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose, leakedTensors } from '@brenier/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromTfjsModel, fusedMlp, toTfjsModel, type TfjsModel, type VelocityMlpOptions } from '../../src/fused.js';
import { referenceInputs, referenceVelocity } from '../reference-mlp.js';
import { useEngine } from '../tested-engines.js';

const shapes: VelocityMlpOptions[] = [
  { dim: 2 },
  { dim: 1, hidden: [5], activation: 'silu', time: { fourier: 2 } },
  { dim: 3, hidden: [4, 6], activation: 'relu', time: { sinusoidal: 3 }, classes: 4 },
  { dim: 2, hidden: [7], activation: 'tanh', classes: 1 },
  { dim: 2, hidden: [3, 3, 3], activation: 'softplus' },
  { dim: 2, hidden: [], classes: 2 },
];

function modelOf(options: VelocityMlpOptions, seed = 1) {
  const { spec, layers, initParameters } = fusedMlp(options);
  return { spec, layers, parameters: initParameters(createRng(seed)) };
}

/** What TensorFlow.js hands to whoever saves a model. */
async function artifactsOf(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let saved!: tf.io.ModelArtifacts;
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      saved = artifacts;
      return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) });
    }),
  );
  return saved;
}

describe('a velocity network in the format of TensorFlow.js', () => {
  beforeAll(async () => {
    await useEngine();
  });

  it.each(shapes)('is opened there and computes the same velocities: %j', async (options) => {
    const model = modelOf(options);
    const layers = await tf.loadLayersModel(tf.io.fromMemory(toTfjsModel(model)));
    const points = Array.from({ length: 8 }, (_, i) => [
      ...fillNormal(createRng(i), new Float32Array(model.spec.options.dim)),
    ]);
    const labels = points.map((_, i) => (i % (model.spec.options.classes + 1)) - 1);
    const inputs = points.map((x, i) => referenceInputs(model, x, i / 8, labels[i]));
    const expected = points.flatMap((x, i) => referenceVelocity(model, model.parameters, x, i / 8, labels[i]));
    const velocities = tf.tidy(() => (layers.predict(tf.tensor2d(inputs)) as tf.Tensor).dataSync().slice());
    layers.dispose();
    expectAllClose(velocities, expected, { relative: 3e-6 }); // float32 on both sides
  });

  it('comes back as it was, whatever the shape', () => {
    const options = fc.record({
      dim: fc.integer({ min: 1, max: 5 }),
      hidden: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 8 }),
      activation: fc.constantFrom('selu', 'silu', 'relu', 'tanh', 'softplus'),
      time: fc.constantFrom('raw', { fourier: 3 }, { sinusoidal: 2 }),
      classes: fc.nat(3),
    }) as fc.Arbitrary<VelocityMlpOptions>;
    fc.assert(
      fc.property(options, fc.nat(), (each, seed) => {
        const { spec, parameters } = modelOf(each, seed);
        const artifacts = toTfjsModel({ spec, parameters });
        expect(fromTfjsModel(artifacts)).toEqual({ spec, parameters });
        // A model.json on the way.
        const { weightData, ...rest } = artifacts;
        const parsed = JSON.parse(JSON.stringify(rest)) as TfjsModel;
        expect(fromTfjsModel({ ...parsed, weightData: [weightData.slice(0, 4), weightData.slice(4)] })).toEqual({
          spec,
          parameters,
        });
      }),
    );
  });

  it('survives being opened and saved by TensorFlow.js', async () => {
    for (const options of shapes) {
      const { spec, parameters } = modelOf(options);
      const layers = await tf.loadLayersModel(tf.io.fromMemory(toTfjsModel({ spec, parameters })));
      expect(fromTfjsModel(await artifactsOf(layers))).toEqual({ spec, parameters });
      layers.dispose();
    }
  });

  it('keeps parameters that are no numbers', () => {
    const { spec } = modelOf({ dim: 1, hidden: [] });
    const parameters = Float32Array.of(NaN, -0, Infinity);
    expect(fromTfjsModel(toTfjsModel({ spec, parameters })).parameters).toEqual(parameters);
  });

  it('shares no memory with the parameters', () => {
    const model = modelOf({ dim: 1, hidden: [2] });
    const before = model.parameters.slice();
    const artifacts = toTfjsModel(model);
    new Uint8Array(artifacts.weightData).fill(7);
    expect(model.parameters).toEqual(before);
    const read = fromTfjsModel(toTfjsModel(model));
    read.parameters.fill(3);
    expect(model.parameters).toEqual(before);
  });
});

describe('toTfjsModel', () => {
  it('refuses what is no trained velocity network', () => {
    const { spec, parameters } = modelOf({ dim: 2, hidden: [3] });
    expect(() => toTfjsModel(undefined as never)).toThrow('"model" expected { spec, parameters }, got undefined');
    expect(() => toTfjsModel({ spec: { kind: 'tape', options: {} }, parameters })).toThrow(
      '"model.spec.kind" expected "velocity-mlp", got "tape"',
    );
    expect(() => toTfjsModel({ spec, parameters: parameters.slice(1) })).toThrow(
      '"model.parameters" expected length 20, got 19',
    );
    expect(() => toTfjsModel({ spec, parameters: new Float64Array(20) as never })).toThrow(
      '"model.parameters" expected a Float32Array, got a Float64Array of length 20',
    );
  });
});

describe('fromTfjsModel', () => {
  beforeAll(async () => {
    await useEngine();
  });

  it('reads a network that was made and trained by TensorFlow.js', async () => {
    const layers = tf.sequential();
    layers.add(tf.layers.inputLayer({ inputShape: [6] }));
    layers.add(tf.layers.dense({ units: 4, activation: 'softplus', useBias: false }));
    layers.add(tf.layers.dense({ units: 5, activation: 'softplus', biasInitializer: 'randomNormal' }));
    layers.add(tf.layers.dense({ units: 2 }));
    layers.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const inputs = referenceInputs({ spec: { options: { time: { fourier: 1 }, classes: 1 } } }, [1, 2], 0.3, 0);
    const row = tf.tensor2d([inputs]);
    await layers.trainOnBatch(row, tf.ones([1, 2]));
    const { spec, parameters } = fromTfjsModel(await artifactsOf(layers), { time: { fourier: 1 }, classes: 1 });
    expect(spec.options).toEqual({
      dim: 2,
      hidden: [4, 5],
      activation: 'softplus',
      time: { fourier: 1 },
      classes: 1,
    });
    const expected = (layers.predict(row) as tf.Tensor).dataSync();
    const velocity = referenceVelocity(fusedMlp(spec.options), parameters, [1, 2], 0.3, 0);
    expectAllClose(velocity, expected, { relative: 3e-6 }); // float32
  });

  it('makes no tensor', async () => {
    const { spec, parameters } = modelOf({ dim: 2, hidden: [3] });
    const artifacts = toTfjsModel({ spec, parameters });
    expect(await leakedTensors(tf, () => void fromTfjsModel(artifacts))).toBe(0);
  });

  it('reads the topology as Keras and the converter write it', () => {
    const dense = (name: string, units: number, activation: string, more = {}) => ({
      class_name: 'Dense',
      config: { name, units, activation, ...more },
    });
    const layers = [
      { class_name: 'InputLayer', config: { name: 'input', batch_shape: [null, 3] } },
      dense('a', 1, 'silu'),
      dense('b', 2, 'linear'),
    ];
    const weightSpecs = [
      { name: 'sequential/a/kernel', shape: [3, 1], dtype: 'float32' as const },
      { name: 'sequential/a/bias', shape: [1], dtype: 'float32' as const },
      { name: 'sequential/b/kernel', shape: [1, 2], dtype: 'float32' as const },
      { name: 'sequential/b/bias', shape: [2], dtype: 'float32' as const },
    ];
    const weightData = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8).buffer;
    const topology = { model_config: { class_name: 'Sequential', config: { name: 'n', layers } } };
    const { spec, parameters } = fromTfjsModel({ modelTopology: topology, weightSpecs, weightData });
    expect(spec.options).toEqual({ dim: 2, hidden: [1], activation: 'silu', time: 'raw', classes: 0 });
    expect(parameters).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  });

  it('takes the weights of the very layer where the name of one ends with that of another', () => {
    const rename = (names: Record<string, string>, prefix = '') => {
      const model = toTfjsModel(modelOf({ dim: 2, hidden: [3, 3] }));
      const text = JSON.stringify([model.modelTopology, model.weightSpecs]);
      const renamed = text.replaceAll(/dense_\d/g, (name) => names[name]);
      const [modelTopology, weightSpecs] = JSON.parse(renamed) as [object, (typeof model)['weightSpecs']];
      return { ...model, modelTopology, weightSpecs: weightSpecs.map((w) => ({ ...w, name: prefix + w.name })) };
    };
    const names = { dense_1: 'net/dense', dense_2: 'dense', dense_3: 'out' };
    expect(fromTfjsModel(rename(names)).parameters).toEqual(modelOf({ dim: 2, hidden: [3, 3] }).parameters);
    expect(() => fromTfjsModel(rename(names, 'model/'))).toThrow(
      '"artifacts.weightSpecs" expected one "dense/kernel", got model/net/dense/kernel, model/dense/kernel',
    );
  });

  it('refuses models that are no velocity network, and says why', () => {
    const good = toTfjsModel(modelOf({ dim: 2, hidden: [3, 4], time: { fourier: 1 } }));
    type Topology = {
      class_name: string;
      config: { layers: { class_name: string; config: Record<string, unknown> }[] };
    };
    const copy = () => structuredClone(good) as Omit<typeof good, 'modelTopology'> & { modelTopology: Topology };
    const changed = (change: (model: ReturnType<typeof copy>) => void) => {
      const model = copy();
      change(model);
      return () => fromTfjsModel(model);
    };
    const layer = (model: ReturnType<typeof copy>, l: number) => model.modelTopology.config.layers[l];
    expect(() => fromTfjsModel(null as never)).toThrow('"artifacts" expected a layers model, got null');
    expect(() => fromTfjsModel({})).toThrow(
      '"artifacts.modelTopology" expected the topology of a Sequential model, got undefined',
    );
    expect(changed((m) => (m.modelTopology.class_name = 'Functional'))).toThrow(
      '"artifacts.modelTopology" expected a Sequential model, got "Functional"',
    );
    expect(changed((m) => (layer(m, 1).class_name = 'Dropout'))).toThrow(
      '"artifacts.modelTopology" expected Dense layers only, got "Dropout"',
    );
    expect(changed((m) => (layer(m, 1).config.activation = 'sigmoid'))).toThrow(
      'expected an activation of "selu", "swish", "relu", "tanh", "softplus", got "sigmoid"',
    );
    expect(changed((m) => (layer(m, 1).config.activation = 'relu'))).toThrow(
      'expected one activation after all layers but the last, got selu, relu, linear',
    );
    expect(changed((m) => (layer(m, 2).config.activation = 'selu'))).toThrow('got selu, selu, selu');
    expect(changed((m) => (layer(m, 0).config.units = '3'))).toThrow('expected a Dense layer with a name and units');
    expect(changed((m) => (m.modelTopology.config.layers = []))).toThrow('expected at least one Dense layer, got none');
    expect(changed((m) => (m.userDefinedMetadata = {}))).toThrow(
      '"artifacts" expected 3 inputs for points of dimension 2 with {"time":"raw","classes":0}, got 5',
    );
    expect(changed((m) => (m.weightSpecs[0].name = 'other'))).toThrow(
      '"artifacts.weightSpecs" expected "dense_1/kernel", got other, dense_1/bias',
    );
    expect(changed((m) => (m.weightSpecs[0].shape = [3, 5]))).toThrow(
      '"artifacts.weightSpecs" expected "dense_1/kernel" of shape [5, 3], got [3, 5]',
    );
    expect(changed((m) => (m.weightSpecs[2].dtype = 'int32'))).toThrow(
      'expected "dense_2/kernel" as float32, got int32',
    );
    expect(changed((m) => (m.weightSpecs[2].quantization = {}))).toThrow('as float32, got a quantized one');
    expect(changed((m) => (m.weightSpecs[1] = null as never))).toThrow(
      '"artifacts.weightSpecs[1]" expected { name, shape, dtype }, got null',
    );
    expect(changed((m) => (m.weightSpecs[0] = { name: 'dense_1/kernel', dtype: 'float32' } as never))).toThrow(
      '"artifacts.weightSpecs[0]" expected { name, shape, dtype }, got an object with keys [name, dtype]',
    );
    expect(changed((m) => (m.weightSpecs[0].shape = [5, -1]))).toThrow(
      '"artifacts.weightSpecs[0].shape[1]" expected a whole number >= 0, got -1',
    );
    expect(changed((m) => (m.weightData = m.weightData.slice(4)))).toThrow(
      '"artifacts.weightData" expected at least 176 bytes, got 172',
    );
    expect(changed((m) => m.weightSpecs.pop())).toThrow('"artifacts.weightData" expected 168 bytes, got 176');
    expect(() => fromTfjsModel({ ...good, weightData: undefined })).toThrow(
      '"artifacts.weightData" expected an ArrayBuffer or several, got undefined',
    );
    expect(() => fromTfjsModel({ ...good, weightSpecs: undefined })).toThrow(
      '"artifacts.weightSpecs" expected an array, got undefined',
    );
    expect(() => fromTfjsModel(good, { dim: 2 } as never)).toThrow('expected only the options "time", "classes"');
    expect(() => fromTfjsModel(good, { classes: 2 })).toThrow('expected 7 inputs for points of dimension 2');
  });
});
