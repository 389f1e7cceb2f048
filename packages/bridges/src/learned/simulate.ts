/** Paths of a learned drift, from its start to its end, in lots that let the event loop and an abort through. */
import type { Rng } from '@brenier/random';
import {
  refinedTimes,
  reversedDrift,
  runIntegration,
  startSdeIntegration,
  type ArrayField,
  type IntegrationResult,
} from '@brenier/samplers';
import type { Direction } from '../matching/drift-matching.js';
import type { BridgeTraining } from './bridge-training.js';

/** What a simulation needs to know. */
export type Simulation = Pick<
  BridgeTraining,
  'method' | 'numSteps' | 'refinement' | 'reference' | 'signal' | 'simulationBatch'
>;

/** The times of a simulation: shortest steps where it arrives. */
export function simulationTimes({ numSteps, refinement }: Simulation, direction: Direction): Float64Array {
  const [from, to] = direction === 'forward' ? [0, 1] : [1, 0];
  return refinedTimes({ numSteps, exponent: refinement, from, to });
}

/**
 * Where the points arrive; `undefined` where the signal was raised meanwhile.
 *
 * @throws RangeError where a path does not stay finite
 */
export async function simulateEnds(
  rng: Rng,
  drift: ArrayField,
  direction: Direction,
  start: Float64Array,
  simulation: Simulation,
): Promise<Float64Array | undefined> {
  const ends = new Float64Array(start.length);
  const isWhole = await forEachLot(rng, drift, direction, start, simulation, 'final', ({ final }, first) => {
    ends.set(final, first);
  });
  if (!isWhole) return undefined;
  if (!ends.every(Number.isFinite)) throw new RangeError(`"${direction}" drift expected paths that stay finite`);
  return ends;
}

/** The states at all times, shape [numSteps + 1][count · dim]; `undefined` where the signal was raised meanwhile. */
export async function simulatePaths(
  rng: Rng,
  drift: ArrayField,
  direction: Direction,
  start: Float64Array,
  simulation: Simulation,
): Promise<Float64Array[] | undefined> {
  const paths = Array.from({ length: simulation.numSteps + 1 }, () => new Float64Array(start.length));
  const isWhole = await forEachLot(rng, drift, direction, start, simulation, 'trajectory', ({ states }, first) => {
    states.forEach((state, k) => paths[k].set(state, first));
  });
  return isWhole ? paths : undefined;
}

async function forEachLot(
  rng: Rng,
  drift: ArrayField,
  direction: Direction,
  start: Float64Array,
  simulation: Simulation,
  keep: 'final' | 'trajectory',
  use: (result: IntegrationResult<Float64Array>, first: number) => void,
): Promise<boolean> {
  const { method, reference, signal, simulationBatch } = simulation;
  const followed = direction === 'forward' ? drift : reversedDrift(drift);
  const times = simulationTimes(simulation, direction);
  const lot = simulationBatch * drift.dim;
  for (let first = 0, k = 0; first < start.length; first += lot, k++) {
    const points = start.subarray(first, first + lot);
    const options = { method, diffusion: reference.sigma, times, keep, signal };
    const result = await runIntegration(startSdeIntegration(rng.fork(k), followed, points, options));
    if (result.status === 'aborted') return false;
    use(result, first);
  }
  return true;
}
