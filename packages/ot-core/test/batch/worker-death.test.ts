import { createWorkerPool } from '@brenier/kernels';
import { withFirstWorker } from '@brenier/testing/node';
import { describe, expect, it } from 'vitest';
import { emdBatch, emdBatchAsync } from '../../src/index.js';
import { sampleProblems } from './sample-problems.js';

const startWithVictim = async () => {
  const { started: pool, worker: victim } = await withFirstWorker(() => createWorkerPool({ threads: 2 }));
  return { pool, victim };
};

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
