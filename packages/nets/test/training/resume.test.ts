import { createWorkerPool, type WorkerPool } from '@brenier/kernels';
import { createRng } from '@brenier/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  adam,
  adamW,
  linearWarmUp,
  memoryCheckpoint,
  train,
  velocityMlp,
  type CheckpointStore,
  type TrainOptions,
  type TrainResult,
  type VelocityMlpOptions,
} from '../../src/index.js';
import { fusedMlp } from '../../src/fused.js';
import { swirl } from '../swirl.js';
import { testedEngineLabel, useEngine } from '../tested-engines.js';

const shape: VelocityMlpOptions = { dim: 2, hidden: [12, 12], time: { fourier: 2 } };
const pools: WorkerPool[] = [];
const onTwoThreads = (options: VelocityMlpOptions) => fusedMlp(options, { pool: pools[0] });
const places = [
  { place: testedEngineLabel, engine: testedEngineLabel, makeNetwork: velocityMlp },
  { place: 'fused wasm', engine: 'fused wasm', makeNetwork: (options: VelocityMlpOptions) => fusedMlp(options) },
  { place: 'fused wasm on two threads', engine: 'fused wasm', makeNetwork: onTwoThreads },
];

const settings: Omit<TrainOptions, 'network'> = {
  objective: swirl(70),
  rng: createRng('resume'),
  steps: 40,
  optimizer: adamW({ learningRate: 1e-2 }),
  emaDecay: 0.9,
};

/** What a run gives but the time that it took. */
function outcome({ status, step, parameters, emaParameters, losses }: TrainResult) {
  return { status, step, parameters, emaParameters, losses };
}

beforeAll(async () => {
  await useEngine();
  pools.push(await createWorkerPool({ threads: 2 }));
});
afterAll(() => pools[0].dispose());

describe.each(places)('a run resumed: $place', ({ engine, makeNetwork }) => {
  let basics: TrainOptions;
  beforeAll(() => {
    basics = { ...settings, network: makeNetwork(shape) };
  });

  /** Runs until `step` updates are made, as a time limit or an abort would. */
  function runUntil(step: number, store: CheckpointStore, changes: Partial<TrainOptions> = {}) {
    const controller = new AbortController();
    const onProgress = (event: { step: number }) => event.step >= step - 1 && controller.abort();
    const limits = { checkpoint: { store }, signal: controller.signal, onProgress, progressInterval: 0 };
    return train({ ...basics, ...limits, ...changes });
  }

  it('ends with the bits of an uninterrupted one, wherever it stopped', async () => {
    const uninterrupted = await train(basics);
    expect(uninterrupted.engine).toBe(engine);
    const whole = outcome(uninterrupted);
    for (const stop of [1, 13, 39]) {
      const store = memoryCheckpoint();
      expect(await runUntil(stop, store)).toMatchObject({ status: 'aborted', step: stop });
      expect(outcome(await train({ ...basics, checkpoint: { store } }))).toEqual(whole);
    }
  });

  it('may stop many times', async () => {
    const store = memoryCheckpoint();
    for (let stop = 4; stop < 40; stop += 9) await runUntil(stop, store);
    const resumed = await train({ ...basics, checkpoint: { store } });
    expect(resumed.parameters).toEqual((await train(basics)).parameters);
  });

  it('goes on from a finished one where more steps are asked, and returns at once where not', async () => {
    const store = memoryCheckpoint();
    await train({ ...basics, steps: 25, checkpoint: { store } });
    const longer = await train({ ...basics, checkpoint: { store } });
    const whole = outcome(await train(basics));
    expect(longer).toMatchObject(whole);
    expect(await train({ ...basics, checkpoint: { store } })).toMatchObject(whole);
    await expect(train({ ...basics, steps: 30, checkpoint: { store } })).rejects.toThrow(
      '"steps" expected at least the 40 of the checkpoint, got 30',
    );
  });

  it('saves as often as asked', async () => {
    const saves: number[] = [];
    const store: CheckpointStore = {
      load: () => Promise.resolve(undefined),
      save: (bytes) => Promise.resolve(void saves.push(bytes.length)),
    };
    await train({ ...basics, checkpoint: { store, everySteps: 10 } });
    expect(saves).toHaveLength(4); // after 10, 20 and 30 steps, and at the end
    saves.length = 0;
    await train({ ...basics, checkpoint: { store, interval: 1e-9 } });
    expect(saves).toHaveLength(41); // every step, step 0 included, and the end
    saves.length = 0;
    await train({ ...basics, checkpoint: { store } });
    expect(saves).toHaveLength(1);
  });

  it.each<[string, Partial<TrainOptions>]>([
    ['network', { network: fusedMlp({ ...shape, activation: 'silu' }) }],
    ['objective', { objective: swirl(71) }],
    ['optimizer', { optimizer: adam({ learningRate: 1e-2 }) }],
    ['optimizer', { optimizer: adamW({ learningRate: 1e-3 }) }],
    ['rate schedule', { rateSchedule: linearWarmUp({ steps: 5 }) }],
    ['clipNorm', { clipNorm: 1 }],
    ['emaDecay', { emaDecay: undefined }],
    ['rng', { rng: createRng('another') }],
    ['starting parameters', { parameters: new Float32Array(278) }],
  ])('is refused where the %s differs', async (what, changes) => {
    const store = memoryCheckpoint();
    await runUntil(3, store);
    const before = await store.load();
    await expect(train({ ...basics, ...changes, checkpoint: { store } })).rejects.toThrow(
      `"checkpoint" expected a run with the same ${what}, `,
    );
    expect(await store.load()).toEqual(before);
  });

  it('is refused where the checkpoint is damaged, cut short or something else', async () => {
    const store = memoryCheckpoint();
    await runUntil(3, store);
    const bytes = (await store.load())!;
    const attempt = (load: Uint8Array) =>
      train({ ...basics, checkpoint: { store: { load: () => Promise.resolve(load), save: () => Promise.reject() } } });
    await expect(attempt(bytes.subarray(0, 700))).rejects.toThrow('"checkpoint" expected an intact checkpoint file');
    bytes[900] ^= 1;
    await expect(attempt(bytes)).rejects.toThrow('"checkpoint" expected an intact checkpoint file');
    await expect(attempt(new Uint8Array(9000))).rejects.toThrow('got 9000 bytes that do not start like one');
  });
});

