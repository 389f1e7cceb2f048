/**
 * Flow matching, for any pairing and any interpolant.
 *
 * Y. Lipman et al., Flow Matching for Generative Modeling (ICLR 2023), theorem 2: regressing on the velocity of the
 * pairs has the same gradient as regressing on the velocity of the whole population. Cost of a batch: the pairing, then
 * O(batchSize · dim).
 */
import { checkFinite } from '@brenier/errors';
import type { Objective } from './objective.js';
import { pathObjective, type FlowMatchingOptions } from './path-objective.js';

/**
 * The regression whose solution is the velocity E[dx_t/dt | x_t = x] that carries the source to the target.
 *
 * A sample is a pair, a time t uniform on [δ, 1−δ], the point x_t = αx₀ + βx₁ + γε and the target α'x₀ + β'x₁ + γ'ε.
 * Pairs, times, noise and dropped classes come from the forks `'pairing'`, `'time'`, `'noise'` and `'label'` of the
 * batch's generator, so that two objectives which differ in one of them share the others. Points and targets are
 * computed in float64 at the float32 time.
 *
 * @param options - pairing, interpolant, batch size, and how times, errors and classes count
 * @returns the objective, for the training loop of `@brenier/nets`
 * @throws TypeError or RangeError where an option is missing, unknown or not valid, or the interpolant is not finite at
 *   δ or 1−δ
 *
 * @example
 * Flow matching between two points: the target is their difference at every time.
 * ```ts
 * import { cloudSource, flowMatching, independentPairing, linearInterpolant } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const point = (x: number) => cloudSource({ points: [x], count: 1, dim: 1 });
 * const objective = flowMatching({
 *   pairing: independentPairing(point(1), point(4)),
 *   interpolant: linearInterpolant(),
 *   batchSize: 3,
 * });
 * objective.draw(createRng(0)).target; // => [3, 3, 3]
 * ```
 */
export function flowMatching(options: FlowMatchingOptions): Objective {
  return pathObjective('flow-matching', options, ({ dAlpha, dBeta, dGamma }) => ({
    start: dAlpha,
    end: dBeta,
    noise: Number.isFinite(dGamma) ? dGamma : checkFinite('interpolant.at(t).dGamma', dGamma),
  }));
}
