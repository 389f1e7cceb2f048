import { fusedMlp, type Network, type TrainingBatch } from '@brenier/nets/fused';
import { createRng } from '@brenier/random';
import { expect, test } from 'vitest';
import { steadyTraining } from '../../src/bench/ours/steady-training.js';

const batch: TrainingBatch = {
  count: 2,
  dim: 1,
  t: Float32Array.of(0, 1),
  x: Float32Array.of(1, 2),
  target: Float32Array.of(1, 0),
};

/** A network that counts its evaluations, and from one on gives a loss that ends the training. */
function countingNetwork(failsAt = Infinity): { network: Network; evaluations: () => number } {
  const inner = fusedMlp({ dim: 1, hidden: [4] });
  let evaluations = 0;
  const network: Network = {
    ...inner,
    startSession: undefined,
    lossAndGradient(parameters, given, gradient) {
      evaluations++;
      return evaluations >= failsAt ? NaN : inner.lossAndGradient(parameters, given, gradient);
    },
  };
  return { network, evaluations: () => evaluations };
}

test('each run makes exactly the steps that it is asked for, in one training', async () => {
  const { network, evaluations } = countingNetwork();
  const training = steadyTraining({ network, rng: createRng(0) }, batch);
  await training.run(3);
  expect(evaluations()).toBe(3);
  await training.run(1);
  expect(evaluations()).toBe(4);
  await training.stop();
});

test('a training that ends by itself rejects the run instead of leaving it waiting', async () => {
  const { network } = countingNetwork(2);
  const training = steadyTraining({ network, rng: createRng(0) }, batch);
  await expect(training.run(5)).rejects.toThrow('the training ended at step 1: diverged');
});

test('a training that was never run can be stopped', async () => {
  const { network, evaluations } = countingNetwork();
  await steadyTraining({ network, rng: createRng(0) }, batch).stop();
  expect(evaluations()).toBe(1);
});
