// What a semidiscrete plan is worth, judged by fresh draws.
import { checkInteger, checkOptions } from '@brenier/errors';
import { withKernels } from '@brenier/kernels';
import type { Rng } from '@brenier/random';
import { createRowVisitor } from '../coupling/laguerre-cells.js';
import { checkSemidiscretePlan, type SemidiscretePlan } from '../coupling/semidiscrete-plan.js';
import { createSemidiscreteProblem, type SourceSampler } from '../problem/semidiscrete-problem.js';
import { CellTally, type MeanEstimate } from './cell-tally.js';

/** The judgement of {@link certifySemidiscrete}. Plain data. */
export interface SemidiscreteCertificate {
  /** ⟨C,P⟩ of the plan, whose second marginal is `masses` instead of b. */
  readonly cost: MeanEstimate;
  /** E f(X) + Σ b_j g_j: its true value is a lower bound of the (entropic) optimal cost, whatever the potential. */
  readonly dual: MeanEstimate;
  /** The share of the draws that each target gets, shape [targets]. */
  readonly masses: Float64Array;
  /**
   * χ² = Σ_j (p_j − b_j)²/b_j of the true masses p, estimated without bias (so maybe below 0): its root is the relative
   * error of a cell's mass, in the mean square.
   */
  readonly chiSquare: MeanEstimate;
  /** Draws behind these numbers. */
  readonly draws: number;
}

/** Options of {@link certifySemidiscrete}. */
export interface CertifySemidiscreteOptions {
  /** How many draws, at least 2; the error of χ² is about √(2 targets)/draws. Default 16,384. */
  readonly draws?: number;
}

/** Rows between two calls of the sampler. */
const BATCH = 1024;

/**
 * Judges a semidiscrete plan by independent draws of the source: its cost, its lower bound, the masses of its cells.
 *
 * By weak duality `dual` is below the optimal cost for every potential, and the plan would be optimal if `chiSquare` were
 * 0; with a standard error beside each, that is the proof that draws can give. Cost O(draws · targets · dim).
 *
 * @param rng - where the draws come from: the forks 0, 1, …; not advanced. Not one that the plan was made with
 * @param source - draws points of the source
 * @param plan - from `semidiscrete`, or read again after it was saved
 * @param options - the number of draws
 * @returns estimates with standard errors
 * @throws TypeError or RangeError where an argument is not valid
 *
 * @see Genevay, Cuturi, Peyré and Bach, Stochastic optimization for large-scale optimal transport (2016), section 4
 *
 * @example
 * Half of the unit interval goes to each end, at a cost of 2 ∫₀^½ x² dx = 1/12.
 * ```ts
 * import { certifySemidiscrete } from '@brenier/ot-core';
 * import { createRng, fillUniform, type Rng } from '@brenier/random';
 *
 * const interval = (rng: Rng, count: number) => ({ points: fillUniform(rng, new Float64Array(count)), count, dim: 1 });
 * const target = { points: Float64Array.of(0, 1), count: 2, dim: 1 };
 * const plan = { target, b: Float64Array.of(0.5, 0.5), g: new Float64Array(2), epsilon: 0 };
 * const { cost } = certifySemidiscrete(createRng(1), interval, plan);
 * Math.abs(cost.mean - 1 / 12) < 4 * cost.standardError; // => true
 * ```
 */
export function certifySemidiscrete(
  rng: Rng,
  source: SourceSampler,
  plan: SemidiscretePlan,
  options?: CertifySemidiscreteOptions,
): SemidiscreteCertificate {
  const { target, b, g, epsilon } = checkSemidiscretePlan('plan', plan);
  const draws = checkInteger('draws', checkOptions('options', options, ['draws']).draws ?? 16_384, 2);
  const { draw } = createSemidiscreteProblem(rng, source, target, { b });
  const tally = new CellTally(target.count);
  withKernels((kernels) => {
    const visitRows = createRowVisitor(kernels, plan);
    for (let first = 0; first < draws; first += BATCH) {
      const { points } = draw(rng.fork(first / BATCH), Math.min(BATCH, draws - first));
      tally.add(visitRows, points, g, { epsilon });
    }
  });
  const { mean, standardError } = tally.value;
  const shift = g.reduce((sum, each, j) => sum + each * b[j], 0);
  return {
    cost: tally.cost,
    dual: { mean: mean + shift, standardError },
    masses: tally.masses.map((each) => each / draws),
    chiSquare: tally.chiSquare(b),
    draws,
  };
}
