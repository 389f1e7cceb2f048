import { describe, expect, it } from 'vitest';
import { withFirstWorker } from '@brenier/testing/node';
import { createWorkerPool } from '../../src/index.js';
import { seededNumbers } from '../parity/variants.js';

const startWithVictim = async () => {
  const { started: pool, worker: victim } = await withFirstWorker(() => createWorkerPool({ threads: 2 }));
  return { pool, victim };
};

describe('a worker that dies', () => {
  it('rejects the job under way and every later one, with a clear error', async () => {
    const { pool, victim } = await startWithVictim();
    const x = seededNumbers(3000 * 300, 1);
    const job = pool.pairwiseSquaredDistances(x, x, 300);
    setTimeout(() => void victim.terminate(), 1);
    await expect(job).rejects.toThrow('A worker of the pool died: it ended with code 1');
    await expect(pool.pairwiseDistances(x, x, 300)).rejects.toThrow('A worker of the pool died');
    await pool.dispose();
  });

  it('rejects the next job when it died between two', async () => {
    const { pool, victim } = await startWithVictim();
    await victim.terminate();
    const x = Float64Array.of(1);
    await expect(pool.pairwiseDistances(x, x, 1)).rejects.toThrow('A worker of the pool died');
    await pool.dispose();
  });
});
