/**
 * Couplings of many more points than a minibatch has: solved a few times, and drawn from ever after. The bias of minibatch couplings
 * falls with their size, and the solver is not asked at every step.
 */
import { entropicPairing, exactPairing, storedPairing, type Pairing } from '@brenier/flows';
import type { SeededTask } from '../cell/tasks.js';
import type { SettingRecord } from '../results.js';
import { PROTOCOL } from '../settings.js';
import { trainingData, wholeTrainingData } from './training-data.js';

/** How many couplings are solved, and of how many points. */
interface CouplingPlan {
  readonly couplings: number;
  readonly points: number;
}

/** Exact couplings take every point of the training set. */
const EXACT: CouplingPlan = { couplings: 30, points: PROTOCOL.trainSetSize };

/** Entropic ones draw from it: their time grows with the square of the points. */
const ENTROPIC: CouplingPlan = { couplings: 50, points: 2000 };

/** What the report says of each. */
export const LARGE_PAIRING_SETTING = {
  exact: describe(EXACT),
  entropic: describe(ENTROPIC),
} as const;

/** Couples the training set by optimal transport; where the source is a training set too, there is one coupling. */
export function largeExactPairing(data: SeededTask): Pairing {
  const { source, target } = wholeTrainingData(data);
  const plan = data.hasGaussianSource ? EXACT : { ...EXACT, couplings: 1 };
  return solve(data, exactPairing(source, target), plan);
}

/** Couples parts of the training set by the static Schrödinger bridge of Brownian motion with the diffusion `sigma`. */
export function largeEntropicPairing(data: SeededTask, sigma: number): Pairing {
  const { source, target } = trainingData(data);
  return solve(data, entropicPairing(source, target, { epsilon: 2 * sigma * sigma }), ENTROPIC);
}

function solve(data: SeededTask, pairing: Pairing, { couplings, points }: CouplingPlan): Pairing {
  const solved = Array.from({ length: couplings }, (_, k) => pairing.draw(data.stream('couplings').fork(k), points));
  return storedPairing({
    dim: 2,
    x0: concatenate(solved.map(({ x0 }) => x0)),
    x1: concatenate(solved.map(({ x1 }) => x1)),
  });
}

function describe({ couplings, points }: CouplingPlan): SettingRecord {
  return {
    value: `${couplings} of ${points} points each, where the published runs couple minibatches`,
    origin: 'ours',
  };
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
