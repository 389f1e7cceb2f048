/**
 * A coupling of the whole training set in place of one for each minibatch: solved a few times, against fresh sources, and drawn from
 * ever after. The bias of minibatch couplings falls with their size, and the solver is not asked at every step.
 */
import { storedPairing, type Pairing } from '@brenier/flows';
import type { SeededTask } from '../cell/tasks.js';
import { PROTOCOL } from '../settings.js';

/** How many couplings of the training set are solved where the source is fresh noise; a source with a training set of its own has one. */
export const LARGE_COUPLINGS = 10;

/** A stored coupling, and what it took. */
export interface LargePairing {
  readonly pairing: Pairing;
  /** Seconds of solving. */
  readonly seconds: number;
}

/**
 * Couples the whole training set.
 *
 * @param data - the draws of the data set
 * @param pairing - how, on the ends of `wholeTrainingData`
 */
export function largePairing(data: SeededTask, pairing: Pairing): LargePairing {
  const start = performance.now();
  const couplings = Array.from({ length: data.hasGaussianSource ? LARGE_COUPLINGS : 1 }, (_, k) =>
    pairing.draw(data.stream('couplings').fork(k), PROTOCOL.trainSetSize),
  );
  const stored = storedPairing({
    dim: 2,
    x0: concatenate(couplings.map(({ x0 }) => x0)),
    x1: concatenate(couplings.map(({ x1 }) => x1)),
  });
  return { pairing: stored, seconds: (performance.now() - start) / 1000 };
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
