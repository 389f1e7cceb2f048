/**
 * Diffusion Schrödinger bridge matching (DSBM; also iterated diffusion bridge mixtures): iterated Markovian fitting with networks.
 *
 * Y. Shi, V. De Bortoli, A. Campbell, A. Doucet, Diffusion Schrödinger bridge matching, NeurIPS 2023, algorithm 1; S. Peluchetti,
 * Diffusion bridge mixture transports, Schrödinger bridge problems and generative modeling, JMLR 24 (2023). A half-step fits the drift
 * in one direction to the bridges of the reference over the present coupling; its paths, started at exact data of its end, are the next
 * coupling. Only their ends are kept. Whatever the first coupling, one loop:
 * - `'independent'`: DSBM-IMF, whose iterates keep both marginals and approach the bridge, geometrically for log-concave ends;
 * - `'reference'`: DSBM-IPF, iterative proportional fitting (Sinkhorn's iteration), whose iterates are bridges with one wrong marginal;
 * - any pairing, such as a minibatch entropic one: DSBM-IMF+.
 *
 * Cost of a half-step: `steps` updates, and `cacheSize · numSteps` evaluations each time that the cache is made. Errors of the fits and of
 * the time steps add up over half-steps, in both marginals: the monitor shows them. It fails where the noise of the reference is small
 * beside the distances within the data and the half-steps are few: IMF then stays near its start, IPF far from its target.
 */
import { checkInteger, checkOneOf, checkOptions, checkWithin } from '@brenier/errors';
import { denoisingEulerMaruyama } from '@brenier/samplers';
import type { Rng } from '@brenier/random';
import { driftMatching, type DriftWeight } from '../matching/drift-matching.js';
import { checkDrawable } from '../matching/check-drawable.js';
import { cachedPairing, type PairBatch, type Pairing } from '../matching/pairing.js';
import { drawChecked } from '../matching/point-source.js';
import {
  bridgeTrainingNames,
  checkBridgeTraining,
  stepsOf,
  type BridgeTraining,
  type BridgeTrainingOptions,
} from './bridge-training.js';
import { runHalfSteps } from './half-steps.js';
import type { LearnedBridge } from './learned-bridge.js';
import { refreshingObjective } from './refreshing-objective.js';
import { simulateEnds } from './simulate.js';
import { independentEnds, referenceEnds } from './start-coupling.js';

/** Options of {@link dsbm}. */
export interface DsbmOptions extends BridgeTrainingOptions {
  /**
   * The first coupling: `'independent'` ends (IMF), ends of the `'reference'` started at the source (IPF), or pairs of a pairing
   * whose marginals are source and target (IMF+), drawn batch by batch.
   */
  readonly start: 'independent' | 'reference' | Pairing;
  /**
   * Half-steps that fit the first coupling: 1, the backward drift alone; 2, the forward drift too, which then depends on no simulation.
   * With `'reference'` it must be 1. Default 1.
   */
  readonly startHalfSteps?: 1 | 2;
  /** Times lie in [delta, 1 − delta], see {@link DriftMatchingOptions.delta}. Default 1e-3. */
  readonly delta?: number;
  /** What a sample counts in the loss, see {@link DriftMatchingOptions.weight}. Default `'uniform'`. */
  readonly weight?: DriftWeight;
}

