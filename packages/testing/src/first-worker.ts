import threads from 'node:worker_threads';

/**
 * Runs what starts worker threads and hands out the first of them, which nobody else can reach.
 *
 * @param start - what starts the threads
 * @returns what it started, and its first thread
 */
export async function withFirstWorker<T>(start: () => Promise<T>): Promise<{ started: T; worker: threads.Worker }> {
  const original = threads.Worker;
  const workers: threads.Worker[] = [];
  threads.Worker = class extends original {
    constructor(...values: ConstructorParameters<typeof threads.Worker>) {
      super(...values);
      workers.push(this);
    }
  };
  try {
    return { started: await start(), worker: workers[0] };
  } finally {
    threads.Worker = original;
  }
}
