import { checkOptions } from '@brenier/errors';
import { trigonometricInterpolant } from '../interpolant/trigonometric-interpolant.js';
import { independentPairing } from '../pairing/independent-pairing.js';
import type { ConditionalFlowMatchingOptions } from './conditional-flow-matching.js';
import { flowMatching } from './flow-matching.js';
import type { Objective } from './objective.js';

/**
 * Variance-preserving flow matching (VP-CFM, "stochastic interpolant"): independent pairs, trigonometric arcs, constant
 * noise σ, regression on (π/2)(cos(πt/2)x₁ − sin(πt/2)x₀).
 *
 * Albergo and Vanden-Eijnden, Building Normalizing Flows with Stochastic Interpolants (ICLR 2023). For one
 * generator it draws the points, times and noise of {@link conditionalFlowMatching}. For another pairing give
 * `trigonometricInterpolant()` to {@link flowMatching}.
 *
 * @param options - source, target, batch size and noise
 * @returns the objective, for the training loop of `@brenier/nets`
 * @throws TypeError or RangeError where an option is missing, unknown or not valid
 *
 * @example
 * From 1 to 1 on an arc: half-way the point is √2.
 * ```ts
 * import { cloudSource, variancePreservingFlowMatching } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const one = cloudSource({ points: [1], count: 1, dim: 1 });
 * const objective = variancePreservingFlowMatching({ source: one, target: one, batchSize: 1000, sigma: 0 });
 * Math.max(...objective.draw(createRng(0)).x).toFixed(4); // => '1.4142'
 * objective.name; // => 'vp-cfm, sigma 0, batch 1000'
 * ```
 */
export function variancePreservingFlowMatching(options: ConditionalFlowMatchingOptions): Objective {
  const given = checkOptions('options', options, ['source', 'target', 'batchSize', 'sigma']);
  const { source, target, batchSize, sigma = 0.1 } = given;
  return flowMatching({
    pairing: independentPairing(source, target),
    interpolant: trigonometricInterpolant({ sigma }),
    batchSize,
    name: `vp-cfm, sigma ${sigma}, batch ${batchSize}`,
  });
}
