// Batches ahead of the training that uses them, on other processors, without a changed bit.
import { checkFunction, checkInteger, checkOptions, describeValue } from '@brenier/errors';
import { checkRng, type Rng } from '@brenier/random';
import type { Objective, TrainingBatch } from '../network/objective.js';
import { type BatchCounts, type BatchPipeline, createBatchPipeline } from './batch-pipeline.js';
import type { BatchWorker } from './batch-worker.js';

/** Options of {@link prepareInWorkers}. */
export interface PrepareInWorkersOptions {
  /**
   * Starts a worker on a script that calls `serveBatches`. Written as `() => new Worker(new URL('./batch-worker.js',
   * import.meta.url), { type: 'module' })` it is understood by Node, by browsers and by bundlers. Default: no workers.
   */
  readonly startWorker?: () => BatchWorker;
  /**
   * Number of workers, at least 0. The calling thread prepares batches too whenever it would wait for one, so n workers
   * keep n + 1 processors busy. Default 1, or 0 without `startWorker`.
   */
  readonly workers?: number;
  /**
   * Batches, at least 1, that may be in preparation or ready beyond the one asked for: the bound of the memory. Default
   * 4 for each worker and 4 for the calling thread.
   */
  readonly ahead?: number;
}

/** An objective whose batches are prepared ahead. */
export interface PreparedObjective extends Objective {
  /** Begins to prepare the batches of a run, `draw(rng.fork(k))` for k from `firstStep` to `steps`; ends the run before. */
  start(rng: Rng, firstStep: number, steps: number): void;
  /**
   * The batch of a generator. That of the next step of the run comes from the pipeline, at once where it is ready; any
   * other is drawn in place. It rejects where the objective failed, with the step, and where a worker was lost.
   */
  draw(rng: Rng): TrainingBatch | Promise<TrainingBatch>;
  /** How many batches the calling thread and the workers prepared. */
  counts(): BatchCounts;
  /** Ends the workers; draws under way and later ones reject. May be called again. */
  dispose(): Promise<void>;
}

/**
 * An objective whose batches are prepared ahead by workers, in Node and in browsers.
 *
 * Worth it where a batch costs more than a training step, as exact minibatch pairings do. `train` announces a run to the
 * objective; from then on workers draw the batches to come, each from its own generator `rng.fork(k)`, and hand them over
 * as transferred memory. A batch depends on its generator alone, so the bits are those of the objective itself, whatever
 * the number of workers and the timing, also after a resume; checkpoints carry over. Functions do not cross
 * threads, so each worker makes the objective anew from `settings`.
 *
 * Workers start with the first run, some 50 ms each, and stay until {@link PreparedObjective.dispose}; idle ones do not
 * keep a Node process alive. A batch costs about 0.03 ms on top of its draw.
 *
 * @typeParam Settings - what the objective is made of
 * @param createObjective - makes the objective; its worker's script passes the same function to `serveBatches`
 * @param settings - what it makes it of; plain data that `postMessage` can carry, else the first draw that needs a worker rejects
 * @param options - see {@link PrepareInWorkersOptions}
 * @returns the objective, for `train`; dispose of it when done
 * @throws TypeError or RangeError for arguments of the wrong kind or value, TypeError for an objective that has a `start` itself: no
 * thread draws all the batches of a run that it would announce; and whatever `createObjective` throws
 *
 * @example
 * One file for both threads. With a bundler the worker's script is a file of its own.
 * ```ts
 * import { isMainThread, Worker } from 'node:worker_threads';
 * import { prepareInWorkers, serveBatches } from '@brenier/nets/workers';
 * import { createRng, fillUniform, type Rng } from '@brenier/random';
 *
 * const createObjective = ({ count }: { count: number }) => ({
 *   dim: 1,
 *   draw(rng: Rng) {
 *     const t = fillUniform(rng, new Float32Array(count));
 *     return { count, dim: 1, t, x: t, target: t };
 *   },
 * });
 *
 * if (isMainThread) {
 *   const startWorker = () => new Worker(new URL(import.meta.url));
 *   const objective = prepareInWorkers(createObjective, { count: 4 }, { startWorker });
 *   const rng = createRng(0);
 *   objective.start(rng, 0, 1000);
 *   const { x } = await objective.draw(rng.fork(0));
 *   const alone = createObjective({ count: 4 }).draw(rng.fork(0));
 *   x.every((each, i) => each === alone.x[i]); // => true
 *   await objective.dispose();
 * } else {
 *   serveBatches(createObjective);
 * }
 * ```
 */
export function prepareInWorkers<Settings>(
  createObjective: (settings: Settings) => Objective,
  settings: Settings,
  options?: PrepareInWorkersOptions,
): PreparedObjective {
  checkFunction('createObjective', createObjective);
  const { startWorker, ...given } = checkOptions('options', options, ['startWorker', 'workers', 'ahead']);
  if (startWorker !== undefined) checkFunction('startWorker', startWorker);
  const workers = checkInteger('workers', given.workers ?? (startWorker ? 1 : 0), 0);
  if (workers > 0 && !startWorker)
    throw new TypeError('"startWorker" expected a function that starts a worker, got undefined');
  const ahead = checkInteger('ahead', given.ahead ?? 4 * (workers + 1), 1);
  const objective = checkObjective(createObjective(settings));
  const pipeline =
    startWorker && workers > 0
      ? createBatchPipeline({ objective, settings, startWorker, workers, ahead })
      : drawInPlace(objective);
  return {
    dim: objective.dim,
    name: objective.name,
    start(rng, firstStep, steps) {
      checkRng('rng', rng);
      checkInteger('firstStep', firstStep, 0);
      pipeline.start(rng, firstStep, checkInteger('steps', steps, 0));
    },
    draw: (rng) => pipeline.draw(checkRng('rng', rng)),
    counts: () => pipeline.counts(),
    dispose: () => pipeline.dispose(),
  };
}

function checkObjective(objective: Objective): Objective {
  const made = 'createObjective(…)';
  if (typeof objective !== 'object' || objective === null) {
    throw new TypeError(`"${made}" expected an objective, got ${describeValue(objective)}`);
  }
  checkInteger(`${made}.dim`, objective.dim, 1);
  checkFunction(`${made}.draw`, objective.draw);
  if (objective.start === undefined) return objective;
  throw new TypeError(
    `"${made}" expected an objective without "start", for threads share the batches of a run, got one with it`,
  );
}

function drawInPlace(objective: Objective): BatchPipeline {
  let here = 0;
  let isDisposed = false;
  return {
    start: () => undefined,
    draw(rng) {
      if (isDisposed) return Promise.reject(new Error('The objective was disposed of'));
      here++;
      return objective.draw(rng);
    },
    counts: () => ({ here, inWorkers: 0 }),
    async dispose() {
      isDisposed = true;
    },
  };
}
