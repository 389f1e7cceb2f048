// What is made and disposed of again and again: networks, sessions, pools of threads.
import { createWorkerPool } from '@brenier/kernels';
import { fusedMlp, train } from '@brenier/nets/fused';
import { createRng } from '@brenier/random';
import { euler, integrate } from '@brenier/samplers';
import type { LongRun } from './long-run.js';
import { swirl } from './swirl.js';

export const turnoverRuns: readonly LongRun[] = [
  {
    name: 'sessions',
    unit: 'short trainings, one in three of which fails',
    count: 10_000,
    async run(count, repeated) {
      for (let k = 1; k <= count; k++) {
        const network = fusedMlp({ dim: 2, hidden: [16 + (k % 50)] });
        const failing = k % 3 === 0;
        const objective = failing ? { ...swirl(16), draw: () => Promise.reject(new Error('no batch')) } : swirl(16);
        const run = train({ network, objective, rng: createRng(k), steps: 3 });
        if (failing) await run.catch(() => undefined);
        else await run;
        repeated(k);
      }
    },
  },
  {
    name: 'pools',
    unit: 'pools of two threads, each with a training and an integration',
    count: 300,
    async run(count, repeated) {
      for (let k = 1; k <= count; k++) {
        const pool = await createWorkerPool({ threads: 2 });
        const network = fusedMlp({ dim: 2, hidden: [32, 32] }, { pool });
        const { parameters } = await train({ network, objective: swirl(200), rng: createRng(k), steps: 3 });
        integrate(network.field(parameters), new Float64Array(2 * 5000), { method: euler(), numSteps: 3 });
        await pool.dispose();
        repeated(k);
      }
    },
  },
];
