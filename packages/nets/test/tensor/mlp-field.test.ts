import * as tf from '@tensorflow/tfjs-core';
import { createRng, fillNormal } from '@brenier/random';
import { centralDifferences, expectAllClose, leakedTensors } from '@brenier/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { asArrayField, velocityMlp, type VelocityMlpOptions } from '../../src/index.js';
import { referenceVelocity } from '../reference-mlp.js';
import { testedEngines, useEngine } from '../tested-engines.js';

const shapes: VelocityMlpOptions[] = [
  { dim: 2, hidden: [6, 5, 4] },
  { dim: 3, hidden: [7, 4], activation: 'silu', time: { fourier: 3 } },
  { dim: 1, hidden: [5], activation: 'tanh', time: { sinusoidal: 2 } },
  { dim: 2, hidden: [5, 6], activation: 'relu', classes: 3 },
  { dim: 4, hidden: [5, 6, 5, 6, 5, 6, 5, 6], activation: 'softplus' },
  { dim: 2, hidden: [] },
];

describe.each(testedEngines)('the Jacobian product of a velocity network on the %s engine', (engine) => {
  beforeAll(async () => {
    await useEngine(engine);
  });

  it.each(shapes)('is the derivative of the velocities: %j', (options) => {
    const network = velocityMlp(options);
    const { dim } = network;
    const parameters = network.initParameters(createRng(1));
    const x = fillNormal(createRng(2), new Float64Array(9 * dim));
    const u = fillNormal(createRng(3), new Float64Array(9 * dim));
    const out = new Float64Array(9 * dim);
    const label = (options.classes ?? 0) - 1;
    const field = network.field(parameters, { label });
    for (const chunk of [undefined, 2]) {
      asArrayField(field, { chunk }).jacobianProduct!(x, 0.3, u, out.fill(7));
      const expected = Array.from({ length: 9 }, (_, i) => i * dim).flatMap((i) =>
        Array.from({ length: dim }, (_, k) => {
          const along = ([s]: Float64Array) => {
            const moved = Array.from({ length: dim }, (_, j) => x[i + j] + s * u[i + j]);
            return referenceVelocity(network, parameters, moved, 0.3, label)[k];
          };
          return centralDifferences(along, Float64Array.of(0))[0];
        }),
      );
      // Differences in float64 are good to 1e-9; the rest is float32.
      expectAllClose(out, expected, { relative: 3e-6 });
    }
    field.dispose();
  });

  it('leaves no tensor behind', async () => {
    const network = velocityMlp({ dim: 2, hidden: [8, 8] });
    const field = network.field(network.initParameters(createRng(5)));
    const [x, u, out] = [new Float64Array(6), new Float64Array(6), new Float64Array(6)];
    const use = () => asArrayField(field).jacobianProduct!(x, 0.5, u, out);
    expect(await leakedTensors(tf, use, 20)).toBe(0);
    field.dispose();
  });
});

describe('asArrayField', () => {
  beforeAll(async () => {
    await useEngine();
  });

  it('has a Jacobian product where the field has one', () => {
    const field = { dim: 2, evaluate: (x: tf.Tensor2D) => tf.mul<tf.Tensor2D>(x, 3) };
    expect(asArrayField(field).jacobianProduct).toBeUndefined();
    const tripled = asArrayField({ ...field, jacobianProduct: (_, __, u) => tf.mul(u, 3) });
    const out = new Float64Array(2);
    tripled.jacobianProduct!(Float64Array.of(1, 2), 0, Float64Array.of(3, 4), out);
    expect(out).toEqual(Float64Array.of(9, 12));
    expect(() => asArrayField({ ...field, jacobianProduct: 3 as never })).toThrow(
      '"field.jacobianProduct" expected a function, got 3',
    );
  });

  it('refuses vectors and answers of another shape', () => {
    const evaluate = (x: tf.Tensor2D) => tf.zerosLike(x);
    const field = asArrayField({ dim: 2, evaluate, jacobianProduct: () => tf.zeros([1, 2]) });
    const four = new Float64Array(4);
    const attempt =
      (x: unknown, u: unknown, out = four.slice()) =>
      () =>
        field.jacobianProduct!(x as Float64Array, 0, u as Float64Array, out);
    expect(attempt(four, new Float64Array(2))).toThrow('"u" expected length 4, got 2');
    expect(attempt(four, new Float32Array(4))).toThrow('"u" expected a Float64Array');
    expect(attempt(new Float64Array(3), new Float64Array(3))).toThrow('multiple of 2, got 3');
    expect(attempt(four, four)).toThrow('"field.jacobianProduct(x, t, u)" expected shape [2, 2], got [1, 2]');
    expect(attempt(new Float64Array(0), new Float64Array(0), new Float64Array(0))).not.toThrow();
  });

  it('is refused tensors of another shape by the field of a network', () => {
    const network = velocityMlp({ dim: 2, hidden: [3] });
    const field = network.field(network.initParameters(createRng(0)));
    tf.tidy(() => {
      const x = tf.zeros<tf.Rank.R2>([3, 2]);
      expect(() => field.jacobianProduct!(x, 0, tf.zeros([2, 2]))).toThrow('"u" expected shape [3, 2], got [2, 2]');
      expect(() => field.jacobianProduct!(x, 0, tf.zeros([3, 1]))).toThrow('"u" expected shape [count, 2], got [3, 1]');
      expect(() => field.jacobianProduct!(x, NaN, x)).toThrow('"t" expected a finite number, got NaN');
      expect(() => field.jacobianProduct!([] as never, 0, x)).toThrow('"x" expected a tensor in use');
    });
    field.dispose();
  });
});
