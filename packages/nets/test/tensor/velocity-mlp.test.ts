import * as tf from '@tensorflow/tfjs-core';
import { createRng, fillNormal, fillUniform } from '@brenier/random';
import { centralDifferences, expectAllClose, expectClose, leakedTensors } from '@brenier/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  asArrayField,
  velocityMlp,
  type OwnedTensorField,
  type TrainingBatch,
  type VelocityMlpOptions,
} from '../../src/index.js';
import { referenceLoss, referenceVelocity } from '../reference-mlp.js';
import { swirlBatch } from '../swirl.js';
import { testedEngines, useEngine } from '../tested-engines.js';

const shapes: VelocityMlpOptions[] = [
  { dim: 2, hidden: [6, 5, 4] },
  { dim: 3, hidden: [7, 4], activation: 'silu', time: { fourier: 3 } },
  { dim: 1, hidden: [5], activation: 'tanh', time: { fourier: 1 } },
  { dim: 2, hidden: [5, 6], activation: 'relu' },
  { dim: 2, hidden: [] },
];

function batchOf(dim: number, count: number, isWeighted: boolean): TrainingBatch {
  const rng = createRng('batch');
  const draw = (length: number) => fillNormal(rng, new Float32Array(length));
  const weight = isWeighted ? { weight: fillUniform(rng, new Float32Array(count)) } : {};
  const t = fillUniform(rng, new Float32Array(count));
  return { count, dim, t, x: draw(count * dim), target: draw(count * dim), ...weight };
}

describe.each(testedEngines)('a velocity network on the %s engine', (engine) => {
  beforeAll(async () => {
    await useEngine(engine);
  });

  it.each(shapes)('computes the velocities of the definition: %j', (options) => {
    const network = velocityMlp(options);
    const { dim } = network;
    const parameters = network.initParameters(createRng(1));
    const x = Float64Array.from(batchOf(dim, 9, false).x);
    const out = new Float64Array(9 * dim);
    const field = network.field(parameters);
    for (const t of [0, 0.3, 1]) {
      asArrayField(field).evaluate(x, t, out);
      const expected = Array.from({ length: 9 }, (_, i) => [...x.subarray(i * dim, (i + 1) * dim)]).flatMap((point) =>
        referenceVelocity(network, parameters, point, t),
      );
      // float32: 6e-8 a rounding, a few dozen roundings on values of order 1.
      expectAllClose(out, expected, { relative: 3e-6 });
    }
    field.dispose();
  });

  it.each(shapes)('computes loss and gradient of the definition: %j', async (options) => {
    const network = velocityMlp(options);
    const parameters = network.initParameters(createRng(2));
    for (const isWeighted of [false, true]) {
      const batch = batchOf(network.dim, 11, isWeighted);
      const gradient = new Float32Array(network.parameterCount);
      const loss = await network.lossAndGradient(parameters, batch, gradient);
      expectClose(loss, referenceLoss(network, parameters, batch), { relative: 3e-6 });
      // Differences in float64 are good to 1e-9; the rest is float32.
      const expected = centralDifferences((p) => referenceLoss(network, p, batch), Float64Array.from(parameters));
      expectAllClose(gradient, expected, { relative: 1e-5 });
    }
  });

  it('computes the gradient of the published network at batch 512', async () => {
    const network = velocityMlp({ dim: 2 });
    const parameters = network.initParameters(createRng(3));
    const batch = swirlBatch(createRng(4), 512);
    const gradient = new Float32Array(network.parameterCount);
    await network.lossAndGradient(parameters, batch, gradient);
    // The derivative along the gradient itself is its squared length: one number that every entry takes part in.
    const along = (s: Float64Array) =>
      referenceLoss(
        network,
        parameters.map((p, i) => p + s[0] * gradient[i]),
        batch,
      );
    const squaredLength = gradient.reduce((sum, g) => sum + g * g, 0);
    // `map` above rounds the moved parameters to float32, hence the wide step and the wide bound.
    expectClose(centralDifferences(along, Float64Array.of(0), 1e-3)[0], squaredLength, { relative: 1e-3 });
  });

  it('says the loss is not finite where an input is not', async () => {
    for (const activation of ['selu', 'silu', 'relu', 'tanh', 'softplus'] as const) {
      const network = velocityMlp({ dim: 2, hidden: [4, 4], activation });
      const parameters = network.initParameters(createRng(0));
      const gradient = new Float32Array(network.parameterCount);
      for (const name of ['t', 'x', 'target'] as const) {
        const batch = swirlBatch(createRng(0), 5);
        batch[name][3] = NaN;
        expect(await network.lossAndGradient(parameters, batch, gradient)).toBeNaN();
      }
      const batch = swirlBatch(createRng(0), 5);
      expect(await network.lossAndGradient(parameters.fill(NaN), batch, gradient)).toBeNaN();
    }
  });

  it('leaves no tensor behind', async () => {
    const network = velocityMlp({ dim: 2, hidden: [8, 8] });
    const parameters = network.initParameters(createRng(5));
    const gradient = new Float32Array(network.parameterCount);
    const steps = () => network.lossAndGradient(parameters, swirlBatch(createRng(6), 16), gradient);
    expect(await leakedTensors(tf, steps, 100)).toBe(0);
    const makeAndDrop = () => {
      const field = network.field(parameters);
      tf.tidy(() => void field.evaluate(tf.zeros([3, 2]), 0.5));
      field.dispose();
      field.dispose();
    };
    expect(await leakedTensors(tf, makeAndDrop)).toBe(0);
  });
});

