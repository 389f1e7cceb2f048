/** Our OT-CFM: the public objective and training loop, continued from slice to slice. */
import { Worker } from 'node:worker_threads';
import { adamW, memoryCheckpoint, train, type FusedMlp } from '@brenier/nets/fused';
import { prepareInWorkers } from '@brenier/nets/workers';
import { emd } from '@brenier/ot-core';
import { createRng } from '@brenier/random';
import { unpackArray } from '../contender/packed-array.js';
import type { OtCfmRunWork } from '../contender/work.js';
import { createOtCfmObjective } from './ot-cfm-objective.js';
import type { PreparedWork } from './prepared-work.js';

/**
 * Prepares the run; every call of `run` continues where the one before stopped, to the bit.
 *
 * @param threads - the calling one trains and prepares batches, the others prepare batches
 */
export function prepareOtCfmRun(work: OtCfmRunWork, network: FusedMlp, threads: number): PreparedWork {
  const { batchSize, sigma, learningRate, weightDecay } = work;
  const points = Float64Array.from(unpackArray(work.data));
  const startWorker = (): Worker => new Worker(new URL('./batch-worker.js', import.meta.url));
  const settings = { points, batchSize, sigma };
  const objective = prepareInWorkers(createOtCfmObjective, settings, { startWorker, workers: threads - 1 });
  const parameters = unpackArray(work.parameters);
  const store = memoryCheckpoint();
  let steps = 0;
  return {
    engine: threads === 1 ? network.engine : `${network.engine}, batches in workers`,
    answer() {
      const [x0, x1] = [work.x0, work.x1].map((packed) => Float64Array.from(unpackArray(packed)));
      return { 'cost of the plan': emd(x0, x1, { dim: 2 }).cost };
    },
    async run(units) {
      steps += units;
      await train({
        network,
        objective,
        rng: createRng(0),
        steps,
        parameters,
        optimizer: adamW({ learningRate, weightDecay }),
        checkpoint: { store, everySteps: Number.MAX_SAFE_INTEGER },
      });
    },
    dispose: () => objective.dispose(),
  };
}
