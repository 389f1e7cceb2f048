// Sampling again and again from one field.
import * as tf from '@tensorflow/tfjs';
import { velocityMlp } from '@brenier/nets';
import { fusedMlp } from '@brenier/nets/fused';
import { createRng, fillNormal } from '@brenier/random';
import { dormandPrince, euler, eulerMaruyama, integrate, integrateSde } from '@brenier/samplers';
import * as onTensors from '@brenier/samplers/tensors';
import type { LongRun } from './long-run.js';
import { setEngine } from './train-runs.js';

const shape = { dim: 2, hidden: [32, 32] };
const points = fillNormal(createRng('points'), new Float32Array(2 * 300));
const noisy = { method: eulerMaruyama(), diffusion: 0.1, numSteps: 10 };

export const sampleRuns: readonly LongRun[] = [
  {
    name: 'sample-fused',
    unit: 'times three integrations',
    count: 2000,
    async run(count, repeated) {
      const network = fusedMlp(shape);
      const field = network.field(network.initParameters(createRng(0)));
      for (let k = 1; k <= count; k++) {
        const { final } = integrate(field, points, { method: euler(), numSteps: 10 });
        integrateSde(createRng(k), field, final, noisy);
        integrate(field, points, { method: dormandPrince(), keep: 'trajectory' });
        repeated(k);
      }
    },
  },
  {
    name: 'sample-tensors',
    unit: 'times three integrations',
    count: 500,
    countTensors: () => tf.memory().numTensors,
    async run(count, repeated) {
      await setEngine();
      const network = velocityMlp(shape);
      const x0 = tf.tensor2d(points, [300, 2]);
      for (let k = 1; k <= count; k++) {
        const field = network.field(network.initParameters(createRng(k)));
        const walked = onTensors.integrate(field, x0, { method: euler(), numSteps: 10 });
        const shaken = onTensors.integrateSde(createRng(k), field, x0, noisy);
        const kept = onTensors.integrate(field, x0, { method: dormandPrince(), keep: 'trajectory' });
        tf.dispose([walked.final, shaken.final, kept.final, ...kept.states]);
        field.dispose();
        repeated(k);
      }
    },
  },
];
