/**
 * Entropic minibatch optimal transport, the coupling of SB-CFM and SF2M (also "Sinkhorn pairing", "minibatch
 * Schrödinger bridge").
 *
 * A. Tong et al., Improving and Generalizing Flow-Based Generative Models with Minibatch Optimal Transport (TMLR 2024),
 * section 3.2.4; Simulation-free Schrödinger Bridges via Score and Flow Matching (AISTATS 2024): over the entropic plan
 * at ε = 2σ² the Brownian bridges of diffusion σ are the Schrödinger bridge. The plan is solved in the log domain, so a
 * small ε makes it slow, never wrong; a primal solver gives NaN there, or falls back to independent pairs. Cost of a
 * draw: O(count² · sweeps). For 512 points of the plane these are about ten sweeps where ε is a third of the mean cost,
 * half as long again as an exact pairing, and a hundred where it is a three-hundredth; use {@link exactPairing} below.
 */
import { checkInteger, checkNonNegative, checkOptions, checkPositive } from '@brenier/errors';
import {
  createTransportProblem,
  type ImplicitCoupling,
  pointClouds,
  sampleColumns,
  sinkhornSolver,
} from '@brenier/ot-core';
import { checkRng } from '@brenier/random';
import type { PointSource } from '../source/point-source.js';
import { independentPairing } from './independent-pairing.js';
import type { PairBatch, Pairing } from './pairing.js';
import { takeEnds } from './take-ends.js';

/** Options of {@link entropicPairing}. */
export interface EntropicPairingOptions {
  /** Weight ε > 0 of KL(P | a⊗b), in units of squared distance; 2σ² for a bridge of diffusion σ. */
  readonly epsilon: number;
  /**
   * L1 error of the two marginals at which Sinkhorn's method stops, as a part of the mass; default 1e-3. The ends that
   * are drawn follow the target up to half of that, in total variation: far below what one batch can show.
   */
  readonly tolerance?: number;
  /** Most sweeps a batch; one that ends there is paired by the plan it has, which serves every start. Default 2000. */
  readonly maxIterations?: number;
}

/** Part of the mean cost below which ε is reached by halving: above, the plain method is as quick. */
const SMALL_EPSILON = 1 / 64;

/**
 * The coupling of entropic minibatch optimal transport: for each start of an independent batch, one end drawn from its
 * row P(j | i) of the plan.
 *
 * So every start is used once and every end once in the mean; drawing the pairs with replacement, as is common, would
 * leave out 37 % of the starts as well. The points are those of {@link independentPairing} for the same generator, the
 * starts keep their order, and the draws come from `rng.fork('plan')`. As ε grows the pairs become independent, as it
 * falls they become those of {@link exactPairing}.
 *
 * @param source - the distribution at time 0
 * @param target - the distribution at time 1, of the same dimension
 * @param options - ε, and when to stop
 * @returns the pairing
 * @throws TypeError or RangeError where an argument is not valid or the dimensions differ; drawing throws where ε is
 *   below 2⁻⁵³ of the largest cost
 *
 * @example
 * At a small ε the pairs of a line are in order, nearly always.
 * ```ts
 * import { cloudSource, entropicPairing } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const left = cloudSource({ points: [0, 1], count: 2, dim: 1 });
 * const right = cloudSource({ points: [10, 20], count: 2, dim: 1 });
 * const { x0, x1 } = entropicPairing(left, right, { epsilon: 0.1 }).draw(createRng(0), 100);
 * const crossings = x0.filter((start, i) => start === 1 && x1[i] === 10).length;
 * const meetings = x0.filter((start, i) => start === 0 && x1[i] === 20).length;
 * Math.min(crossings, meetings); // => 0
 * ```
 */
export function entropicPairing(source: PointSource, target: PointSource, options: EntropicPairingOptions): Pairing {
  const independent = independentPairing(source, target);
  const given = checkOptions('options', options, ['epsilon', 'tolerance', 'maxIterations']);
  const settings: Required<EntropicPairingOptions> = {
    epsilon: checkPositive('epsilon', given.epsilon),
    tolerance: checkNonNegative('tolerance', given.tolerance ?? 1e-3),
    maxIterations: checkInteger('maxIterations', given.maxIterations ?? 2000, 1),
  };
  const { dim } = independent;
  const { epsilon, tolerance, maxIterations } = settings;
  return {
    dim,
    name: `entropic(epsilon ${epsilon}, tolerance ${tolerance}, at most ${maxIterations} sweeps)`,
    draw(rng, count) {
      const pairs = independent.draw(checkRng('rng', rng), checkInteger('count', count, 1));
      return takeEnds(pairs, sampleColumns(rng.fork('plan'), entropicPlan(pairs, dim, settings)));
    },
  };
}

/** The plan without its certificate, which would take as long as ten sweeps and is read by nobody here. */
function entropicPlan(pairs: PairBatch, dim: number, settings: Required<EntropicPairingOptions>): ImplicitCoupling {
  const { epsilon } = settings;
  const start = meanCost(pairs, dim);
  const isSmall = epsilon < SMALL_EPSILON * start;
  const solver = sinkhornSolver({ ...settings, ...(isSmall && { epsilonSchedule: { start } }) });
  const state = solver.init(createTransportProblem(pointClouds(pairs.x0, pairs.x1, { dim })));
  try {
    while (solver.status(state) === 'running') solver.step(state);
    return solver.coupling(state);
  } finally {
    solver.dispose(state);
  }
}

/** Mean cost of the independent plan, estimated by its batch of pairs. */
function meanCost({ x0, x1 }: PairBatch, dim: number): number {
  let sum = 0;
  for (let j = 0; j < x0.length; j++) sum += (x1[j] - x0[j]) * (x1[j] - x0[j]);
  return sum / (x0.length / dim);
}
