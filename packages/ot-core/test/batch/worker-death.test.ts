import threads from 'node:worker_threads';
import { createWorkerPool, type WorkerPool } from '@brenier/kernels';
import { describe, expect, it } from 'vitest';
import { emdBatch, emdBatchAsync } from '../../src/index.js';
import { sampleProblems } from './sample-problems.js';

/** Starts a pool of two threads and hands out its worker, which nobody else can reach. */
async function startWithVictim(): Promise<{ pool: WorkerPool; victim: threads.Worker }> {
  const original = threads.Worker;
  const started: threads.Worker[] = [];
  threads.Worker = class extends original {
    constructor(...values: ConstructorParameters<typeof threads.Worker>) {
      super(...values);
      started.push(this);
    }
  };
  try {
    return { pool: await createWorkerPool({ threads: 2 }), victim: started[0] };
  } finally {
    threads.Worker = original;
  }
}

describe('a batch whose worker dies', () => {
  it('rejects instead of waiting for ever', async () => {
    const { pool, victim } = await startWithVictim();
    let isDying = false;
    const onProgress = () => {
      if (!isDying) void victim.terminate();
      isDying = true;
    };
    // Far more work than the end of a thread takes.
    const run = emdBatchAsync(sampleProblems(4000), { pool, want: 'cost', onProgress, progressInterval: 0 });
    await expect(run).rejects.toThrow('A worker of the pool died: it ended with code 1');
    await pool.dispose();
  });

  it('throws where it died before the batch', async () => {
    const { pool, victim } = await startWithVictim();
    await victim.terminate();
    expect(() => emdBatch(sampleProblems(5), { pool })).toThrow('A worker of the pool died');
    await expect(emdBatchAsync(sampleProblems(5), { pool })).rejects.toThrow('A worker of the pool died');
    await pool.dispose();
  });
});
