import * as tf from '@tensorflow/tfjs-core';
import { createRng } from '@brenier/random';
import { expectAllClose, expectClose, leakedTensors } from '@brenier/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  adam,
  asArrayField,
  tapeNetwork,
  train,
  velocityMlp,
  type NamedTensors,
  type TrainingBatch,
} from '../../src/index.js';
import { swirl, swirlBatch } from '../swirl.js';
import { useEngine } from '../tested-engines.js';

/** The published network written as a forward pass, in the layout of velocityMlp. */
const taped = tapeNetwork({
  name: 'selu 3-8-8-2',
  dim: 2,
  shapes: { w0: [3, 8], b0: [8], w1: [8, 8], b1: [8], w2: [8, 2], b2: [2] },
  forward(p, x, t) {
    const layer = (h: tf.Tensor, l: number) =>
      tf.add(tf.matMul(h as tf.Tensor2D, p[`w${l}`] as tf.Tensor2D), p[`b${l}`]);
    const inputs = tf.concat([x, tf.expandDims(t, 1)], 1);
    return layer(tf.selu(layer(tf.selu(layer(inputs, 0)), 1)), 2) as tf.Tensor2D;
  },
});
const explicit = velocityMlp({ dim: 2, hidden: [8, 8] });

describe('a network on the tape', () => {
  beforeAll(async () => {
    await useEngine();
  });

  it('agrees with the explicit backward pass of the same network', async () => {
    const parameters = explicit.initParameters(createRng(1));
    const plain = swirlBatch(createRng(2), 20);
    const weighted: TrainingBatch = { ...plain, weight: plain.t };
    for (const batch of [plain, weighted]) {
      const [one, other] = [parameters.slice(), parameters.slice()];
      const loss = await explicit.lossAndGradient(parameters, batch, one);
      expectClose(await taped.lossAndGradient(parameters, batch, other), loss, { relative: 1e-6 }); // float32
      expectAllClose(other, one, { relative: 1e-6 });
    }
    const [here, there] = [new Float64Array(8), new Float64Array(8)];
    const x = Float64Array.of(1, 2, -1, 0.5, 0, 0, 3, -3);
    asArrayField(explicit.field(parameters)).evaluate(x, 0.25, here);
    asArrayField(taped.field(parameters)).evaluate(x, 0.25, there);
    expectAllClose(there, here, { relative: 1e-6 });
  });

  it('sees classes as one-hot rows, as the explicit network does', async () => {
    const labelled = tapeNetwork({
      name: 'linear',
      dim: 2,
      classes: 3,
      shapes: { w: [6, 2], b: [2] },
      forward: ({ w, b }, x, t, oneHot) =>
        tf.add<tf.Tensor2D>(tf.matMul(tf.concat([x, tf.expandDims(t, 1), oneHot], 1), w), b),
    });
    const linear = velocityMlp({ dim: 2, hidden: [], classes: 3 });
    const parameters = linear.initParameters(createRng(1));
    const batch = { ...swirlBatch(createRng(2), 5), label: Int32Array.of(0, 2, -1, 1, 2) };
    const [one, other] = [parameters.slice(), parameters.slice()];
    const loss = await linear.lossAndGradient(parameters, batch, one);
    expectClose(await labelled.lossAndGradient(parameters, batch, other), loss, { relative: 1e-6 }); // float32
    expectAllClose(other, one, { relative: 1e-6 });
    for (const label of [undefined, -1, 0, 2]) {
      const [here, there] = [linear, labelled].map((network) => {
        const field = network.field(parameters, { label });
        const velocity = new Float64Array(2);
        asArrayField(field).evaluate(Float64Array.of(1, 2), 0.25, velocity);
        field.dispose();
        return velocity;
      });
      expectAllClose(there, here, { relative: 1e-6 });
    }
    expect(() => labelled.field(parameters, { label: 3 })).toThrow('"label" expected a whole number in [-1, 2], got 3');
    const wrong = { ...batch, label: Int32Array.of(0, 2, -1, 3, 2) };
    await expect(labelled.lossAndGradient(parameters, wrong, one)).rejects.toThrow('"batch.label[3]"');
  });

  it('trains', async () => {
    const result = await train({
      network: taped,
      objective: swirl(),
      rng: createRng(0),
      steps: 300,
      optimizer: adam({ learningRate: 0.02 }),
    });
    expect(result.losses.means[299]).toBeLessThan(0.25); // a network that learned nothing stays at 7/3
  });

  it('starts weights within ±1/√inputs and vectors at 0', () => {
    const parameters = taped.initParameters(createRng(3));
    expect(parameters).toHaveLength(taped.parameterCount);
    expect([...parameters.subarray(24, 32)]).toEqual(new Array(8).fill(0));
    const first = parameters.subarray(0, 24).map(Math.abs);
    expect(Math.max(...first)).toBeLessThan(1 / Math.sqrt(3));
    expect(Math.max(...first)).toBeGreaterThan(0.7 / Math.sqrt(3));
  });

  it('leaves no tensor behind', async () => {
    const parameters = taped.initParameters(createRng(3));
    const step = () => taped.lossAndGradient(parameters, swirlBatch(createRng(2), 8), new Float32Array(122));
    expect(await leakedTensors(tf, step)).toBe(0);
    const use = () => {
      const field = taped.field(parameters);
      asArrayField(field).evaluate(Float64Array.of(1, 2), 0.5, new Float64Array(2));
      field.dispose();
    };
    expect(await leakedTensors(tf, use)).toBe(0);
  });

  it('names the missing import where no gradients are registered', async () => {
    const config = tf.getGradient('Sum');
    tf.unregisterGradient('Sum');
    try {
      const parameters = taped.initParameters(createRng(3));
      await expect(taped.lossAndGradient(parameters, swirlBatch(createRng(2), 8), parameters)).rejects.toThrow(
        'no gradients are registered with TensorFlow.js: add `import "@tensorflow/tfjs"` to the program',
      );
    } finally {
      tf.registerGradient(config);
    }
  });

  it('refuses wrong shapes and options', async () => {
    const forward = (_: NamedTensors, x: tf.Tensor2D) => x;
    const good = { name: 'n', dim: 2, shapes: { w: [2, 2] }, forward };
    const attempt = (changes: object) => () => tapeNetwork({ ...good, ...changes });
    expect(attempt({ name: 1 })).toThrow('"name" expected a string, got 1');
    expect(attempt({ dim: 0.5 })).toThrow('"dim" expected a whole number >= 1, got 0.5');
    expect(attempt({ shapes: null })).toThrow('"shapes" expected an object of shapes, got null');
    expect(attempt({ shapes: { w: 2 } })).toThrow('"shapes.w" expected an array, got 2');
    expect(attempt({ shapes: { w: [2, 0] } })).toThrow('"shapes.w" expected a whole number >= 1, got 0');
    expect(attempt({ forward: 'x' })).toThrow('"forward" expected a function, got "x"');
    expect(attempt({ layers: 1 })).toThrow('"options" expected only the options "name"');
    const network = tapeNetwork(good);
    const batch = swirlBatch(createRng(2), 8);
    await expect(network.lossAndGradient(new Float32Array(3), batch, new Float32Array(4))).rejects.toThrow(
      '"parameters"',
    );
    expect(() => network.field(new Float32Array(5))).toThrow('"parameters" expected length 4, got 5');
  });

  it('refuses a forward pass whose answer has another shape than the points', async () => {
    const answering = (answer: () => unknown) =>
      tapeNetwork({ name: 'n', dim: 2, shapes: { w: [2, 2] }, forward: answer as never });
    const row = answering(() => tf.zeros([1, 2]));
    const fit = row.lossAndGradient(new Float32Array(4), swirlBatch(createRng(2), 8), new Float32Array(4));
    await expect(fit).rejects.toThrow('"forward(parameters, x, t)" expected shape [8, 2], got [1, 2]');
    const field = answering(() => undefined).field(new Float32Array(4));
    const x = tf.zeros<tf.Rank.R2>([3, 2]);
    expect(() => field.evaluate(x, 0)).toThrow('"forward(parameters, x, t)" expected shape [3, 2], got undefined');
    field.dispose();
    x.dispose();
  });
});
