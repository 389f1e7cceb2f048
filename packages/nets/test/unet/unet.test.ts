import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import { createRng, fillUniform, type Rng } from '@brenier/random';
import { expectAllClose, expectClose, leakedTensors } from '@brenier/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  adam,
  asArrayField,
  decodeModel,
  encodeModel,
  train,
  velocityUnet,
  type TrainingBatch,
} from '../../src/index.js';
import { planUnet, type VelocityUnetOptions } from '../../src/unet/unet-shape.js';
import { testedEngines, useEngine } from '../tested-engines.js';

const small = velocityUnet({ height: 4, channels: [8, 16], classes: 3 });

/** Parameters that leave nothing at zero, so that every one matters. */
function stirred(rng: Rng): Float32Array {
  const noise = fillUniform(rng, new Float32Array(small.parameterCount), { low: -0.1, high: 0.1 });
  return small.initParameters(rng).map((value, k) => value + noise[k]);
}

function batchOf(rng: Rng, count: number): TrainingBatch {
  const fill = (length: number) => fillUniform(rng, new Float32Array(length), { low: -1, high: 1 });
  const label = Int32Array.from({ length: count }, (_, i) => (i % 4) - 1);
  const weight = fill(count).map((value) => 1 + value);
  return { count, dim: 16, t: fill(count).map(Math.abs), x: fill(count * 16), target: fill(count * 16), weight, label };
}

/** The numbers of fixtures/unet.py. */
function fixtureNumbers(count: number, seed: number, scale: number): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, k) => ((((k + 1000 * seed) * 7919) % 1009) / 1009) * 2 * scale - scale,
  );
}

describe.each(testedEngines)('a U-Net on %s', (engine) => {
  beforeAll(async () => {
    await useEngine(engine);
  });

  it('is the network that PyTorch makes of the same layers', async () => {
    // Origin: fixtures/unet.py, PyTorch 2.15.0 in float64.
    const fixture = JSON.parse(await readFile(new URL('fixtures/unet.json', import.meta.url), 'utf8'));
    const network = velocityUnet({ height: 4, width: 8, imageChannels: 2, channels: [8, 16], blocks: 2, classes: 3 });
    expect(network.parameterCount).toBe(fixture.parameterCount);
    const parameters = fixtureNumbers(network.parameterCount, 1, 0.3);
    const x = fixtureNumbers(256, 2, 2);
    const target = fixtureNumbers(256, 3, 1);
    const t = Float32Array.of(0, 0.25, 0.625, 1);
    const batch = { count: 4, dim: 64, t, x, target, label: Int32Array.of(0, 2, 1, -1) };
    const gradient = new Float32Array(network.parameterCount);
    const loss = await network.lossAndGradient(parameters, batch, gradient);
    // Float32 against float64 through 28 convolutions.
    expectClose(loss, fixture.loss, { relative: 1e-5 });
    const norm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
    expectClose(norm, fixture.gradientNorm, { relative: 1e-5 });
    const sampled = gradient.filter((_, k) => k % 97 === 0);
    expectAllClose(sampled, fixture.gradient, { absolute: 1e-5 * norm });
  });

  it('has the gradient that finite differences of its loss show', async () => {
    const rng = createRng(4);
    const parameters = stirred(rng);
    const batch = batchOf(rng, 4);
    const gradient = new Float32Array(parameters.length);
    const unused = new Float32Array(parameters.length);
    await small.lossAndGradient(parameters, batch, gradient);
    for (const trial of ['first', 'second']) {
      const direction = fillUniform(rng.fork(trial), new Float32Array(parameters.length), { low: -1, high: 1 });
      const lossAt = async (h: number) => {
        const moved = parameters.map((value, k) => value + h * direction[k]);
        return small.lossAndGradient(moved, batch, unused);
      };
      const near = (await lossAt(2e-3)) - (await lossAt(-2e-3));
      const far = (await lossAt(4e-3)) - (await lossAt(-4e-3));
      const expected = direction.reduce((sum, each, k) => sum + each * gradient[k], 0);
      // Float32 losses near 1 differ by roundings of 1e-7, divided by 12 · 2e-3, several times.
      expectClose((8 * near - far) / (12 * 2e-3), expected, { absolute: 1e-4 });
    }
  });

  it('leaves no tensor behind', async () => {
    const parameters = stirred(createRng(3));
    const batch = batchOf(createRng(2), 3);
    const step = () => small.lossAndGradient(parameters, batch, new Float32Array(small.parameterCount));
    expect(await leakedTensors(tf, step)).toBe(0);
    const use = () => {
      const field = small.field(parameters, { label: 1 });
      asArrayField(field).evaluate(new Float64Array(32), 0.5, new Float64Array(32));
      field.dispose();
    };
    expect(await leakedTensors(tf, use)).toBe(0);
  });
});

