/** Our training step: the public training loop on one batch that is drawn beforehand. */
import { adamW, train, type Network, type TrainingBatch } from '@brenier/nets/fused';
import { createRng } from '@brenier/random';
import { packArray, unpackArray } from '../contender/packed-array.js';
import type { StepWork } from '../contender/work.js';
import type { PreparedWork } from './prepared-work.js';
import { steadyTraining, type SteadyTraining } from './steady-training.js';

/** Updates behind the parameters of an answer. */
const UPDATES_OF_ANSWER = 5;

/** Prepares the steps; they begin with the first call of `run` and are one training from then on. */
export function prepareTrainingStep(work: StepWork, network: Network): PreparedWork {
  const parameters = unpackArray(work.parameters);
  const { dim } = network;
  const batch: TrainingBatch = {
    count: work.batchSize,
    dim,
    t: unpackArray(work.t),
    x: unpackArray(work.x),
    target: unpackArray(work.target),
  };
  const { learningRate, weightDecay } = work;
  const options = { network, rng: createRng(0), parameters, optimizer: adamW({ learningRate, weightDecay }) };
  let training: SteadyTraining | undefined;
  return {
    engine: network.engine,
    async answer() {
      const gradient = new Float32Array(network.parameterCount);
      const loss = await network.lossAndGradient(parameters, batch, gradient);
      const updated = await train({ ...options, objective: { dim, draw: () => batch }, steps: UPDATES_OF_ANSWER });
      return { loss, gradient: packArray(gradient), 'updated parameters': packArray(updated.parameters) };
    },
    run: (units) => (training ??= steadyTraining(options, batch)).run(units),
    dispose: async () => training?.stop(),
  };
}
