// Many exact transport problems at once, beside whatever else the event loop has to do.
import { checkFunction, checkNonNegative, checkOptions, describeValue } from '@brenier/errors';
import { createPause } from '@brenier/event-loop';
import {
  type KernelHost,
  type KernelJob,
  leaseKernels,
  localHost,
  returnKernels,
  type WorkerPool,
} from '@brenier/kernels';
import { type AnswerSheet, checkWant, createAnswerSheet } from './batch/batch-answers.js';
import type { EmdBatchAnswers, EmdBatchWant, PartialEmdBatchAnswers } from './batch/batch-answers.js';
import { type BatchProblem, type CheckedBatch, copyBatch } from './batch/batch-problem.js';
import { BatchRounds } from './batch/batch-rounds.js';

/** One progress event of {@link emdBatchAsync}. */
export interface EmdBatchProgress {
  /** Problems whose answer is there. */
  readonly finished: number;
  /** Problems in all. */
  readonly total: number;
  /** Milliseconds since the start. */
  readonly elapsed: number;
}

/** Options of {@link emdBatchAsync}. */
export interface EmdBatchAsyncOptions<W extends EmdBatchWant = 'result'> {
  /** What the answers hold, as for {@link emdBatch}: results, couplings or costs. Default `'result'`. */
  readonly want?: W;
  /** Threads to share the problems among, from `createWorkerPool` of `@brenier/kernels`. Default: this thread alone. */
  readonly pool?: WorkerPool;
  /** Raise it to stop with the answers that are there. Default: none. */
  readonly signal?: AbortSignal;
  /** Called with progress events while running, and once at the end. Default: none. */
  readonly onProgress?: (event: EmdBatchProgress) => void;
  /** Least time between two progress events, in milliseconds; 0 reports every answer at once. Default 100. */
  readonly progressInterval?: number;
}

/** A batch that was solved to its end. */
export interface FinishedEmdBatch<W extends EmdBatchWant> {
  /** Every problem is solved. */
  readonly status: 'optimal';
  /** The answers, in the order of the problems. */
  readonly answers: EmdBatchAnswers[W];
  /** The problems without an answer: none. */
  readonly missing: readonly number[];
}

/** A batch that was stopped by its signal. */
export interface StoppedEmdBatch<W extends EmdBatchWant> {
  /** Some problems are not solved. */
  readonly status: 'aborted';
  /** The answers, in the order of the problems; `undefined` (or the cost NaN) where one is missing. */
  readonly answers: PartialEmdBatchAnswers[W];
  /** The problems without an answer, in order. */
  readonly missing: readonly number[];
}

/** Work between two turns of the event loop, in milliseconds: under one frame, far above the cost of a turn. */
const SLICE = 10;

/**
 * Solves many exact transport problems without blocking: {@link emdBatch} with progress and abort.
 *
 * The event loop gets a turn about every 10 ms on this thread and every 20 ms on a pool, also inside a solve; only the
 * first ordering of a problem's points and the reading of its answer, with the certificate, are not cut into pieces. An
 * abort is no exception: after the present turn the promise resolves with the answers that are there, each of them
 * whole, and says which are missing. Larger problems come first, so which ones these are is not a matter of order.
 *
 * @typeParam W - what is wanted
 * @param problems - as for {@link emdBatch}; checked and copied before this function returns its promise, an array that
 *   several of them share once
 * @param options - what is wanted, where to work, progress and abort
 * @returns the answers in the order of the problems, and which are missing; the same bits for any number of threads
 * @throws (rejects) TypeError or RangeError as {@link emdBatch} does, before any work; Error where a worker of the pool
 *   dies; whatever `onProgress` throws
 *
 * @example
 * Costs between all pairs of three sets of points, on two threads.
 * ```ts
 * import { createWorkerPool } from '@brenier/kernels';
 * import { emdBatchAsync } from '@brenier/ot-core';
 *
 * const sets = [[[0], [1]], [[1], [2]], [[5], [6], [7]]];
 * const problems = sets.flatMap((x, i) => sets.slice(i + 1).map((y) => ({ x, y })));
 * const pool = await createWorkerPool({ threads: 2 });
 * const { status, answers } = await emdBatchAsync(problems, { want: 'cost', pool });
 * status; // => 'optimal'
 * Array.from(answers); // => [1, 30.5, 20.5]
 * await pool.dispose();
 * ```
 */
