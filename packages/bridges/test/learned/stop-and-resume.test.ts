import { constantRate, cosineDecay, memoryCheckpoint, type CheckpointStore } from '@brenier/nets/fused';
import { createRng, integer, type Rng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { brownian, dsb, dsbm, type DsbmOptions, type DsbOptions, type LearnedBridge } from '../../src/index.js';
import { tinyBridge, tinyDsb, tinyNetwork } from './tiny-bridge.js';

const methods = {
  dsbm: (options: Partial<DsbmOptions>) => dsbm(createRng(9), { ...tinyBridge, ...options }),
  dsb: (options: Partial<DsbOptions>) => dsb(createRng(9), { ...tinyDsb, ...options }),
};

/** Ends a run after so many draws of points, whatever they are for: batches, caches, monitors. */
function abortAfter(draws: number): Partial<DsbOptions> {
  const controller = new AbortController();
  let left = draws;
  const watched = (law: typeof tinyBridge.source) => ({
    dim: law.dim,
    draw(rng: Rng, count: number) {
      if (left-- === 0) controller.abort();
      return law.draw(rng, count);
    },
  });
  return {
    source: watched(tinyBridge.source),
    target: watched(tinyBridge.target),
    signal: controller.signal,
  };
}

describe.each(['dsbm', 'dsb'] as const)('a run of %s that is stopped', (name) => {
  const run = methods[name];

  it('goes on with the bits of an uninterrupted one, wherever it was aborted', async () => {
    const whole = await run({});
    // Other places every time; a failure names the seed.
    const seed = Date.now();
    const rng = createRng(seed);
    for (let trial = 0; trial < 12; trial++) {
      const checkpoint = { store: memoryCheckpoint(), everySteps: 4 };
      const statuses: string[] = [];
      let bridge: LearnedBridge | undefined;
      for (let call = 0; bridge?.status !== 'finished' && call < 100; call++) {
        bridge = await run({ ...abortAfter(integer(rng, 0, 40)), checkpoint });
        statuses.push(bridge.status);
      }
      expect(bridge, `seed ${seed}, trial ${trial}: ${statuses.join(', ')}`).toEqual(whole);
    }
  });

  it('goes on with the same bits after time limits', async () => {
    const whole = await run({});
    const checkpoint = { store: memoryCheckpoint() };
    expect(await run({ checkpoint, timeLimit: 0 })).toMatchObject({ status: 'time-limit', halfSteps: 0, totalStep: 0 });
    let bridge = await run({ checkpoint, timeLimit: 10 });
    // Ten milliseconds are many updates, so it ends.
    for (let call = 0; bridge.status === 'time-limit' && call < 500; call++)
      bridge = await run({ checkpoint, timeLimit: 10 });
    expect(bridge).toEqual(whole);
  });

  it('is done at once where the checkpoint holds the end, and goes on where more half-steps are asked for', async () => {
    const checkpoint = { store: memoryCheckpoint() };
    const short = await run({ checkpoint, halfSteps: 2 });
    const records: number[] = [];
    const onHalfStep = ({ halfStep }: { halfStep: number }) => void records.push(halfStep);
    expect(await run({ checkpoint, halfSteps: 2, onHalfStep })).toEqual(short);
    expect(records).toEqual([]);
    expect(await run({ checkpoint, onHalfStep })).toEqual(await run({}));
    expect(records).toEqual([3, 4]);
  });
});

describe('the checkpoint of a learned bridge', () => {
  it('keeps what the caller measured, and asks for it once a half-step', async () => {
    const asked: number[] = [];
    const measure = async (_: unknown, halfStep: number) => {
      asked.push(halfStep);
      return Promise.resolve({ tenfold: 10 * halfStep });
    };
    const checkpoint = { store: memoryCheckpoint() };
    await methods.dsbm({ checkpoint, measure, halfSteps: 2 });
    const { history } = await methods.dsbm({ checkpoint, measure });
    expect(asked).toEqual([1, 2, 3, 4]);
    expect(history.map(({ measured }) => measured)).toEqual([10, 20, 30, 40].map((tenfold) => ({ tenfold })));
    await expect(methods.dsbm({ measure: () => ({ w2: NaN }) })).rejects.toThrow(
      '"measure(…).w2" expected a finite number',
    );
  });

  it('is written whole: never with the parameters of one half-step and the count of another', async () => {
    const inner = memoryCheckpoint();
    const saved: Uint8Array[] = [];
    const store: CheckpointStore = {
      load: () => inner.load(),
      save: (bytes) => (saved.push(bytes), inner.save(bytes)),
    };
    const whole = await methods.dsbm({ checkpoint: { store, everySteps: 7 } });
    // Each state that was ever written leads to the same end.
    expect(saved.length).toBeGreaterThan(12);
    for (const bytes of saved.filter((_, k) => k % 5 === 0)) {
      const resumed = memoryCheckpoint();
      await resumed.save(bytes);
      expect(await methods.dsbm({ checkpoint: { store: resumed } })).toEqual(whole);
    }
  });

  it('calls itself by the name of its store where it cannot be used, from the half-step under way too', async () => {
    const { load, save } = memoryCheckpoint();
    const checkpoint = { store: { name: 'bridge.checkpoint', load, save } };
    const refuse = (change: Partial<DsbmOptions>, message: string) =>
      expect(methods.dsbm({ ...change, checkpoint })).rejects.toThrow(`"bridge.checkpoint" expected ${message}`);
    await methods.dsbm({ ...abortAfter(7), checkpoint });
    await refuse({ steps: 26 }, 'a run with the same steps');
    await refuse({ rateSchedule: (to) => cosineDecay({ to }) }, 'a run with the same rate schedule');
    const bytes = (await load())!;
    await save(bytes.map((byte, k) => (k === 999 ? byte ^ 1 : byte)));
    await refuse({}, 'an intact bridge file, got one that is cut short or damaged (checksum differs); give an intact');
    await save(new Uint8Array(0));
    await refuse({}, 'a bridge file, got 0 bytes that do not start like one; give an intact one, or remove it');
  });

  it('refuses another run, and says what differs', async () => {
    const store = memoryCheckpoint();
    await methods.dsbm({ checkpoint: { store }, halfSteps: 1 });
    const refuse = (change: Partial<DsbmOptions>, message: string) =>
      expect(methods.dsbm({ ...change, checkpoint: { store } })).rejects.toThrow(message);
    await refuse({ start: 'reference' }, '"checkpoint" expected a run with the same method, "dsbm, start reference');
    const pairing = {
      dim: 1,
      draw: (_: Rng, count: number) => ({ x0: new Float64Array(count), x1: new Float64Array(count) }),
    };
    await refuse({ start: pairing }, 'with the same method, "dsbm, start unnamed pairing');
    await refuse({ start: { ...pairing, name: 'zero' } }, 'with the same method, "dsbm, start zero pairing');
    await refuse(
      { reference: brownian({ sigma: 2 }) },
      'with the same reference, "Brownian(sigma 2)", got "Brownian(sigma 1)"',
    );
    await refuse({ steps: 26 }, 'with the same steps');
    await refuse({ cacheSize: 65 }, 'with the same cache');
    await refuse({ numSteps: 5 }, 'with the same simulation');
    await refuse({ refinement: 1 }, 'with the same simulation');
    await refuse({ batchSize: 17 }, 'with the same batchSize');
    await refuse({ emaDecay: 0.8 }, 'with the same emaDecay');
    await refuse({ monitorCount: 51 }, 'with the same monitorCount');
    await expect(dsbm(createRng(10), { ...tinyBridge, checkpoint: { store } })).rejects.toThrow('with the same rng');
    await expect(dsb(createRng(9), { ...tinyDsb, checkpoint: { store } })).rejects.toThrow(
      'with the same method, "dsb"',
    );
    await store.save(Uint8Array.of(1, 2, 3));
    await refuse({}, '"checkpoint" expected a bridge file, got 3 bytes that do not start like one');
  });
});

describe('a checkpoint between two half-steps', () => {
  const saved = async (options: Partial<DsbmOptions>) => {
    const store = memoryCheckpoint();
    await methods.dsbm({ halfSteps: 2, ...options, checkpoint: { store } });
    return store;
  };

  it('remembers the schedules of the half-steps done, and leaves the others open', async () => {
    const fading = (later: number) => (_: number, halfStep: number) =>
      constantRate({ factor: halfStep > 1 ? later : 1 });
    const store = await saved({ rateSchedule: fading(0.5) });
    await expect(methods.dsbm({ rateSchedule: fading(0.1), checkpoint: { store } })).rejects.toThrow(
      'with the same rate schedule',
    );
    await expect(methods.dsbm({ checkpoint: { store } })).rejects.toThrow('with the same rate schedule');
    const going = (_: number, halfStep: number) => constantRate({ factor: [1, 0.5, 0.3, 0.2][halfStep - 1] });
    expect(await methods.dsbm({ rateSchedule: going, checkpoint: { store } })).toEqual(
      await methods.dsbm({ rateSchedule: going }),
    );
  });

  it('remembers the updates of the first half-steps in their schedules', async () => {
    const lengths: number[] = [];
    const rateSchedule = (steps: number) => (lengths.push(steps), cosineDecay({ to: steps }));
    const options = { rateSchedule, firstSteps: 30 };
    const store = await saved(options);
    expect(await methods.dsbm({ ...options, checkpoint: { store } })).toEqual(await methods.dsbm(options));
    expect([...new Set(lengths)].sort()).toEqual([25, 30]);
  });

  it('refuses other parameters to start from', async () => {
    const [first, second] = [1, 2].map((seed) => tinyNetwork.initParameters(createRng(seed)));
    const options = { parameters: { forward: first } };
    const store = await saved(options);
    for (const parameters of [{ forward: second }, { forward: first, backward: first }, undefined]) {
      await expect(methods.dsbm({ parameters, checkpoint: { store } })).rejects.toThrow('the same starting parameters');
    }
    expect(await methods.dsbm({ ...options, checkpoint: { store } })).toEqual(await methods.dsbm(options));
  });

  it.each([1, 2])('refuses another engine unless it is allowed: %i', async (halfSteps) => {
    // The same arithmetic under another name.
    const other = { ...tinyNetwork, engine: 'another' };
    const networks = { forward: other, backward: other };
    const store = memoryCheckpoint();
    // Between half-steps, and in the middle of one.
    await methods.dsbm(
      halfSteps === 1 ? { ...abortAfter(7), checkpoint: { store } } : { halfSteps, checkpoint: { store } },
    );
    await expect(methods.dsbm({ networks, checkpoint: { store } })).rejects.toThrow(
      'with the same engine, "another", got "fused wasm"; "checkpoint.allowOtherEngine" resumes it all the same',
    );
    const mixed = await methods.dsbm({ networks, checkpoint: { store, allowOtherEngine: true } });
    expect(mixed).toEqual({ ...(await methods.dsbm({})), engine: 'another' });
    expect(await methods.dsbm({ networks, checkpoint: { store } })).toEqual(mixed);
  });
});

describe('a run that ends early', () => {
  it('stops where the caller says so, also on resume', async () => {
    const checkpoint = { store: memoryCheckpoint() };
    const stopWhen = (history: readonly unknown[]) => history.length === 3;
    const bridge = await methods.dsbm({ checkpoint, stopWhen });
    expect(bridge).toMatchObject({ status: 'stopped', halfSteps: 3 });
    expect(await methods.dsbm({ checkpoint, stopWhen })).toEqual(bridge);
  });

  it('says that it diverged, with the parameters that did', async () => {
    const target = { dim: 1, draw: (_: Rng, count: number) => new Float64Array(count).fill(1e38) };
    const bridge = await methods.dsbm({ target });
    expect(bridge).toMatchObject({ status: 'diverged', halfSteps: 0, totalStep: 0, history: [] });
  });

  it('tells where it stands', async () => {
    const events: number[] = [];
    await methods.dsbm({
      onProgress({ halfStep, halfSteps, direction, step, steps, totalStep, totalSteps, loss }) {
        expect([halfSteps, steps, totalSteps]).toEqual([4, 25, 100]);
        expect(totalStep).toBe(25 * (halfStep - 1) + step);
        expect(direction).toBe(halfStep % 2 === 1 ? 'backward' : 'forward');
        expect(loss).toBeGreaterThan(0);
        events.push(totalStep);
      },
    });
    expect(events).toEqual([...events].sort((a, b) => a - b));
    expect(events.at(-1)).toBe(100);
  });
});
