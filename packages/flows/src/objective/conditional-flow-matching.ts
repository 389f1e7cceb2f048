import { checkOptions } from '@brenier/errors';
import { linearInterpolant } from '../interpolant/linear-interpolant.js';
import { independentPairing } from '../pairing/independent-pairing.js';
import type { PointSource } from '../source/point-source.js';
import { flowMatching } from './flow-matching.js';
import type { Objective } from './objective.js';

/** Options of {@link conditionalFlowMatching}, {@link otConditionalFlowMatching} and {@link variancePreservingFlowMatching}. */
export interface ConditionalFlowMatchingOptions {
  /** The distribution at time 0. */
  readonly source: PointSource;
  /** The distribution at time 1, of the same dimension. */
  readonly target: PointSource;
  /** Samples per batch, at least 1; the published two-dimensional runs use 512. */
  readonly batchSize: number;
  /** σ ≥ 0, the noise around the segments, in units of x; default 0.1, as published. */
  readonly sigma?: number;
}

/**
 * Conditional flow matching (CFM, I-CFM): independent pairs, straight segments, constant noise σ.
 *
 * Tong et al., Improving and Generalizing Flow-Based Generative Models with Minibatch Optimal Transport (TMLR 2024),
 * section 3.2.2.
 *
 * @param options - source, target, batch size and noise
 * @returns the objective, for the training loop of `@brenier/nets`
 * @throws TypeError or RangeError where an option is missing, unknown or not valid
 *
 * @example
 * A batch of 256 samples in the plane.
 * ```ts
 * import { cloudSource, conditionalFlowMatching } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const source = cloudSource({ points: [0, 0], count: 1, dim: 2 });
 * const target = cloudSource({ points: [1, 0, 0, 1], count: 2, dim: 2 });
 * const batch = conditionalFlowMatching({ source, target, batchSize: 256 }).draw(createRng(0));
 * batch.x.length; // => 512
 * ```
 */
export function conditionalFlowMatching(options: ConditionalFlowMatchingOptions): Objective {
  const given = checkOptions('options', options, ['source', 'target', 'batchSize', 'sigma']);
  const { source, target, batchSize, sigma = 0.1 } = given;
  return flowMatching({
    pairing: independentPairing(source, target),
    interpolant: linearInterpolant({ sigma }),
    batchSize,
    name: `cfm, sigma ${sigma}, batch ${batchSize}`,
  });
}
