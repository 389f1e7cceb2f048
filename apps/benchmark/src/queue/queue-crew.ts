/** A crew of workers on any number of machines, behind a queue: BullMQ on Redis. */
import { Queue, QueueEvents } from 'bullmq';
import type { CellEvent } from '../cell/cell-event.js';
import { orderName, type Answer, type WorkOrder } from '../cell/work-order.js';
import type { Crew } from '../run/crew.js';
import { describeVersions } from '../versions.js';
import { connect, QUEUE_NAME, type WorkJob } from './work-queue.js';

/** An order that a worker has, or will have. */
interface Pending {
  onEvent(event: CellEvent): void;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** A job fails for good after so many workers failed at it; those that were killed do not count. */
const ATTEMPTS = 3;
/** Milliseconds before the second attempt; twice as long before the third. */
const BACKOFF = 2000;
/** Milliseconds between looks at jobs whose events may have been missed. */
const LOOK_INTERVAL = 3000;

/**
 * Connects to the queue.
 *
 * A job is named by its run and its order, and it stays in Redis with its answer until {@link Crew.release}: a run that is resumed
 * finds the jobs of its predecessor, done or not.
 *
 * @param address - `redis://host:port`
 * @param runId - of the run whose orders these are
 * @throws Error where there is no Redis at the address
 */
export async function queueCrew(address: string, runId: string): Promise<Crew> {
  const queue = await connect(address, (connection) => new Queue<WorkJob>(QUEUE_NAME, { connection }));
  const events = await connect(address, (connection) => new QueueEvents(QUEUE_NAME, { connection }));
  const versions = describeVersions();
  const pending = new Map<string, Pending>();

  async function look(id: string): Promise<void> {
    const waiting = pending.get(id);
    const job = waiting && (await queue.getJob(id));
    if (waiting === undefined || !pending.has(id)) return;
    const state = await job?.getState();
    if (state === 'completed') waiting.resolve(job!.returnvalue);
    else if (state === 'failed') waiting.reject(new Error(job!.failedReason));
    else if (job === undefined) waiting.reject(new Error('The job was removed from the queue.'));
  }
  // Whatever fails in a look is seen again by the next one.
  const lookSafely = (id: string): void => void look(id).catch(() => undefined);
  events.on('completed', ({ jobId }) => lookSafely(jobId));
  events.on('failed', ({ jobId }) => lookSafely(jobId));
  events.on('progress', ({ jobId, data }) => pending.get(jobId)?.onEvent(data as unknown as CellEvent));
  const timer = setInterval(() => [...pending.keys()].forEach(lookSafely), LOOK_INTERVAL);

  const idOf = (order: WorkOrder): string => `${runId}-${orderName(order)}`;
  return {
    lanes: Infinity,
    async fill<O extends WorkOrder>(order: O, { signal, onEvent }: Parameters<Crew['fill']>[1]): Promise<Answer<O>> {
      const jobId = idOf(order);
      const before = await queue.getJob(jobId);
      if (before !== undefined && (await before.isFailed())) await before.remove();
      await queue.add(order.kind, { runId, order, versions }, { jobId, attempts: ATTEMPTS, backoff });
      try {
        return await new Promise<Answer<O>>((resolve, reject) => {
          const stop = (): void => reject(new Error('The run was stopped; its workers go on.'));
          signal.addEventListener('abort', stop);
          if (signal.aborted) stop();
          pending.set(jobId, { onEvent, resolve: (answer) => resolve(answer as Answer<O>), reject });
          lookSafely(jobId);
        });
      } finally {
        pending.delete(jobId);
      }
    },
    async release(order) {
      await (await queue.getJob(idOf(order)))?.remove();
    },
    async close() {
      clearInterval(timer);
      await Promise.all([events.close(), queue.close()]);
    },
  };
}

const backoff = { type: 'exponential', delay: BACKOFF };