describe('a checkpoint of another engine', () => {
  const [tensors, fused] = [velocityMlp(shape), fusedMlp(shape)];

  it('is refused, and left alone', async () => {
    const store = memoryCheckpoint();
    await train({ ...settings, network: tensors, steps: 10, checkpoint: { store } });
    const before = await store.load();
    await expect(train({ ...settings, network: fused, checkpoint: { store } })).rejects.toThrow(
      `"checkpoint" expected a run on the same engine, "fused wasm", got "${testedEngineLabel}"`,
    );
    expect(await store.load()).toEqual(before);
  });

  it('is resumed where the caller asks for it, and then is one of the new engine', async () => {
    const store = memoryCheckpoint();
    await train({ ...settings, network: tensors, steps: 10, checkpoint: { store } });
    const checkpoint = { store, allowOtherEngine: true };
    const mixed = await train({ ...settings, network: fused, steps: 20, checkpoint });
    expect([mixed.status, mixed.step, mixed.engine]).toEqual(['finished', 20, 'fused wasm']);
    expect((await train({ ...settings, network: fused, checkpoint: { store } })).status).toBe('finished');
  });
});

describe('a checkpoint of one thread', () => {
  it('is resumed on two, and back, with the bits of either', async () => {
    const [one, two] = [fusedMlp(shape), onTwoThreads(shape)];
    const [whole, threaded] = [await train({ ...settings, network: one }), await train({ ...settings, network: two })];
    expect(outcome(threaded)).toEqual(outcome(whole));
    const store = memoryCheckpoint();
    await train({ ...settings, network: one, steps: 13, checkpoint: { store } });
    await train({ ...settings, network: two, steps: 27, checkpoint: { store } });
    expect(outcome(await train({ ...settings, network: one, checkpoint: { store } }))).toEqual(outcome(whole));
  });
});