/**
 * Learns the Schrödinger bridge between two laws from their samples.
 *
 * Simulations step by `denoisingEulerMaruyama` on refined times (exponent 1.5) where not told otherwise. Everything random comes from
 * forks of `rng`: the batch of a step and the paths of a cache are functions of the seed and their numbers, so a run that was stopped
 * or killed and is called again with the same options and store ends with the same bits, on the same engine, on any number of
 * threads.
 *
 * @param rng - where everything random comes from; not advanced
 * @param options - the laws, the reference, the networks, the first coupling, and how to train, simulate, watch, save and stop
 * @returns both drifts' parameters and the history; an abort, a time limit and a divergence are no exceptions
 * @throws (rejects) TypeError or RangeError for options of the wrong kind or value, for points or pairs that are not finite, for paths that
 * become infinite in a simulation, and for a checkpoint that is damaged or belongs to another run; and whatever a source, a store or a
 * callback throws
 *
 * @example
 * The bridge from N(0, 1) to N(2, 1) in one dimension, a little trained.
 * ```ts
 * import { bridgeFields, brownian, dsbm } from '@brenier/bridges';
 * import { adam, fusedMlp } from '@brenier/nets/fused';
 * import { createRng, fillNormal, type Rng } from '@brenier/random';
 *
 * const normal = (mean: number) => ({
 *   dim: 1,
 *   draw: (rng: Rng, count: number) => fillNormal(rng, new Float64Array(count), { mean }),
 * });
 * const network = fusedMlp({ dim: 1, hidden: [16], activation: 'silu' });
 * const networks = { forward: network, backward: network };
 * const bridge = await dsbm(createRng(0), {
 *   source: normal(0),
 *   target: normal(2),
 *   reference: brownian({ sigma: 1 }),
 *   networks,
 *   start: 'independent',
 *   halfSteps: 2,
 *   steps: 400,
 *   optimizer: adam({ learningRate: 1e-2 }),
 *   cacheSize: 1000,
 * });
 * bridge.status; // => 'finished'
 * Math.abs(bridge.history[1].monitor!.mean[0] - 2) < 0.3; // => true
 * bridgeFields(networks, bridge).flow.dim; // => 1
 * ```
 */
export async function dsbm(rng: Rng, options: DsbmOptions): Promise<LearnedBridge> {
  const given = checkOptions('options', options, [
    ...bridgeTrainingNames,
    'start',
    'startHalfSteps',
    'delta',
    'weight',
  ]);
  const { start, startHalfSteps = 1, delta = 1e-3, weight = 'uniform' } = given;
  const job = checkBridgeTraining(given, { method: denoisingEulerMaruyama(), refinement: 1.5 });
  const pairing = startPairing(start, job);
  checkInteger('startHalfSteps', startHalfSteps, 1, start === 'reference' ? 1 : 2);
  checkWithin('delta', delta, 1e-6, 0.25);
  checkOneOf('weight', weight, ['uniform', 'end-variance']);
  const { reference, batchSize, dim } = job;
  const startName = typeof start === 'string' ? start : `${pairing.name ?? 'unnamed'} pairing`;
  return runHalfSteps(rng, job, {
    name: `dsbm, start ${startName} for ${startHalfSteps}, delta ${delta}, ${weight} weight`,
    objective(halfStep, direction, pathRng, opposite) {
      const matching = (pairs: Pairing, name?: string) =>
        driftMatching({ direction, reference, pairing: pairs, batchSize, delta, weight, name });
      if (halfStep < startHalfSteps) return matching(pairing);
      return refreshingObjective<Pairing>({
        dim,
        name: `${direction} drift on simulated ends`,
        refreshEvery: job.refreshEvery ?? stepsOf(job, halfStep),
        rng: pathRng,
        async make(cacheRng) {
          const law = direction === 'forward' ? 'target' : 'source';
          const known = drawChecked(law, job[law], cacheRng.fork('points'), job.cacheSize);
          const way = direction === 'forward' ? 'backward' : 'forward';
          const arrived = await simulateEnds(cacheRng.fork('noise'), opposite, way, known, job);
          if (arrived === undefined) return undefined;
          const pairs: PairBatch = way === 'forward' ? { x0: known, x1: arrived } : { x0: arrived, x1: known };
          return cachedPairing(pairs, dim);
        },
        draw: (pairs, batchRng) => matching(pairs).draw(batchRng),
      });
    },
  });
}

function startPairing(start: DsbmOptions['start'], job: BridgeTraining): Pairing {
  if (typeof start === 'object' && start !== null) return checkDrawable('start', start, job.dim);
  checkOneOf('start', start, ['independent', 'reference']);
  return start === 'independent' ? independentEnds(job.source, job.target) : referenceEnds(job.source, job.reference);
}
