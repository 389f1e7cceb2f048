// Training on batches that a worker prepares.
import { Worker } from 'node:worker_threads';
import { fusedMlp } from '@brenier/nets/fused';
import { prepareInWorkers } from '@brenier/nets/workers';
import type { LongRun } from './long-run.js';
import { swirl } from './swirl.js';
import { trainWith } from './train-runs.js';

export const preparedRun: LongRun = {
  name: 'train-prepared',
  unit: 'steps on batches of a worker',
  count: 200_000,
  async run(count, repeated) {
    const startWorker = () => new Worker(new URL('./batch-worker.js', import.meta.url));
    const objective = prepareInWorkers(swirl, 64, { startWorker });
    await trainWith(fusedMlp({ dim: 2, hidden: [32, 32] }), objective, count, repeated);
    if (objective.counts().inWorkers === 0) throw new Error('no worker prepared a batch');
    await objective.dispose();
  },
};
