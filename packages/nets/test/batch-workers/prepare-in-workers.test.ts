import { Worker } from 'node:worker_threads';
import { createRng, type Rng } from '@brenier/random';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PreparedObjective, prepareInWorkers, type PrepareInWorkersOptions } from '../../src/workers.js';
import { bundleScript } from './bundle-script.js';
import { slowObjective, type SlowSettings } from './slow-objective.js';

let bundle: Awaited<ReturnType<typeof bundleScript>>;
const pipelines: PreparedObjective[] = [];

beforeAll(async () => {
  bundle = await bundleScript(new URL('objective-worker.ts', import.meta.url));
});
afterAll(async () => {
  await Promise.all(pipelines.map((pipeline) => pipeline.dispose()));
  await bundle.remove();
});

const startWorker = () => new Worker(bundle.url);

type Settings = SlowSettings & { readonly inWorkers?: SlowSettings };

function prepared(settings: Settings = {}, options?: PrepareInWorkersOptions): PreparedObjective {
  const pipeline = prepareInWorkers(slowObjective, settings, { startWorker, ...options });
  pipelines.push(pipeline);
  return pipeline;
}

/** The batches of a run, drawn one after another as a training loop does. */
async function drawRun(objective: PreparedObjective, rng: Rng, firstStep: number, steps: number) {
  objective.start(rng, firstStep, steps);
  const batches = [];
  for (let step = firstStep; step <= steps; step++) batches.push(await objective.draw(rng.fork(step)));
  return batches;
}

function drawAlone(rng: Rng, firstStep: number, steps: number) {
  const objective = slowObjective({});
  return Array.from({ length: steps - firstStep + 1 }, (_, k) => objective.draw(rng.fork(firstStep + k)));
}

