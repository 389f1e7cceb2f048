import { checkOptions } from '@brenier/errors';
import { lipmanInterpolant } from '../interpolant/lipman-interpolant.js';
import { independentPairing } from '../pairing/independent-pairing.js';
import { checkSource } from '../source/check-source.js';
import type { PointSource } from '../source/point-source.js';
import { standardNormalSource } from '../source/standard-normal-source.js';
import { flowMatching } from './flow-matching.js';
import type { Objective } from './objective.js';

/** Options of {@link lipmanFlowMatching}. */
export interface LipmanFlowMatchingOptions {
  /** The distribution at time 1, of any dimension; the one at time 0 is N(0, I). */
  readonly target: PointSource;
  /** Samples per batch, at least 1; the published two-dimensional runs use 512. */
  readonly batchSize: number;
  /** σ in [0, 1], the noise that is left around the data at time 1, in units of x; default 0.1, as published. */
  readonly sigma?: number;
}

/**
 * Lipman's flow matching (FM, "target conditional flow matching") from N(0, I): x_t = t·x₁ + (1−(1−σ)t)ε, regression on
 * (x₁ − (1−σ)x_t)/(1−(1−σ)t).
 *
 * Y. Lipman et al., Flow Matching for Generative Modeling (ICLR 2023), equations 20 to 23. It is defined for a normal
 * source alone, which is why it takes none. The noise is the start of the pair, from the fork `'source'` of an {@link
 * independentPairing}.
 *
 * @param options - target, batch size and noise
 * @returns the objective, for the training loop of `@brenier/nets`
 * @throws TypeError or RangeError where an option is missing, unknown or not valid
 *
 * @example
 * From noise to the point (4, 4), by the published formula.
 * ```ts
 * import { cloudSource, lipmanFlowMatching } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const target = cloudSource({ points: [4, 4], count: 1, dim: 2 });
 * const objective = lipmanFlowMatching({ target, batchSize: 16, sigma: 0.1 });
 * const { t, x, target: velocity } = objective.draw(createRng(0));
 * const formula = x.map((each, j) => (4 - 0.9 * each) / (1 - 0.9 * t[j >> 1]));
 * velocity.every((each, j) => Math.abs(each - formula[j]) < 1e-4); // => true
 * objective.name; // => 'fm, sigma 0.1, batch 16'
 * ```
 */
export function lipmanFlowMatching(options: LipmanFlowMatchingOptions): Objective {
  const { target, batchSize, sigma = 0.1 } = checkOptions('options', options, ['target', 'batchSize', 'sigma']);
  const { dim } = checkSource('target', target);
  return flowMatching({
    pairing: independentPairing(standardNormalSource({ dim }), target),
    interpolant: lipmanInterpolant({ sigma }),
    batchSize,
    name: `fm, sigma ${sigma}, batch ${batchSize}`,
  });
}
