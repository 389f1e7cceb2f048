import { adam, fusedMlp } from '@brenier/nets/fused';
import { brownian, type DsbmOptions, type DsbOptions } from '../../src/index.js';
import { normalLaw } from '../normal-law.js';

/** A network that trains in microseconds. */
export const tinyNetwork = fusedMlp({ dim: 1, hidden: [8], activation: 'silu' });

/** Four half-steps in a tenth of a second, with caches that are made anew and simulated in more than one lot. */
export const tinyDsb: DsbOptions = {
  source: normalLaw(1, -0.5),
  target: normalLaw(1, 0.5, 0.7),
  reference: brownian({ sigma: 1 }),
  networks: { forward: tinyNetwork, backward: tinyNetwork },
  halfSteps: 4,
  steps: 25,
  batchSize: 16,
  optimizer: adam({ learningRate: 1e-2 }),
  emaDecay: 0.9,
  cacheSize: 64,
  refreshEvery: 10,
  numSteps: 4,
  simulationBatch: 40,
  monitorCount: 50,
};

/** The same by bridge matching from independent ends. */
export const tinyBridge: DsbmOptions = { ...tinyDsb, start: 'independent' };
