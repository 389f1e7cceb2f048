import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CellOrder } from '../../src/cell/work-order.js';
import { queueCrew } from '../../src/queue/queue-crew.js';
import { QUEUE_NAME } from '../../src/queue/work-queue.js';
import { tableOf } from '../../src/run/table-of.js';
import type { MethodName } from '../../src/settings.js';
import { readResults, runProgram, startProgram, type Ended } from '../program.js';

const address = process.env.BRENIER_REDIS ?? '';
const queue = ['--queue', address];
const steps = 400;
const small = ['reproduce', '--data-sets', 'moons', '--methods', 'CFM', '--seeds', '1,2,3'];
const tiny = [...small, '--steps', String(steps), '--samples', '200'];
let folder: string;
let expected: string;

/** A worker that is under way. */
interface StartedWorker {
  stop(signal: 'SIGINT' | 'SIGKILL'): Promise<Ended>;
  /** Resolves once it has printed that. */
  prints(pattern: RegExp): Promise<RegExpExecArray>;
}
let workers: StartedWorker[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brenier-'));
  expect((await runProgram([...tiny, '--out', join(folder, 'alone')])).code).toBe(0);
  expected = tableOf(await readResults(join(folder, 'alone')));
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop('SIGKILL')));
  workers = [];
});

afterAll(() => rm(folder, { recursive: true }));

function startWorker(name: string): StartedWorker {
  const waiting = new Set<(stdout: string) => void>();
  let soFar = '';
  const out = join(folder, name);
  const { child, ended } = startProgram(['worker', ...queue, '--out', out], (stdout) => {
    soFar = stdout;
    for (const look of waiting) look(stdout);
  });
  const worker: StartedWorker = {
    stop: (signal) => (child.kill(signal), ended),
    prints: (pattern) =>
      new Promise((resolve) => {
        const look = (stdout: string): void => {
          const found = pattern.exec(stdout);
          if (found === null) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look(soFar);
      }),
  };
  workers.push(worker);
  return worker;
}

describe('a table that is spread over workers', () => {
  test('is that of a single process to the last digit, although one of three is killed in the midst of a cell', async () => {
    const [first] = ['a', 'b', 'c'].map(startWorker);
    const out = join(folder, 'three');
    const coordinator = runProgram([...tiny, ...queue, '--out', out]);
    const [, cell] = await first.prints(/^(moons-\S+): taken/m);
    // So that training is under way; the whole cell takes several times as long.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { stdout } = await first.stop('SIGKILL');
    expect(stdout).not.toContain(`${cell}: ${steps} steps`);
    const { code, stderr } = await coordinator;
    expect([code, stderr]).toEqual([0, '']);
    const run = await readResults(out);
    expect(run.status).toBe('finished');
    expect(tableOf(run)).toBe(expected);
  });

  test('outlives its coordinator, and one that resumes collects what was done meanwhile', async () => {
    const out = join(folder, 'orphaned');
    const worker = startWorker('d');
    const coordinator = startProgram([...tiny, ...queue, '--out', out]);
    await worker.prints(/^moons-\S+: taken/m);
    coordinator.child.kill('SIGKILL');
    await coordinator.ended;
    await worker.prints(/^moons-\S+: 400 steps/m);
    const { code } = await runProgram([...tiny, ...queue, '--resume', '--out', out]);
    expect(code).toBe(0);
    expect(tableOf(await readResults(out))).toBe(expected);
    // Every cell was trained once.
    const { stdout } = await worker.stop('SIGINT');
    expect(stdout.match(/moons-\S+: 400 steps/g)).toHaveLength(3);
  });

  test('gets the cell of a worker that is stopped back at once, and another of its folder continues it', async () => {
    const out = join(folder, 'shared');
    const stopped = startWorker('shared-workers');
    const coordinator = runProgram([...tiny, ...queue, '--out', out]);
    const [, cell] = await stopped.prints(/^(moons-\S+): taken/m);
    const { code, stdout } = await stopped.stop('SIGINT');
    expect(code).toBe(0);
    expect(stdout).toContain(`${cell}: stopped, and back in the queue`);
    startWorker('shared-workers');
    expect((await coordinator).code).toBe(0);
    expect(tableOf(await readResults(out))).toBe(expected);
  });
});

describe('a worker', () => {
  test('puts a job back and ends where the run expects other versions', async () => {
    const jobs = new Queue(QUEUE_NAME, { connection: { url: address } });
    const data = {
      runId: 'other',
      order: { kind: 'floor', dataSet: 'moons', seed: 1, samples: 10 },
      versions: { a: '9.9.9' },
    };
    await jobs.add('floor', data, { jobId: 'other-floor' });
    const { code, stderr } = await runProgram(['worker', ...queue, '--out', join(folder, 'other')]);
    expect(code).toBe(1);
    expect(stderr).toContain('expects a 9.9.9; here are @brenier/');
    expect(await jobs.getJobCounts('wait', 'active', 'failed')).toEqual({ wait: 1, active: 0, failed: 0 });
    await (await jobs.getJob('other-floor'))?.remove();
    await jobs.close();
  });

  test('tries an order that fails three times, and the crew says why', async () => {
    const worker = startWorker('failing');
    const crew = await queueCrew(address, 'failing');
    const settings = {
      dataSet: 'moons',
      method: 'Alchemy' as MethodName,
      seed: 1,
      steps: 1,
      samples: 9,
      isPictured: false,
    };
    const order = { kind: 'cell', settings } as CellOrder;
    const watch = {
      timeLimit: Infinity,
      checkpoints: '',
      signal: new AbortController().signal,
      onEvent: () => undefined,
    };
    await expect(crew.fill(order, watch)).rejects.toThrow('There is no recipe for Alchemy.');
    await crew.release(order);
    await crew.close();
    const { stdout } = await worker.stop('SIGINT');
    expect(stdout.match(/failed: There is no recipe/g)).toHaveLength(3);
  });
});
