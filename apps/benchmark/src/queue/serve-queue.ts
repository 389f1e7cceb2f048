/** The worker side of the queue. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { WaitingError, Worker, type ConnectionOptions, type Job } from 'bullmq';
import type { CellEvent } from '../cell/cell-event.js';
import { isComplete, orderName, type Answer, type WorkOrder } from '../cell/work-order.js';
import { describeAnswer } from '../run/progress-text.js';
import { threadCrew } from '../run/thread-crew.js';
import { describeVersions } from '../versions.js';
import { connect, QUEUE_NAME, type WorkJob } from './work-queue.js';

/** How a worker works. */
export interface ServeOptions {
  /** `redis://host:port`. */
  address: string;
  /** Orders it fills at the same time. */
  concurrency: number;
  /** Folder of its checkpoints. */
  folder: string;
  /** Raised to stop: what is under way saves its state and goes back to the queue. */
  signal: AbortSignal;
  /** Told, line by line, what happens. */
  log(line: string): void;
}

/** Milliseconds without a sign of life after which a job counts as lost; a living worker gives two in this time. */
const LOCK_DURATION = 10_000;
/** Milliseconds between searches for lost jobs. */
const STALLED_INTERVAL = 5000;
/** Milliseconds between two reports of progress. */
const PROGRESS_INTERVAL = 2000;

/**
 * Fills orders until it is stopped.
 *
 * Orders run in threads, so that this one can tell Redis that it lives, whatever they compute. The order of a worker that was killed
 * is given to another one after some seconds.
 *
 * @throws Error where there is no Redis at the address, or where a run expects other versions of the packages
 */
export async function serveQueue({ address, concurrency, folder, signal, log }: ServeOptions): Promise<void> {
  const crew = threadCrew(concurrency);
  const versions = describeVersions();
  const stopped = new AbortController();
  let refusal: Error | undefined;
  signal.addEventListener('abort', () => stopped.abort());
  if (signal.aborted) stopped.abort();

  async function work(job: Job<WorkJob>, token?: string): Promise<Answer<WorkOrder>> {
    const { order, runId } = job.data;
    const putBack = async (): Promise<never> => {
      await job.moveToWait(token);
      throw new WaitingError();
    };
    if (!isDeepStrictEqual(job.data.versions, versions)) {
      refusal = new Error(
        `The run in the queue expects ${describe(job.data.versions)}; here are ${describe(versions)}. Update, build, and start again.`,
      );
      stopped.abort();
    }
    if (stopped.signal.aborted) return putBack();
    const name = orderName(order);
    const checkpoints = join(folder, runId, name);
    log(`${name}: taken`);
    const onEvent = throttled((event) => void job.updateProgress(event).catch(() => undefined));
    const answer = await crew.fill(order, { timeLimit: Infinity, checkpoints, signal: stopped.signal, onEvent });
    if (!isComplete(answer)) {
      log(`${name}: stopped, and back in the queue`);
      return putBack();
    }
    await rm(checkpoints, { recursive: true, force: true });
    log(`${name}: ${describeAnswer(answer)}`);
    return answer;
  }

  const open = (connection: ConnectionOptions): Worker<WorkJob, Answer<WorkOrder>> =>
    new Worker<WorkJob, Answer<WorkOrder>>(QUEUE_NAME, work, {
      connection,
      autorun: false,
      concurrency,
      lockDuration: LOCK_DURATION,
      stalledInterval: STALLED_INTERVAL,
      // Being killed is the machine's fault, not the order's.
      maxStalledCount: 1000,
    });
  const worker = await connect(address, open).catch(async (error: unknown) => {
    await crew.close();
    throw error;
  });
  worker.on('failed', (job, error) => log(`${job ? orderName(job.data.order) : 'a job'}: failed: ${error.message}`));
  try {
    void worker.run();
    log(`Waiting for orders, ${concurrency} at a time.`);
    await aborted(stopped.signal);
  } finally {
    await worker.close();
    await crew.close();
  }
  if (refusal !== undefined) throw refusal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
}

function throttled(report: (event: CellEvent) => void): (event: CellEvent) => void {
  let next = 0;
  return (event) => {
    const now = Date.now();
    if (event.phase === 'training' && now < next) return;
    next = now + PROGRESS_INTERVAL;
    report(event);
  };
}

function describe(versions: Record<string, string>): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}
