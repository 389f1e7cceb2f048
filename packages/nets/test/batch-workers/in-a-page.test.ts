import { createRng } from '@brenier/random';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { prepareInWorkers, serveBatches } from '../../src/workers.js';
import { pageWorker } from './page-worker.js';
import { slowObjective, type SlowSettings } from './slow-objective.js';

afterEach(() => vi.unstubAllGlobals());

const serve = () => serveBatches(slowObjective);

async function drawUntilHelped(settings: SlowSettings, worker: () => ReturnType<typeof pageWorker>) {
  const rng = createRng('page');
  const objective = prepareInWorkers(slowObjective, settings, { startWorker: worker });
  objective.start(rng, 0, 10_000);
  for (let step = 0; objective.counts().inWorkers < 5; step++) {
    expect(await objective.draw(rng.fork(step))).toEqual(slowObjective({}).draw(rng.fork(step)));
  }
  return objective;
}

describe('workers of a page', () => {
  it('prepare the batches of the objective, whose own arrays stay where they are', async () => {
    const worker = pageWorker(serve);
    const objective = await drawUntilHelped({ jitter: 1 }, () => worker);
    await objective.dispose();
    expect(worker.isTerminated).toBe(true);
  });

  it('reject a draw that failed, with what cannot be cloned as text', async () => {
    const rng = createRng('page');
    const word = rng.fork(3).uint32();
    const settings: SlowSettings = { jitter: 1, fault: { word, how: 'throw what cannot be cloned' } };
    const objective = prepareInWorkers(slowObjective, settings, { startWorker: () => pageWorker(serve), ahead: 1 });
    objective.start(rng, 0, 10);
    for (let step = 0; step < 3; step++) await objective.draw(rng.fork(step));
    await expect(objective.draw(rng.fork(3))).rejects.toThrow(
      'The batch of step 3 could not be prepared: no batch today',
    );
    await objective.dispose();
  });

  it('reject where an error is heard, or a message that cannot be read', async () => {
    const rng = createRng('page');
    const draws = async (event: Event) => {
      const worker = pageWorker(() => setTimeout(() => worker.dispatchEvent(event), 0));
      const objective = prepareInWorkers(slowObjective, { jitter: 1 }, { startWorker: () => worker });
      objective.start(rng, 0, 10_000);
      for (let step = 0; step < 1000; step++) await objective.draw(rng.fork(step));
    };
    const said = Object.assign(new Event('error'), { message: 'Uncaught Error: broken' });
    await expect(draws(said)).rejects.toThrow('A worker that prepares batches died: Uncaught Error: broken');
    await expect(draws(new Event('error'))).rejects.toThrow('died: its script could not be loaded');
    await expect(draws(new MessageEvent('messageerror'))).rejects.toThrow('sent what cannot be read');
  });

  it('reject where the objective cannot be made there', async () => {
    const rng = createRng('page');
    const startWorker = () =>
      pageWorker(() =>
        serveBatches(() => {
          throw new TypeError('nothing to make it of');
        }),
      );
    const objective = prepareInWorkers(slowObjective, { jitter: 1 }, { startWorker });
    objective.start(rng, 0, 10_000);
    const draws = async () => {
      for (let step = 0; step < 1000; step++) await objective.draw(rng.fork(step));
    };
    await expect(draws()).rejects.toThrow('could not make its objective: TypeError: nothing to make it of');
  });
});

describe('serveBatches', () => {
  it('refuses to run where nobody asks for batches', () => {
    expect(serve).toThrow('serveBatches expected to be called in a worker, got the main thread');
    expect(() => serveBatches(undefined as never)).toThrow('"createObjective" expected a function');
  });
});
