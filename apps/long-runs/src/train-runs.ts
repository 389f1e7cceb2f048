// One training run of very many steps, on every engine, with all that a run may carry.
import process from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import { createWorkerPool } from '@brenier/kernels';
import { tapeNetwork, velocityMlp } from '@brenier/nets';
import {
  adamW,
  fusedMlp,
  linearWarmUp,
  memoryCheckpoint,
  train,
  type Network,
  type Objective,
} from '@brenier/nets/fused';
import { chooseEngine, type EngineName } from '@brenier/nets/node';
import { createRng } from '@brenier/random';
import type { LongRun } from './long-run.js';
import { swirl } from './swirl.js';

const shape = { dim: 2, hidden: [64, 64, 64] };
const countTensors = () => tf.memory().numTensors;

export const trainRuns: readonly LongRun[] = [
  {
    name: 'train-fused',
    unit: 'steps',
    count: 200_000,
    run: (count, repeated) => trainWith(fusedMlp(shape), swirl(64), count, repeated),
  },
  {
    name: 'train-fused-threads',
    unit: 'steps on two threads',
    count: 200_000,
    async run(count, repeated) {
      const pool = await createWorkerPool({ threads: 2 });
      await trainWith(fusedMlp(shape, { pool }), swirl(128), count, repeated);
      await pool.dispose();
    },
  },
  {
    name: 'train-tensors',
    unit: 'steps',
    count: 10_000,
    countTensors,
    async run(count, repeated) {
      await setEngine();
      await trainWith(velocityMlp(shape), swirl(64), count, repeated);
    },
  },
  {
    name: 'train-tape',
    unit: 'steps',
    count: 10_000,
    countTensors,
    async run(count, repeated) {
      await setEngine();
      await trainWith(tapedNetwork(), swirl(64), count, repeated);
    },
  },
];

/** wasm, or what the environment variable BRENIER_ENGINE names. */
export async function setEngine(): Promise<void> {
  const prefer = (process.env.BRENIER_ENGINE ?? 'wasm') as EngineName;
  const { name, reason } = await chooseEngine({ prefer });
  if (name !== prefer) throw new Error(reason);
}

/** A run with all that a run may carry. */
export async function trainWith(
  network: Network,
  objective: Objective,
  steps: number,
  repeated: (k: number) => void,
): Promise<void> {
  const { status } = await train({
    network,
    objective,
    rng: createRng('long run'),
    steps,
    optimizer: adamW({ learningRate: 1e-3 }),
    rateSchedule: linearWarmUp({ steps: 100 }),
    clipNorm: 1,
    emaDecay: 0.999,
    checkpoint: { store: memoryCheckpoint(), everySteps: Math.ceil(steps / 50) },
    progressInterval: 0,
    onProgress: ({ step }) => step > 0 && repeated(step),
  });
  if (status !== 'finished') throw new Error(`the run ended as ${status}`);
}

function tapedNetwork(): Network {
  return tapeNetwork({
    name: 'long run',
    dim: 2,
    shapes: { first: [3, 64], bias: [64], second: [64, 2] },
    forward({ first, bias, second }, x, t) {
      const inputs = tf.concat<tf.Tensor2D>([x, tf.expandDims(t, 1)], 1);
      const hidden = tf.tanh<tf.Tensor2D>(tf.add(tf.matMul(inputs, first as tf.Tensor2D), bias));
      return tf.matMul(hidden, second);
    },
  });
}
