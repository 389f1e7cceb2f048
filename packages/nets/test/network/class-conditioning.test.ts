import { createRng, fillNormal, fillUniform, type Rng } from '@brenier/random';
import { expectAllClose, expectClose } from '@brenier/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  adam,
  chooseVelocityNetwork,
  train,
  type OwnedArrayField,
  type TrainingBatch,
  type VelocityMlpOptions,
} from '../../src/index.js';
import { referenceLoss, referenceVelocity } from '../reference-mlp.js';
import { useEngine } from '../tested-engines.js';

const options: VelocityMlpOptions = { dim: 2, hidden: [7, 5], time: { fourier: 1 }, classes: 3 };

/** Points at 0 of three classes and of none; the velocity is the class plus one, 0 for none. */
function drawClasses(rng: Rng): TrainingBatch {
  const t = fillUniform(rng, new Float32Array(64));
  const label = Int32Array.from(t, (_, i) => (i % 4) - 1);
  return { count: 64, dim: 1, t, x: new Float32Array(64), target: Float32Array.from(label, (each) => each + 1), label };
}

function velocitiesOf(field: OwnedArrayField, x: Float64Array, t: number): Float64Array {
  const out = new Float64Array(x.length);
  field.evaluate(x, t, out);
  field.dispose();
  return out;
}

describe.each(['fused', 'tfjs'] as const)('a network that knows classes (%s)', (prefer) => {
  beforeAll(async () => {
    await useEngine();
  });

  it('gives the velocities of a class, or of none', () => {
    const { network } = chooseVelocityNetwork(options, { prefer });
    const parameters = network.initParameters(createRng(1));
    const x = fillNormal(createRng(2), new Float64Array(10));
    for (const label of [undefined, -1, 0, 2]) {
      const expected = [0, 2, 4, 6, 8].flatMap((i) =>
        referenceVelocity(network, parameters, [x[i], x[i + 1]], 0.3, label),
      );
      expectAllClose(velocitiesOf(network.field(parameters, { label }), x, 0.3), expected, { relative: 3e-6 }); // float32
    }
  });

  it('takes a batch without classes as one whose samples have none', async () => {
    const { network } = chooseVelocityNetwork({ dim: 1, hidden: [4], classes: 2 }, { prefer });
    const parameters = network.initParameters(createRng(1));
    const batch = { ...drawClasses(createRng(2)), label: undefined };
    const none = { ...batch, label: new Int32Array(64).fill(-1) };
    const [one, other] = [parameters.slice(), parameters.slice()];
    const loss = await network.lossAndGradient(parameters, batch, one);
    expect(await network.lossAndGradient(parameters, none, other)).toBe(loss);
    expect(other).toEqual(one);
    expectClose(loss, referenceLoss(network, parameters, batch), { relative: 3e-6 }); // float32
  });

  it('learns a velocity for each class and one for none, which guidance combines', async () => {
    const { network } = chooseVelocityNetwork({ dim: 1, hidden: [8], classes: 3 }, { prefer });
    const { parameters, status } = await train({
      network,
      objective: { dim: 1, draw: drawClasses },
      rng: createRng(0),
      steps: 500,
      optimizer: adam({ learningRate: 0.02 }),
    });
    expect(status).toBe('finished');
    const at = (label: number) => velocitiesOf(network.field(parameters, { label }), Float64Array.of(0), 0.5)[0];
    // An untrained network is off by about 2; a tenth of the distance between classes tells them apart.
    for (const label of [-1, 0, 1, 2]) expectClose(at(label), label + 1, { absolute: 0.1 });
    // Guidance (Ho & Salimans 2022, eq. 6, whose w is one less): v(none) + w (v(class) − v(none)) goes beyond the class
    // for w > 1.
    expectClose(at(-1) + 1.5 * (at(2) - at(-1)), 4.5, { absolute: 0.5 });
  });

  it('refuses classes that it does not know', () => {
    const { network } = chooseVelocityNetwork({ dim: 1, hidden: [4], classes: 2 }, { prefer });
    const parameters = network.initParameters(createRng(1));
    const batch = drawClasses(createRng(2));
    const attempt = (label: unknown) => () =>
      network.lossAndGradient(parameters, { ...batch, label: label as Int32Array }, parameters.slice());
    expect(attempt(batch.label)).toThrow('"batch.label[3]" expected a whole number in [-1, 1], got 2');
    expect(attempt(new Int32Array(64).fill(-2))).toThrow('"batch.label[0]" expected a whole number in [-1, 1], got -2');
    expect(attempt(new Int32Array(63))).toThrow('"batch.label" expected length 64, got 63');
    expect(attempt([0])).toThrow('"batch.label" expected an Int32Array, got an array of length 1');
    for (const label of [-2, 2, 0.5]) {
      expect(() => network.field(parameters, { label })).toThrow('"label" expected a whole number in [-1, 1]');
    }
    expect(() => network.field(parameters, { class: 1 } as never)).toThrow('expected only the options "label"');
    const plain = chooseVelocityNetwork({ dim: 1, hidden: [4] }, { prefer }).network;
    const room = new Float32Array(plain.parameterCount);
    expect(() => plain.field(room, { label: 0 })).toThrow('"label" expected -1, as the network has no classes, got 0');
    expect(() => plain.lossAndGradient(room, batch, room.slice())).toThrow(
      '"batch.label[1]" expected -1, as the network has no classes, got 0',
    );
  });
});
