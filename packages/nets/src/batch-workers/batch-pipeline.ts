// Batches of consecutive steps, prepared by workers and by the calling thread, handed out in order.
//
// A batch is a function of its generator, which depends on the seed and on the step. Who prepares which one, and when,
// is therefore free, and decided by who has time: workers are kept busy a few batches ahead, and a caller whose batch
// is not there yet prepares the first one that nobody has begun.
import type { Rng } from '@brenier/random';
import { createPause } from '@brenier/event-loop';
import { checkBatch, type Objective, type TrainingBatch } from '../network/objective.js';
import { type BatchWorker, type EmployedWorker, employWorker } from './batch-worker.js';

/** Who prepares, and how much. */
export interface BatchPipelinePlan {
  /** The calling thread's objective. */
  readonly objective: Objective;
  /** What the workers make theirs of. */
  readonly settings: unknown;
  /** Starts one worker. */
  readonly startWorker: () => BatchWorker;
  /** Number of workers, at least 1. */
  readonly workers: number;
  /** Batches that may be begun beyond the one asked for last. */
  readonly ahead: number;
}

/** How many batches were prepared where, since the beginning; it depends on the timing. */
export interface BatchCounts {
  /** By the calling thread. */
  readonly here: number;
  /** By workers. */
  readonly inWorkers: number;
}

/** A pipeline: started, drawn from in order, started again, disposed of. */
export interface BatchPipeline {
  start(rng: Rng, firstStep: number, lastStep: number): void;
  draw(rng: Rng): TrainingBatch | Promise<TrainingBatch>;
  counts(): BatchCounts;
  dispose(): Promise<void>;
}

/** Requests that may wait at one worker: what it does between two turns of the caller's event loop. */
const LARGEST_BACKLOG = 16;

/** Makes a pipeline; its workers start with the first run. */
export function createBatchPipeline(plan: BatchPipelinePlan): BatchPipeline {
  const { objective, workers, ahead } = plan;
  // The caller's own share of the batches ahead is left to it.
  const backlogLimit = Math.min(LARGEST_BACKLOG, Math.max(1, Math.floor(ahead / (workers + 1))));
  const prepared = new Map<number, Prepared>();
  let crew: readonly EmployedWorker[] = [];
  let seed: Rng | undefined;
  let [run, next, firstFree, last] = [0, 0, 0, -1];
  let [here, inWorkers, waiting] = [0, 0, 0];
  let failure: Error | undefined;
  let isDisposed = false;
  let wake: () => void = () => undefined;
  let news = new Promise<void>((resolve) => (wake = resolve));

  return { start, draw, counts: () => ({ here, inWorkers }), dispose };

  function start(rng: Rng, firstStep: number, lastStep: number): void {
    throwIfDisposed();
    while (crew.length < workers) crew = [...crew, employ()];
    seed = rng;
    run++;
    [next, firstFree, last] = [firstStep, firstStep, lastStep];
    prepared.clear();
    failure = undefined;
    assign();
    announce();
  }

  function draw(rng: Rng): TrainingBatch | Promise<TrainingBatch> {
    if (!isDisposed && !isNext(rng)) return objective.draw(rng);
    const step = next++;
    assign();
    return isReady(step) ? take(step) : wait(step, rng);
  }

  function isNext(rng: Rng): boolean {
    if (seed === undefined || next > last) return false;
    const [asked, expected] = [rng.snapshot(), seed.fork(next).snapshot()];
    return asked.position === expected.position && asked.key.every((word, i) => word === expected.key[i]);
  }

  /** Looks first at what came in, then makes itself useful, and sleeps only if everything ahead is in work. */
  async function wait(step: number, rng: Rng): Promise<TrainingBatch> {
    const pause = createPause();
    const asked = run;
    hold(1);
    try {
      for (;;) {
        await pause.turn();
        throwIfDisposed();
        if (run !== asked) return await objective.draw(rng);
        if (failure) throw failure;
        if (prepared.has(step)) return take(step);
        if (firstFree <= limit()) await prepareHere(firstFree++);
        else await news;
      }
    } finally {
      pause.close();
      hold(-1);
    }
  }

  function isReady(step: number): boolean {
    const found = prepared.get(step);
    return found !== undefined && 'batch' in found;
  }

  function take(step: number): TrainingBatch {
    const found = prepared.get(step)!;
    prepared.delete(step);
    if ('batch' in found) return found.batch;
    const reason = found.error instanceof Error ? found.error.message : String(found.error);
    throw new Error(`The batch of step ${step} could not be prepared: ${reason}`, { cause: found.error });
  }

  async function prepareHere(step: number): Promise<void> {
    const begun = run;
    let result: Prepared;
    try {
      result = { batch: checkBatch(await objective.draw(seed!.fork(step)), objective.dim) };
      here++;
    } catch (error) {
      result = { error };
    }
    if (run === begun) prepared.set(step, result);
    announce();
  }

  /** Gives the next batches to the workers with the least to do. */
  function assign(): void {
    while (firstFree <= limit()) {
      const idlest = crew.reduce((best, worker) => (worker.backlog < best.backlog ? worker : best));
      if (idlest.backlog >= backlogLimit) return;
      idlest.ask({ run, step: firstFree }, seed!.fork(firstFree));
      firstFree++;
    }
  }

  function limit(): number {
    return failure || isDisposed ? -1 : Math.min(last, next - 1 + ahead);
  }

  function employ(): EmployedWorker {
    const worker = employWorker(plan.startWorker(), plan.settings, {
      onLoaded: assign,
      onMade(dim, name) {
        if (dim === objective.dim && name === objective.name) return;
        fail(`made another objective: ${describe(objective.dim, objective.name)} expected, got ${describe(dim, name)}`);
      },
      onAnswer(answer) {
        if (answer.kind === 'batch') inWorkers++;
        if (answer.ticket.run === run) prepared.set(answer.ticket.step, answer);
        assign();
        announce();
      },
      onLost: fail,
    });
    worker.hold(waiting > 0);
    return worker;
  }

  function fail(reason: string): void {
    failure = new Error(`A worker that prepares batches ${reason}`);
    void dismissAll();
  }

  function hold(change: 1 | -1): void {
    waiting += change;
    for (const worker of crew) worker.hold(waiting > 0);
  }

  /** Wakes every draw that waits. */
  function announce(): void {
    wake();
    news = new Promise((resolve) => (wake = resolve));
  }

  async function dismissAll(): Promise<void> {
    const dismissed = crew;
    crew = [];
    prepared.clear();
    announce();
    await Promise.all(dismissed.map((worker) => worker.dismiss()));
  }

  async function dispose(): Promise<void> {
    isDisposed = true;
    await dismissAll();
  }

  function throwIfDisposed(): void {
    if (isDisposed) throw new Error('The workers that prepare batches were disposed of');
  }
}

type Prepared = { readonly batch: TrainingBatch } | { readonly error: unknown };

function describe(dim: number, name: string | undefined): string {
  return `${name ?? 'an objective without a name'} of dimension ${dim}`;
}
