import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { createRng } from '@brenier/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fusedMlp, memoryCheckpoint, train, type TrainOptions } from '../../src/fused.js';
import { prepareInWorkers } from '../../src/workers.js';
import { bundleScript } from './bundle-script.js';
import { slowObjective } from './slow-objective.js';

let folder = '';
let worker: Awaited<ReturnType<typeof bundleScript>>;
let child: Awaited<ReturnType<typeof bundleScript>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brenier-workers-'));
  worker = await bundleScript(new URL('objective-worker.ts', import.meta.url));
  child = await bundleScript(new URL('train-and-tell.ts', import.meta.url));
});
afterAll(() => Promise.all([worker.remove(), child.remove(), rm(folder, { recursive: true })]));

const startWorker = () => new Worker(worker.url);

const run = {
  network: fusedMlp({ dim: 2, hidden: [16, 16] }),
  rng: createRng('prepared'),
  steps: 300,
} satisfies Partial<TrainOptions>;

describe('training on batches of workers', () => {
  it('ends with the bits of training without them, also where it was stopped and resumed', async () => {
    const alone = await train({ ...run, objective: slowObjective({}) });
    const objective = prepareInWorkers(slowObjective, { jitter: 1 }, { startWorker, workers: 2 });
    expect((await train({ ...run, objective })).parameters).toEqual(alone.parameters);
    const store = memoryCheckpoint();
    const controller = new AbortController();
    const stopped = await train({
      ...run,
      objective,
      checkpoint: { store },
      signal: controller.signal,
      progressInterval: 0,
      onProgress: ({ step }) => step === 117 && controller.abort(),
    });
    expect([stopped.status, stopped.step]).toEqual(['aborted', 118]);
    expect((await train({ ...run, objective, checkpoint: { store } })).parameters).toEqual(alone.parameters);
    expect(objective.counts().inWorkers).toBeGreaterThan(0);
    await objective.dispose();
  });

  it('goes on without workers from a checkpoint that was made with them', async () => {
    const store = memoryCheckpoint();
    const objective = prepareInWorkers(slowObjective, { jitter: 1 }, { startWorker });
    await train({ ...run, steps: 100, objective, checkpoint: { store } });
    await objective.dispose();
    const resumed = await train({ ...run, objective: slowObjective({}), checkpoint: { store } });
    expect(resumed.parameters).toEqual((await train({ ...run, objective: slowObjective({}) })).parameters);
  });

  it('rejects with the step where the objective fails, and keeps the checkpoint before it', async () => {
    const store = memoryCheckpoint();
    const word = run.rng.fork(200).uint32();
    const objective = prepareInWorkers(slowObjective, { jitter: 1, fault: { word, how: 'throw' } }, { startWorker });
    const training = train({ ...run, objective, checkpoint: { store, everySteps: 50 } });
    await expect(training).rejects.toThrow('The batch of step 200 could not be prepared: no batch today');
    await objective.dispose();
    const resumed = await train({ ...run, objective: slowObjective({}), checkpoint: { store } });
    expect(resumed.step).toBe(300);
  });

  it('survives kills: resumed, it ends with the bits of an uninterrupted run without workers', async () => {
    const file = (name: string) => join(folder, name);
    const script = fileURLToPath(child.url);
    const killed = [script, file('killed.checkpoint'), file('killed.weights'), '1'];
    expect(await killAt(killed, 100)).toBe(0);
    // A checkpoint every 10 steps, and steps told after the kill was sent.
    expect(await killAt(killed, 350)).toBeGreaterThanOrEqual(90);
    await promisify(execFile)(process.execPath, killed);
    await promisify(execFile)(process.execPath, [script, file('whole.checkpoint'), file('whole.weights'), '0']);
    const [resumed, whole] = await Promise.all([readFile(file('killed.weights')), readFile(file('whole.weights'))]);
    expect(resumed.equals(whole)).toBe(true);
  });
});

/** Kills a process once it told `step`; returns the first step that it told. */
function killAt(command: readonly string[], step: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
    let told = '';
    started.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (
        told
          .split('\n')
          .slice(0, -1)
          .some((line) => Number(line) >= step)
      )
        started.kill('SIGKILL');
    });
    started.on('error', reject);
    started.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(Number(told.split('\n')[0]));
      else reject(new Error('The process ended before it was killed'));
    });
  });
}