describe('velocityMlp', () => {
  it('lays its layers out one after the other', () => {
    const network = velocityMlp({ dim: 2, hidden: [4, 3], time: { fourier: 2 } });
    expect(network.layers).toEqual([
      { inputs: 7, outputs: 4, weights: 0, bias: 28 },
      { inputs: 4, outputs: 3, weights: 32, bias: 44 },
      { inputs: 3, outputs: 2, weights: 47, bias: 53 },
    ]);
    expect(network.parameterCount).toBe(55);
  });

  it('makes the same network again from its description, after a passage through JSON', () => {
    for (const options of shapes) {
      const { spec } = velocityMlp(options);
      expect(velocityMlp(JSON.parse(JSON.stringify(spec.options))).spec).toEqual(spec);
    }
  });

  it('draws parameters within ±1/√inputs of each layer, and the same for the same seed', () => {
    const network = velocityMlp({ dim: 2 });
    const parameters = network.initParameters(createRng(8));
    expect(network.initParameters(createRng(8))).toEqual(parameters);
    expect(network.initParameters(createRng(9))).not.toEqual(parameters);
    for (const { inputs, outputs, weights, bias } of network.layers) {
      const layer = parameters.subarray(weights, bias + outputs);
      const bound = 1 / Math.sqrt(inputs);
      expect(Math.max(...layer.map(Math.abs))).toBeLessThanOrEqual(Math.fround(bound));
      // Uniform numbers: the mean square is bound²/3; its standard error at 130 numbers or more is below 8 %.
      const meanSquare = layer.reduce((sum, p) => sum + p * p, 0) / layer.length;
      expectClose(meanSquare, bound ** 2 / 3, { relative: 0.3 });
    }
  });

  it('keeps a field as it was when its parameters change', async () => {
    await useEngine();
    const network = velocityMlp({ dim: 1, hidden: [3] });
    const parameters = network.initParameters(createRng(0));
    const field = network.field(parameters);
    const [before, after] = [new Float64Array(1), new Float64Array(1)];
    asArrayField(field).evaluate(Float64Array.of(0.5), 0.5, before);
    parameters.fill(9);
    asArrayField(field).evaluate(Float64Array.of(0.5), 0.5, after);
    field.dispose();
    expect(after).toEqual(before);
  });

  it('survives being made inside a tidy', async () => {
    await useEngine();
    const network = velocityMlp({ dim: 1, hidden: [3] });
    const parameters = network.initParameters(createRng(0));
    let field!: OwnedTensorField;
    tf.tidy(() => {
      field = network.field(parameters);
    });
    expect(() => asArrayField(field).evaluate(Float64Array.of(0.5), 0.5, new Float64Array(1))).not.toThrow();
    field.dispose();
  });

  it.each([
    [{}, TypeError, '"dim" expected a whole number >= 1, got undefined'],
    [{ dim: 0 }, RangeError, '"dim" expected a whole number >= 1, got 0'],
    [{ dim: 2, hidden: 64 }, TypeError, '"hidden" expected an array of widths, got 64'],
    [{ dim: 2, hidden: [64, 0] }, RangeError, '"hidden[1]" expected a whole number >= 1, got 0'],
    [
      { dim: 2, activation: 'gelu' },
      RangeError,
      '"activation" expected one of "selu", "silu", "relu", "tanh", "softplus", got "gelu"',
    ],
    [{ dim: 2, time: 'cos' }, RangeError, '"time" expected one of "raw", got "cos"'],
    [
      { dim: 2, time: { fourier: 2, sinusoidal: 2 } },
      RangeError,
      '"time" expected "fourier" or "sinusoidal", got both',
    ],
    [{ dim: 2, time: { sinusoidal: 0 } }, RangeError, '"time.sinusoidal" expected a whole number in [1, 256], got 0'],
    [{ dim: 2, classes: -1 }, RangeError, '"classes" expected a whole number >= 0, got -1'],
    [{ dim: 2, time: { fourier: 17 } }, RangeError, '"time.fourier" expected a whole number in [1, 16], got 17'],
    [
      { dim: 2, width: 3 },
      RangeError,
      '"options" expected only the options "dim", "hidden", "activation", "time", "classes", got "width"',
    ],
  ])('refuses %j', (options, kind, message) => {
    expect(() => velocityMlp(options as never)).toThrow(kind);
    expect(() => velocityMlp(options as never)).toThrow(message);
  });

  it('refuses batches and parameters of another shape', () => {
    const network = velocityMlp({ dim: 2, hidden: [3] });
    const parameters = network.initParameters(createRng(0));
    const gradient = parameters.slice();
    const batch = swirlBatch(createRng(0), 4);
    const attempt = (changes: object) => () => network.lossAndGradient(parameters, { ...batch, ...changes }, gradient);
    expect(attempt({ dim: 3 })).toThrow('"batch.dim" expected 2, got 3');
    expect(attempt({ count: 0 })).toThrow('"batch.count" expected a whole number >= 1, got 0');
    expect(attempt({ t: new Float32Array(3) })).toThrow('"batch.t" expected length 4, got 3');
    expect(attempt({ x: new Float64Array(8) })).toThrow(
      '"batch.x" expected a Float32Array, got a Float64Array of length 8',
    );
    expect(attempt({ weight: new Float32Array(8) })).toThrow('"batch.weight" expected length 4, got 8');
    expect(() => network.lossAndGradient(parameters.slice(1), batch, gradient)).toThrow(
      '"parameters" expected length 20, got 19',
    );
    expect(() => network.lossAndGradient(parameters, undefined as never, gradient)).toThrow(
      '"batch" expected a training batch',
    );
    expect(() => network.field(new Float32Array(3))).toThrow('"parameters" expected length 20, got 3');
  });

  it('refuses widths with a hole, and points that are no tensor', () => {
    expect(() => velocityMlp({ dim: 2, hidden: new Array<number>(2) })).toThrow('"hidden[0]" expected a whole number');
    const network = velocityMlp({ dim: 2, hidden: [3] });
    const field = network.field(network.initParameters(createRng(0)));
    const gone = tf.zeros<tf.Rank.R2>([1, 2]);
    gone.dispose();
    for (const x of [undefined, null, [[0, 0]], gone]) {
      expect(() => field.evaluate(x as never, 0)).toThrow('"x" expected a tensor in use');
    }
    field.dispose();
  });
});