describe('a U-Net', () => {
  beforeAll(async () => {
    await useEngine();
  });

  it('has the gradient that finite differences show in every one of its parameter tensors', async () => {
    const rng = createRng(4);
    const parameters = stirred(rng);
    const batch = batchOf(rng, 3);
    const gradient = new Float32Array(parameters.length);
    const unused = new Float32Array(parameters.length);
    await small.lossAndGradient(parameters, batch, gradient);
    const { shapes } = planUnet(small.spec.options);
    let offset = 0;
    for (const [name, shape] of Object.entries(shapes)) {
      const size = shape.reduce((product, axis) => product * axis, 1);
      const slopes = gradient.subarray(offset, offset + size);
      const norm = Math.sqrt(slopes.reduce((sum, value) => sum + value * value, 0));
      const lossAt = async (h: number) => {
        const moved = parameters.slice();
        slopes.forEach((value, k) => (moved[offset + k] += (h * value) / norm));
        return small.lossAndGradient(moved, batch, unused);
      };
      // Along its own gradient the loss rises by the norm; roundings of 1e-7 over 0.02, and the third derivative times 1e-4.
      const slope = ((await lossAt(0.01)) - (await lossAt(-0.01))) / 0.02;
      expect(Math.abs(slope - norm), name).toBeLessThan(1e-4 + 1e-2 * norm);
      offset += size;
    }
  });

  it('starts with zero velocity', async () => {
    const field = asArrayField(small.field(small.initParameters(createRng(0))));
    const velocity = new Float64Array(32).fill(1);
    field.evaluate(Float64Array.from(fixtureNumbers(32, 1, 1)), 0.3, velocity);
    expect([...velocity]).toEqual(new Array(32).fill(0));
  });

  it('sees time and class, and no class as none of them', async () => {
    const parameters = stirred(createRng(1));
    const x = Float64Array.from(fixtureNumbers(16, 1, 1));
    const velocityOf = (t: number, label: number) => {
      const field = small.field(parameters, { label });
      const out = new Float64Array(16);
      asArrayField(field).evaluate(x, t, out);
      field.dispose();
      return [...out];
    };
    const answers = [velocityOf(0.5, -1), velocityOf(0.5, 0), velocityOf(0.5, 2), velocityOf(0.6, 0)];
    expect(new Set(answers.map(String)).size).toBe(4);
    expect(velocityOf(0.5, 0)).toEqual(answers[1]);
    expect(() => small.field(parameters, { label: 3 })).toThrow('"label" expected a whole number in [-1, 2], got 3');
  });

  it('gives an image the same velocity in any company', () => {
    const field = asArrayField(small.field(stirred(createRng(1))));
    const x = Float64Array.from(fixtureNumbers(80, 1, 1));
    const [together, alone] = [new Float64Array(80), new Float64Array(16)];
    field.evaluate(x, 0.4, together);
    field.evaluate(x.slice(32, 48), 0.4, alone);
    expectAllClose(alone, together.subarray(32, 48), { relative: 1e-5 }); // products of other sizes on some engines
  });

  it('trains', async () => {
    const network = velocityUnet({ height: 4, channels: [8, 8] });
    const target = fixtureNumbers(16, 5, 1);
    const objective = {
      dim: 16,
      draw(rng: Rng): TrainingBatch {
        const x = fillUniform(rng, new Float32Array(128), { low: -1, high: 1 });
        return {
          count: 8,
          dim: 16,
          t: fillUniform(rng, new Float32Array(8)),
          x,
          target: x.map((value, k) => target[k % 16] - value),
        };
      },
    };
    const optimizer = adam({ learningRate: 0.01 });
    const { losses } = await train({ network, objective, rng: createRng(0), steps: 120, optimizer });
    expect(losses.means[0]).toBeGreaterThan(0.5); // zero velocity: the mean square of the targets, about 2/3
    expect(losses.means[119]).toBeLessThan(0.1);
  });

  it('is made again from what a saved model holds', () => {
    const parameters = stirred(createRng(1));
    const { spec, parameters: read } = decodeModel(encodeModel({ spec: small.spec, parameters }));
    expect(spec.kind).toBe('velocity-unet');
    expect(velocityUnet(spec.options as VelocityUnetOptions).spec).toEqual(small.spec);
    expect(read).toEqual(parameters);
  });

  it('takes images of 28 and 32 pixels, of several channels, and as many levels as their halves allow', () => {
    expect(velocityUnet({ height: 28 }).parameterCount).toBe(486_656); // the same network in PyTorch
    expect(velocityUnet({ height: 32, imageChannels: 3, channels: [8, 8, 8, 8, 8, 8] }).dim).toBe(3072);
    expect(velocityUnet({ height: 3, channels: [8] }).dim).toBe(9);
  });

  it('refuses sizes that do not fit and unknown options', () => {
    const attempt = (options: object) => () => velocityUnet(options as VelocityUnetOptions);
    expect(attempt({})).toThrow('"height" expected a whole number >= 1, got undefined');
    expect(attempt({ height: 30 })).toThrow('"height" expected a multiple of 4 for 3 levels, got 30');
    expect(attempt({ height: 4, width: 6 })).toThrow('"width" expected a multiple of 4 for 3 levels, got 6');
    expect(attempt({ height: 4, channels: [] })).toThrow('"channels" expected an array of widths');
    expect(attempt({ height: 4, channels: [12] })).toThrow('"channels[0]" expected a multiple of 8, got 12');
    expect(attempt({ height: 4, channels: 32 })).toThrow('"channels" expected an array of widths, got 32');
    expect(attempt({ height: 4, blocks: 0 })).toThrow('"blocks" expected a whole number >= 1, got 0');
    expect(attempt({ height: 4, classes: -1 })).toThrow('"classes" expected a whole number >= 0, got -1');
    expect(attempt({ height: 4, depth: 3 })).toThrow('"options" expected only the options "height"');
  });
});
