/**
 * Denoising score matching on any noisy path.
 *
 * P. Vincent, A Connection Between Score Matching and Denoising Autoencoders (Neural Computation 2011): the
 * score of the path is the mean of the scores −ε/γ of its Gaussian pieces, so regressing on these finds it. Cost of a
 * batch: the pairing, then O(batchSize · dim). Fails where γ = 0: there is no density to have a score of.
 */
import { checkPositive } from '@brenier/errors';
import type { Objective } from './objective.js';
import { pathObjective, type FlowMatchingOptions } from './path-objective.js';

/**
 * The regression whose solution is the score ∇log p_t of the path, with the pairs, times and noise that {@link
 * flowMatching} draws from the same generator.
 *
 * The target −ε/γ grows without bound where γ → 0. The default weight γ² makes of each error |γs + ε|²: every time
 * counts alike and nothing is large. This is the λ-weighted loss of Tong et al. (see {@link
 * schrodingerBridgeScoreMatching}), with the score itself as the net's output.
 *
 * @param options - pairing, an interpolant with γ > 0, batch size, and how times, errors and classes count
 * @returns the objective, for the training loop of `@brenier/nets`
 * @throws TypeError or RangeError where an option is missing, unknown or not valid, or γ is 0 at δ, at 1−δ or at a time
 *   that is drawn
 *
 * @example
 * The noise around one point, N(3, ½²): its score at x is −4(x − 3).
 * ```ts
 * import { cloudSource, independentPairing, linearInterpolant, scoreMatching } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const point = cloudSource({ points: [3], count: 1, dim: 1 });
 * const { x, target, weight } = scoreMatching({
 *   pairing: independentPairing(point, point),
 *   interpolant: linearInterpolant({ sigma: 0.5 }),
 *   batchSize: 100,
 * }).draw(createRng(0));
 * target.every((score, i) => Math.abs(score + 4 * (x[i] - 3)) < 1e-5); // => true
 * weight![0]; // => 0.25
 * ```
 */
export function scoreMatching(options: FlowMatchingOptions): Objective {
  return pathObjective('score-matching', options, ({ gamma }) => ({
    start: 0,
    end: 0,
    noise: -1 / (gamma > 0 ? gamma : checkPositive('interpolant.at(t).gamma', gamma)),
    weight: gamma * gamma,
  }));
}