export async function emdBatchAsync<W extends EmdBatchWant = 'result'>(
  problems: readonly BatchProblem[],
  options?: EmdBatchAsyncOptions<W>,
): Promise<FinishedEmdBatch<W> | StoppedEmdBatch<W>> {
  const given = checkAsyncOptions(options);
  const asked = copyBatch(problems);
  const sheet = createAnswerSheet(checkWant(given.want), asked.sizes.length);
  const { pool } = given;
  if (pool) await solveInTurns(pool, (job, jobOptions) => pool.run(job, jobOptions), asked, sheet, given);
  else await solveHere(asked, sheet, given);
  const missing = sheet.missing();
  return missing.length === 0
    ? { status: 'optimal', answers: sheet.answers as EmdBatchAnswers[W], missing }
    : { status: 'aborted', answers: sheet.answers, missing };
}

function checkAsyncOptions<W extends EmdBatchWant>(
  options: EmdBatchAsyncOptions<W> | undefined,
): EmdBatchAsyncOptions<W> {
  const names = ['want', 'pool', 'signal', 'onProgress', 'progressInterval'] as const;
  const { pool, signal, onProgress, progressInterval } = checkOptions('options', options, names);
  if (pool !== undefined && typeof pool?.run !== 'function') {
    throw new TypeError(`"pool" expected a pool from createWorkerPool, got ${describeValue(pool)}`);
  }
  if (signal !== undefined && typeof signal?.aborted !== 'boolean') {
    throw new TypeError(`"signal" expected an AbortSignal, got ${describeValue(signal)}`);
  }
  if (onProgress !== undefined) checkFunction('onProgress', onProgress);
  if (progressInterval !== undefined) checkNonNegative('progressInterval', progressInterval);
  return options ?? {};
}

type Orders = Pick<EmdBatchAsyncOptions<EmdBatchWant>, 'signal' | 'onProgress' | 'progressInterval'>;
type RunJob = (job: KernelJob, options: { readonly signal?: AbortSignal }) => Promise<void> | void;

/** On kernels of this thread. They are not given back where something threw: a trap may have left anything in them. */
async function solveHere(batch: CheckedBatch, sheet: AnswerSheet<EmdBatchWant>, orders: Orders): Promise<void> {
  const kernels = leaseKernels();
  const host = localHost(kernels);
  await solveInTurns(host, (job) => host.runNow(job), batch, sheet, orders);
  returnKernels(kernels);
}

async function solveInTurns(
  host: KernelHost,
  runJob: RunJob,
  batch: CheckedBatch,
  sheet: AnswerSheet<EmdBatchWant>,
  { signal, onProgress, progressInterval = 100 }: Orders,
): Promise<void> {
  const start = performance.now();
  let [sliceStart, lastEvent, finished, reported] = [start, start, 0, -1];
  const rounds = new BatchRounds(host, batch);
  const pause = createPause();
  const isSliceOver = () => performance.now() - sliceStart >= SLICE;
  const isEventDue = () => performance.now() - lastEvent >= progressInterval;
  const report = () => {
    lastEvent = performance.now();
    reported = finished;
    onProgress?.({ finished, total: batch.sizes.length, elapsed: lastEvent - start });
  };
  try {
    while (!signal?.aborted) {
      const job = rounds.begin();
      if (job === undefined) break;
      if (!(await isComplete(runJob(job, { signal }), signal))) sliceStart = performance.now();
      rounds.end();
      const before = finished;
      // What an abort finds solved is still read, for the length of a slice.
      while (!(signal?.aborted && isSliceOver()) && rounds.readNext(sheet.read)) {
        finished++;
        if (isEventDue()) report();
        if (isSliceOver()) await turn();
      }
      if (finished === before && isEventDue()) report();
      if (isSliceOver()) await turn();
    }
    if (reported < finished) report(); // the last event always shows where it ended
  } finally {
    pause.close();
    rounds.dispose();
  }

  async function turn(): Promise<void> {
    await pause.turn();
    sliceStart = performance.now();
  }
}

/** Whether a round went to its end; false where the signal stopped it. */
async function isComplete(round: Promise<void> | void, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await round;
    return true;
  } catch (error) {
    if (signal?.aborted && error === signal.reason) return false;
    throw error;
  }
}
