import * as tf from '@tensorflow/tfjs-core';
import { createRng, type Rng } from '@brenier/random';
import { leakedTensors } from '@brenier/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  adam,
  adamW,
  linearWarmUp,
  memoryCheckpoint,
  train,
  velocityMlp,
  type Network,
  type Optimizer,
  type TrainProgress,
} from '../../src/index.js';
import { swirl, swirlBatch } from '../swirl.js';
import { useEngine } from '../tested-engines.js';

const network = velocityMlp({ dim: 2, hidden: [16, 16] });
const basics = { network, objective: swirl(), steps: 30, optimizer: adam({ learningRate: 1e-2 }) };
const seeded = () => ({ ...basics, rng: createRng('train') });

/** A network of one parameter p with the loss p², whose gradient is 2p: training on it costs nothing. */
const parabola: Network = {
  ...network,
  parameterCount: 1,
  spec: { kind: 'parabola', options: {} },
  initParameters: () => Float32Array.of(1),
  lossAndGradient([p], _, gradient) {
    gradient[0] = 2 * p;
    return p * p;
  },
};

beforeAll(async () => {
  await useEngine();
});

describe('train', () => {
  it('learns a simple field', async () => {
    const result = await train({ ...seeded(), steps: 600, emaDecay: 0.98 });
    expect([result.status, result.step]).toEqual(['finished', 600]);
    const { means, window } = result.losses;
    expect(window).toBe(2);
    // The target has mean square 7/3 on standard normal points; a network that learned nothing stays there.
    expect(means[0]).toBeGreaterThan(1);
    expect(means[299]).toBeLessThan(0.1);
    expect(result.emaParameters).toHaveLength(network.parameterCount);
    expect(result.emaParameters).not.toEqual(result.parameters);
  });

  it('gives the same bits for the same seed, others for another', async () => {
    const [one, same] = [await train(seeded()), await train(seeded())];
    const other = await train({ ...seeded(), rng: createRng('another') });
    expect(same.parameters).toEqual(one.parameters);
    expect(same.losses).toEqual(one.losses);
    expect(other.parameters).not.toEqual(one.parameters);
  });

  it('draws the batch of step k from fork k, whatever was drawn from the stream before', async () => {
    const rng = createRng('train');
    rng.uniform();
    const after = await train({ ...basics, rng });
    expect(after.parameters).toEqual((await train(seeded())).parameters);
  });

  it('starts from the given parameters and leaves them alone', async () => {
    const parameters = network.initParameters(createRng(5));
    const before = parameters.slice();
    const none = await train({ ...seeded(), parameters, steps: 0, emaDecay: 0.9 });
    expect(none.parameters).toEqual(before);
    expect(none.emaParameters).toEqual(before);
    expect(none.losses.means).toHaveLength(0);
    await train({ ...seeded(), parameters });
    expect(parameters).toEqual(before);
  });

  it('leaves no tensor behind', async () => {
    expect(await leakedTensors(tf, () => train({ ...seeded(), steps: 40 }), 3)).toBe(0);
  });

  it('reports every step where asked, and the end always', async () => {
    const events: TrainProgress[] = [];
    await train({ ...seeded(), steps: 5, progressInterval: 0, onProgress: (event) => events.push(event) });
    expect(events.map((event) => event.step)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(events.every((event) => event.steps === 5 && event.loss > 0 && event.elapsed >= 0)).toBe(true);
    expect([events[0].remaining, events[5].remaining]).toEqual([Infinity, 0]);
    const quiet: TrainProgress[] = [];
    await train({ ...seeded(), steps: 5, progressInterval: 1e9, onProgress: (event) => quiet.push(event) });
    expect(quiet.map((event) => event.step)).toEqual([5]);
  });

  it('stops at an abort, with everything up to that step', async () => {
    const controller = new AbortController();
    const onProgress = ({ step }: TrainProgress) => step === 7 && controller.abort();
    const result = await train({ ...seeded(), signal: controller.signal, onProgress, progressInterval: 0 });
    expect([result.status, result.step]).toEqual(['aborted', 8]);
    expect(result.parameters).toEqual((await train({ ...seeded(), steps: 8 })).parameters);
    expect((await train({ ...seeded(), signal: AbortSignal.abort() })).step).toBe(0);
  });

  it('lets timers run, so that a timer can abort it', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    const result = await train({ ...seeded(), steps: 1e9, network: parabola, signal: controller.signal });
    expect(result.status).toBe('aborted');
  });

  it('stops at its time limit', async () => {
    const result = await train({ ...seeded(), steps: 1e9, timeLimit: 20 });
    expect(result.status).toBe('time-limit');
    expect(result.step).toBeGreaterThan(0);
    expect(result.elapsed).toBeGreaterThanOrEqual(20);
    expect((await train({ ...seeded(), timeLimit: 0 })).step).toBe(0);
  });

  it('stops where the loss or a gradient is not finite, and keeps the last good checkpoint', async () => {
    for (const poison of ['loss', 'gradient'] as const) {
      const store = memoryCheckpoint();
      const bad: Network = {
        ...parabola,
        lossAndGradient(parameters, batch, gradient) {
          const loss = parabola.lossAndGradient(parameters, batch, gradient);
          const isLate = parameters[0] < 0.9952; // Adam moves by 1e-3 a step: after five of them
          if (isLate && poison === 'gradient') gradient[0] = NaN;
          return isLate && poison === 'loss' ? Infinity : loss;
        },
      };
      const options = { ...seeded(), network: bad, optimizer: adam(), checkpoint: { store, everySteps: 1 } };
      const result = await train(options);
      expect([result.status, result.step, result.losses.means.length]).toEqual(['diverged', 5, 5]);
      expect(result.divergence).toEqual({
        step: 5,
        batch: swirlBatch(options.rng.fork(5), 32),
        loss: poison === 'loss' ? Infinity : expect.closeTo(0.99, 3), // (1 − 5e-3)²
        gradientNorm: poison === 'gradient' ? NaN : expect.closeTo(1.99, 3),
        lastCheckpoint: 4,
      });
      expect(structuredClone(result)).toEqual(result);
      const resumed = await train({ ...options, network: parabola });
      expect([resumed.status, resumed.step]).toEqual(['finished', 30]);
      expect(resumed.parameters).toEqual(
        (await train({ ...options, network: parabola, checkpoint: undefined })).parameters,
      );
    }
  });

  it('ends as diverged where a learning rate beyond all measure blows the network up', async () => {
    const result = await train({ ...seeded(), optimizer: adam({ learningRate: 1e30 }) });
    expect([result.status, result.step]).toEqual(['diverged', 1]);
    expect(result.divergence).toMatchObject({ step: 1, lastCheckpoint: undefined });
  });

  it('reports a copy of the batch on which it diverged, with all that the batch has', async () => {
    const label = new Int32Array(4).fill(-1);
    const batch = { ...swirlBatch(createRng(1), 4), weight: new Float32Array(4).fill(Infinity), label };
    const { status, divergence } = await train({ ...seeded(), objective: { dim: 2, draw: () => batch } });
    expect([status, divergence?.step]).toEqual(['diverged', 0]);
    expect(divergence?.batch).toEqual(batch);
    for (const name of ['t', 'x', 'target', 'weight', 'label'] as const) {
      expect(divergence?.batch[name]).not.toBe(batch[name]);
    }
    expect((await train(seeded())).divergence).toBeUndefined();
  });

  it('tells an objective once where it starts, before it draws', async () => {
    const calls: unknown[] = [];
    const objective = {
      ...swirl(),
      start: (...given: unknown[]) => void calls.push(given),
      draw: (rng: Rng) => (calls.push('draw'), swirlBatch(rng, 32)),
    };
    const store = memoryCheckpoint();
    const options = { ...seeded(), objective, checkpoint: { store } };
    await train({ ...options, steps: 3 });
    expect(calls).toEqual([[options.rng, 0, 3], ...Array<string>(4).fill('draw')]);
    calls.length = 0;
    await train({ ...options, steps: 5 });
    expect(calls).toEqual([[options.rng, 3, 5], ...Array<string>(3).fill('draw')]);
  });

  it('multiplies the learning rate by the factor of the schedule', async () => {
    const factors: (number | undefined)[] = [];
    const watched: Optimizer = {
      ...adam(),
      update: (state, parameters, gradient, factor) => {
        factors.push(factor);
        adam().update(state, parameters, gradient, factor);
      },
    };
    const options = { ...seeded(), network: parabola, rateSchedule: linearWarmUp({ steps: 4 }), steps: 5 };
    const { parameters } = await train({ ...options, optimizer: watched });
    expect(factors).toEqual([0.25, 0.5, 0.75, 1, 1]);
    // While the gradient hardly changes, Adam moves by the learning rate: 1e-3 · (0.25 + 0.5 + 0.75 + 1 + 1).
    expect(parameters[0]).toBeCloseTo(1 - 3.5e-3, 5);
  });

  it.each([undefined, NaN, -1])('refuses a schedule whose factor is %s', async (factor) => {
    const rateSchedule = { name: 'broken', factor: () => factor as number };
    await expect(train({ ...seeded(), rateSchedule })).rejects.toThrow(
      `"rateSchedule.factor(step)" expected a finite number >= 0, got ${factor}`,
    );
  });

  it('decays the weights of adamW by the scheduled rate', async () => {
    const still: Network = { ...parabola, lossAndGradient: (_p, _b, gradient) => (gradient.fill(0), 0) };
    const optimizer = adamW({ learningRate: 0.5, weightDecay: 0.5 });
    const result = await train({
      ...seeded(),
      network: still,
      optimizer,
      rateSchedule: linearWarmUp({ steps: 2 }),
      steps: 2,
    });
    expect(result.parameters[0]).toBe(Math.fround(0.875 * 0.75)); // 1 − 0.5 · 0.5 · 0.5, then 1 − 0.5 · 0.5
  });

  it('shortens long gradients and no others', async () => {
    const seen: number[] = [];
    const descent: Optimizer = {
      name: 'descent',
      init: () => ({ step: 0, moments: [] }),
      update(_, parameters, gradient) {
        seen.push(gradient[0]);
        parameters[0] -= 0.5 * gradient[0];
      },
    };
    await train({ ...seeded(), network: parabola, optimizer: descent, clipNorm: 0.8, steps: 4 });
    // From p = 1 the gradient 2p is cut to 0.8 · 2 / (2 + 1e-6) until p = 0.2; then 2p < 0.8 leads to 0.
    expect(seen[0]).toBe(Math.fround(2 * (0.8 / (2 + 1e-6))));
    [0.8, 0.8, 0.4, 0].forEach((expected, k) => expect(seen[k]).toBeCloseTo(expected, 5));
  });

  it('passes on what an objective throws', async () => {
    const draw = () => Promise.reject(new Error('no more data'));
    await expect(train({ ...seeded(), objective: { dim: 2, draw } })).rejects.toThrow('no more data');
  });

  it.each([
    [{ steps: -1 }, '"steps" expected a whole number >= 0, got -1'],
    [{ steps: undefined }, '"steps" expected a whole number >= 0, got undefined'],
    [{ network: undefined }, '"network" expected an object with initParameters, lossAndGradient, got undefined'],
    [{ objective: { dim: 2 } }, '"objective.draw" expected a function, got undefined'],
    [{ objective: { ...swirl(), dim: 3 } }, '"objective.dim" expected 2, the network\'s, got 3'],
    [{ rng: 7 }, '"rng" expected'],
    [{ rateSchedule: 0.5 }, '"rateSchedule" expected a schedule with name and factor, got 0.5'],
    [{ clipNorm: 0 }, '"clipNorm" expected a finite number > 0, got 0'],
    [{ clipNorm: NaN }, '"clipNorm" expected a finite number > 0, got NaN'],
    [
      { checkpoint: { store: memoryCheckpoint(), allowOtherEngine: 1 } },
      '"checkpoint.allowOtherEngine" expected true or false, got 1',
    ],
    [{ optimizer: 'adam' }, '"optimizer" expected an object with init, update, got "adam"'],
    [{ parameters: new Float32Array(2) }, '"parameters" expected length 370, got 2'],
    [{ parameters: [1] }, '"parameters" expected a Float32Array, got an array of length 1'],
    [{ emaDecay: 1 }, '"emaDecay" expected a number in [0, '],
    [{ checkpoint: { store: {} } }, '"checkpoint.store.load" expected a function, got undefined'],
    [
      { checkpoint: { store: memoryCheckpoint(), everySteps: 0 } },
      '"checkpoint.everySteps" expected a whole number >= 1, got 0',
    ],
    [
      { checkpoint: { store: memoryCheckpoint(), every: 1 } },
      '"checkpoint" expected only the options "store", "everySteps", "interval", "allowOtherEngine"',
    ],
    [{ signal: true }, '"signal" expected an AbortSignal, got true'],
    [{ onProgress: 1 }, '"onProgress" expected a function, got 1'],
    [{ progressInterval: NaN }, '"progressInterval" expected a finite number >= 0, got NaN'],
    [{ timeLimit: -1 }, '"timeLimit" expected a finite number >= 0, got -1'],
    [{ epochs: 3 }, '"options" expected only the options "network"'],
  ])('refuses %o', async (options, message) => {
    await expect(train({ ...seeded(), ...(options as object) })).rejects.toThrow(message);
  });
});