describe('prepareInWorkers', () => {
  it.each([
    [0, 1],
    [1, 1],
    [1, 3],
    [2, 8],
    [3, 1000],
  ])(
    'gives the batches of the objective with %i workers and %i batches ahead, whatever the timing',
    async (workers, ahead) => {
      const rng = createRng('jitter');
      const pipeline = prepared({ jitter: 3 }, { workers, ahead });
      // Workers take some time to start, which the caller spends preparing batches itself.
      while (workers > 0 && pipeline.counts().inWorkers === 0) await drawRun(pipeline, rng, 0, 20);
      const before = pipeline.counts().inWorkers;
      expect(await drawRun(pipeline, rng, 0, 150)).toEqual(drawAlone(rng, 0, 150));
      expect(pipeline.counts().inWorkers > before).toBe(workers > 0);
    },
  );

  it('begins in the middle, and begins again with another generator', async () => {
    const pipeline = prepared({ jitter: 1 });
    const [first, second] = [createRng(1), createRng(2)];
    expect(await drawRun(pipeline, first, 40, 60)).toEqual(drawAlone(first, 40, 60));
    // The run was announced longer than it is followed: what was begun ahead is dropped.
    pipeline.start(first, 0, 1000);
    await pipeline.draw(first.fork(0));
    expect(await drawRun(pipeline, second, 7, 30)).toEqual(drawAlone(second, 7, 30));
  });

  it('draws in place what is not the next batch of the run, and goes on with the run', async () => {
    const rng = createRng(3);
    const pipeline = prepared({ jitter: 1 });
    const alone = drawAlone(rng, 0, 20);
    expect(await pipeline.draw(rng.fork(0))).toEqual(alone[0]);
    pipeline.start(rng, 0, 10);
    for (const step of [0, 1, 17, 2, 1, 3, 4]) expect(await pipeline.draw(rng.fork(step))).toEqual(alone[step]);
    const advanced = rng.fork(5);
    advanced.uint32();
    const other = rng.fork(5);
    other.uint32();
    expect(await pipeline.draw(advanced)).toEqual(slowObjective({}).draw(other));
    for (let step = 5; step <= 20; step++) expect(await pipeline.draw(rng.fork(step))).toEqual(alone[step]);
  });

  it('answers draws that are made before earlier ones are answered', async () => {
    const rng = createRng(4);
    const pipeline = prepared({ jitter: 2 });
    pipeline.start(rng, 0, 20);
    const draws = Array.from({ length: 21 }, async (_, step) => pipeline.draw(rng.fork(step)));
    expect(await Promise.all(draws)).toEqual(drawAlone(rng, 0, 20));
  });

  it('answers a draw of a run that another run replaced', async () => {
    const pipeline = prepared({ jitter: 2 });
    const [first, second] = [createRng(1), createRng(2)];
    pipeline.start(first, 0, 10);
    const late = pipeline.draw(first.fork(0));
    pipeline.start(second, 0, 10);
    expect([await late, await pipeline.draw(second.fork(0))]).toEqual([
      ...drawAlone(first, 0, 0),
      ...drawAlone(second, 0, 0),
    ]);
  });

  it('never begins more batches than asked for', async () => {
    const rng = createRng(5);
    const pipeline = prepared({}, { workers: 2, ahead: 5 });
    const begun = () => pipeline.counts().here + pipeline.counts().inWorkers;
    pipeline.start(rng, 0, 1000);
    for (let step = 0; step < 100; step++) await pipeline.draw(rng.fork(step));
    await vi.waitFor(() => expect(begun()).toBe(105), 10_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(begun()).toBe(105);
  });

  it.each([
    ['throw', 'no batch today'],
    ['throw what cannot be cloned', 'no batch today'],
    ['bad shape', '"batch.x" expected length 32, got 31'],
  ] as const)('rejects the draw of the step that failed: %s', async (how, reason) => {
    const rng = createRng(6);
    const word = rng.fork(30).uint32();
    const pipeline = prepared({ fault: { word, how } });
    pipeline.start(rng, 0, 100);
    for (let step = 0; step < 30; step++) await pipeline.draw(rng.fork(step));
    await expect(pipeline.draw(rng.fork(30))).rejects.toThrow(`The batch of step 30 could not be prepared: ${reason}`);
    expect(await pipeline.draw(rng.fork(31))).toEqual(slowObjective({}).draw(rng.fork(31)));
  });

  it('rejects a draw that failed in a worker alone', async () => {
    const pipeline = prepared({ jitter: 4, inWorkers: { fault: { word: 'any', how: 'throw' } } });
    const failed = drawRun(pipeline, createRng(6), 0, 1000);
    await expect(failed).rejects.toThrow(/^The batch of step \d+ could not be prepared: no batch today$/);
  });

  it('rejects, rather than wait, once a worker is lost, and starts new ones with the next run', async () => {
    const rng = createRng(7);
    const lost = prepared({ jitter: 4, inWorkers: { fault: { word: 'any', how: 'exit' } } });
    await expect(drawRun(lost, rng, 0, 1000)).rejects.toThrow('A worker that prepares batches ended with code 3');
    await expect(drawRun(lost, rng, 0, 1000)).rejects.toThrow('A worker that prepares batches ended with code 3');
  });

  it('rejects where a worker cannot load its script, make its objective, or makes another one', async () => {
    const rng = createRng(8);
    const missing = prepared({ jitter: 2 }, { startWorker: () => new Worker(new URL('missing.js', bundle.url)) });
    await expect(drawRun(missing, rng, 0, 1000)).rejects.toThrow(
      'A worker that prepares batches died: Error: Cannot find',
    );
    const idle = prepared({ jitter: 2 }, { startWorker: () => new Worker('', { eval: true }) });
    await expect(drawRun(idle, rng, 0, 1000)).rejects.toThrow('A worker that prepares batches ended with code 0');
    const unmakeable = prepared({ jitter: 2, name: 'unmakeable' });
    await expect(drawRun(unmakeable, rng, 0, 1000)).rejects.toThrow(
      'could not make its objective: TypeError: nothing to make it of',
    );
    const other = prepared({ jitter: 2, inWorkers: { name: 'double' } });
    await expect(drawRun(other, rng, 0, 1000)).rejects.toThrow(
      'made another objective: halve of dimension 2 expected, got double of dimension 2',
    );
  });

  it('rejects where the settings cannot be sent to a worker', async () => {
    const pipeline = prepared({ jitter: 2, cost: (x: number) => x } as Settings);
    await expect(drawRun(pipeline, createRng(8), 0, 1000)).rejects.toThrow(
      'A worker that prepares batches could not be sent its "settings": DataCloneError',
    );
  });

  it('rejects draws under way and later ones once it is disposed of, twice if need be', async () => {
    const rng = createRng(9);
    const pipeline = prepared({ jitter: 5 });
    pipeline.start(rng, 0, 100);
    const underWay = Promise.resolve(pipeline.draw(rng.fork(0)));
    const refused = expect(underWay).rejects.toThrow('disposed of');
    await pipeline.dispose();
    await refused;
    await pipeline.dispose();
    await expect(pipeline.draw(rng.fork(1))).rejects.toThrow('disposed of');
    expect(() => pipeline.start(rng, 0, 1)).toThrow('disposed of');
    const inPlace = prepareInWorkers(slowObjective, {});
    await inPlace.dispose();
    await expect(inPlace.draw(rng.fork(1))).rejects.toThrow('disposed of');
  });

  it('prepares in place without workers', () => {
    const rng = createRng(10);
    const pipeline = prepareInWorkers(slowObjective, { name: 'alone' });
    pipeline.start(rng, 0, 10);
    expect(pipeline.draw(rng.fork(0))).toEqual(slowObjective({}).draw(rng.fork(0)));
    expect([pipeline.name, pipeline.dim]).toEqual(['alone', 2]);
    expect(pipeline.counts()).toEqual({ here: 1, inWorkers: 0 });
  });

  it('refuses arguments of the wrong kind or value', () => {
    const make = prepareInWorkers as (...args: unknown[]) => PreparedObjective;
    expect(() => make(undefined, {})).toThrow('"createObjective" expected a function');
    expect(() => make(() => null, {})).toThrow('"createObjective(…)" expected an objective, got null');
    expect(() => make(() => ({ dim: 0, draw() {} }), {})).toThrow('"createObjective(…).dim"');
    expect(() => make(() => ({ dim: 1 }), {})).toThrow('"createObjective(…).draw"');
    expect(() => make(() => ({ dim: 1, draw() {}, start() {} }), {})).toThrow(
      '"createObjective(…)" expected an objective without "start"',
    );
    expect(() => make(slowObjective, {}, { threads: 2 })).toThrow('"threads"');
    expect(() => make(slowObjective, {}, { startWorker: 'here' })).toThrow('"startWorker" expected a function');
    expect(() => make(slowObjective, {}, { workers: 1 })).toThrow(
      '"startWorker" expected a function that starts a worker',
    );
    expect(() => make(slowObjective, {}, { startWorker, workers: -1 })).toThrow(RangeError);
    expect(() => make(slowObjective, {}, { startWorker, workers: 1.5 })).toThrow('"workers"');
    expect(() => make(slowObjective, {}, { startWorker, ahead: 0 })).toThrow('"ahead"');
    const pipeline = prepared();
    expect(() => pipeline.start(undefined as never, 0, 1)).toThrow('"rng" expected an Rng');
    expect(() => pipeline.start(createRng(0), -1, 1)).toThrow('"firstStep"');
    expect(() => pipeline.start(createRng(0), 0, NaN)).toThrow('"steps"');
    expect(() => pipeline.draw(null as never)).toThrow('"rng" expected an Rng');
  });
});
