/** Our training step: the public training loop on one batch that is drawn beforehand. */
import { adamW, train, type FusedMlp, type TrainingBatch } from '@brenier/nets/fused';
import { createRng } from '@brenier/random';
import { packArray, unpackArray } from '../contender/packed-array.js';
import type { MlpStepWork } from '../contender/work.js';
import type { PreparedWork } from './prepared-work.js';

/** Updates behind the parameters of an answer. */
const UPDATES_OF_ANSWER = 5;

/**
 * Prepares the step. A run starts from the same parameters each time and evaluates one batch more than it updates, as `train` does:
 * with the many steps of a sample that is no more than the loop's own price.
 */
export function prepareMlpStep(work: MlpStepWork, network: FusedMlp): PreparedWork {
  const parameters = unpackArray(work.parameters);
  const batch: TrainingBatch = {
    count: work.batchSize,
    dim: 2,
    t: unpackArray(work.t),
    x: unpackArray(work.x),
    target: unpackArray(work.target),
  };
  const objective = { dim: 2, draw: () => batch };
  const { learningRate, weightDecay } = work;
  const fit = (steps: number) =>
    train({
      network,
      objective,
      rng: createRng(0),
      steps,
      parameters,
      optimizer: adamW({ learningRate, weightDecay }),
    });
  return {
    engine: network.engine,
    async answer() {
      const gradient = new Float32Array(network.parameterCount);
      const loss = network.lossAndGradient(parameters, batch, gradient);
      const updated = await fit(UPDATES_OF_ANSWER);
      return {
        loss,
        gradient: packArray(gradient),
        'updated parameters': packArray(updated.parameters),
      };
    },
    async run(units) {
      await fit(units);
    },
  };
}
