/** The network that the suites train and sample, and its starting parameters. */
import { fusedMlp } from '@brenier/nets/fused';
import { createRng } from '@brenier/random';
import { packArray } from '../contender/packed-array.js';
import type { NetworkWork } from '../contender/work.js';

/** Makes the part of a work that describes the velocity network. */
export function networkWork(hidden: readonly number[], seed: number): NetworkWork {
  const network = fusedMlp({ dim: 2, hidden, activation: 'selu', time: 'raw' });
  return { hidden, parameters: packArray(network.initParameters(createRng(seed).fork('parameters'))) };
}

/** The network's name: its widths. */
export function networkTitle(hidden: readonly number[]): string {
  return `3-${hidden.join('-')}-2 SELU`;
}
