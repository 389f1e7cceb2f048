/**
 * Diffusion Schrödinger bridge (DSB), the classic: iterative proportional fitting on whole trajectories.
 *
 * V. De Bortoli, J. Thornton, J. Heng, A. Doucet, Diffusion Schrödinger bridge with applications to score-based generative modeling,
 * NeurIPS 2021, proposition 3 and algorithm 1. Paths of one direction in steps of mean F and noise are cached; the other direction is
 * fitted to them by mean matching, which regresses on x_{k+1} + F_k(x_k) − F_k(x_{k+1}). It starts at the reference process.
 *
 * Cost of a half-step: `steps` updates, and `4 · cacheSize · numSteps` evaluations each time that the cache is made. Memory:
 * `4 · numSteps · cacheSize · dim` numbers, where bridge matching keeps the ends alone. Targets hold the noise of single steps, of
 * variance σ²/h, so batches are noisier than those of {@link dsbm}; and a drift is known on the time grid of its training only. Each fit
 * begins at the paths of the last one and not at bridges of the reference, so errors add up faster.
 */
import { checkOptions } from '@brenier/errors';
import type { Rng } from '@brenier/random';
import { eulerMaruyama, type ArrayField, type StochasticMethod } from '@brenier/samplers';
import type { Direction } from '../matching/drift-matching.js';
import { drawMeanMatches, meanMatches, type MeanMatches } from '../matching/mean-matching.js';
import { drawChecked } from '../matching/point-source.js';
import type { Reference } from '../reference/reference.js';
import { bridgeTrainingNames, checkBridgeTraining, stepsOf, type BridgeTrainingOptions } from './bridge-training.js';
import { runHalfSteps } from './half-steps.js';
import type { LearnedBridge } from './learned-bridge.js';
import { refreshingObjective } from './refreshing-objective.js';
import { simulatePaths, simulationTimes } from './simulate.js';

/** Options of {@link dsb}. */
export type DsbOptions = BridgeTrainingOptions;

/**
 * Learns the Schrödinger bridge between two laws by mean matching on whole paths: a baseline, where {@link dsbm} is the method to use.
 *
 * Simulations step by `eulerMaruyama`, in equal steps where not told otherwise: of another `method` the noise of a step is not what mean
 * matching takes it for. A drift is learned at the times of these steps: simulate it with the same `numSteps` and `refinement`.
 *
 * @param rng - where everything random comes from; not advanced
 * @param options - the laws, the reference, the networks, and how to train, simulate, watch, save and stop
 * @returns both drifts' parameters and the history; an abort, a time limit and a divergence are no exceptions
 * @throws (rejects) as {@link dsbm}, and RangeError for another `method` than `eulerMaruyama()`
 *
 * @example
 * Two half-steps, with networks far too small to learn much.
 * ```ts
 * import { brownian, dsb } from '@brenier/bridges';
 * import { fusedMlp } from '@brenier/nets/fused';
 * import { createRng, fillNormal, type Rng } from '@brenier/random';
 *
 * const normal = { dim: 1, draw: (rng: Rng, count: number) => fillNormal(rng, new Float64Array(count)) };
 * const network = fusedMlp({ dim: 1, hidden: [4] });
 * const { history } = await dsb(createRng(0), {
 *   source: normal,
 *   target: normal,
 *   reference: brownian({ sigma: 0.5 }),
 *   networks: { forward: network, backward: network },
 *   halfSteps: 2,
 *   steps: 20,
 *   cacheSize: 100,
 *   monitorCount: 100,
 * });
 * history.map(({ direction }) => direction); // => ['backward', 'forward']
 * ```
 */
export async function dsb(rng: Rng, options: DsbOptions): Promise<LearnedBridge> {
  const given = checkOptions('options', options, bridgeTrainingNames);
  const job = checkBridgeTraining(given, { method: eulerMaruyama(), refinement: 1 });
  checkPlainSteps(job.method);
  const { dim, reference, batchSize } = job;
  return runHalfSteps(rng, job, {
    name: 'dsb',
    objective(halfStep, direction, pathRng, opposite) {
      const way: Direction = direction === 'forward' ? 'backward' : 'forward';
      const drift = halfStep === 0 ? referenceDrift(reference, dim) : opposite;
      return refreshingObjective<MeanMatches>({
        dim,
        name: `${direction} drift by mean matching, batch ${batchSize}`,
        refreshEvery: job.refreshEvery ?? stepsOf(job, halfStep),
        rng: pathRng,
        async make(cacheRng) {
          const law = way === 'forward' ? 'source' : 'target';
          const start = drawChecked(law, job[law], cacheRng.fork('points'), job.cacheSize);
          const paths = await simulatePaths(cacheRng.fork('noise'), drift, way, start, job);
          return paths && meanMatches(paths, simulationTimes(job, way), drift);
        },
        draw: (matches, batchRng) => drawMeanMatches(matches, batchRng, batchSize),
      });
    },
  });
}

/** Mean matching knows the noise of a step: σ²h, whichever step it is. */
function checkPlainSteps({ name }: StochasticMethod): void {
  if (name === eulerMaruyama().name) return;
  throw new RangeError(`"method" expected eulerMaruyama(), to whose steps means are matched, got "${name}"`);
}

/** The drift of the reference itself: −rate·x. */
function referenceDrift({ rate }: Reference, dim: number): ArrayField {
  return {
    dim,
    evaluate(x, _t, out) {
      for (let j = 0; j < x.length; j++) out[j] = -rate * x[j];
    },
  };
}
