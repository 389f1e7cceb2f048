import { checkOptions } from '@brenier/errors';
import { linearInterpolant } from '../interpolant/linear-interpolant.js';
import { exactPairing } from '../pairing/exact-pairing.js';
import type { ConditionalFlowMatchingOptions } from './conditional-flow-matching.js';
import { flowMatching } from './flow-matching.js';
import type { Objective } from './objective.js';

/**
 * Conditional flow matching with exact minibatch optimal transport (OT-CFM): straighter paths than independent pairs
 * give.
 *
 * Tong et al., Improving and Generalizing Flow-Based Generative Models with Minibatch Optimal Transport (TMLR 2024),
 * section 3.2.3. For one generator it draws the points, times and noise of {@link conditionalFlowMatching}; only the
 * pairing differs.
 *
 * @param options - source, target, batch size and noise
 * @returns the objective, for the training loop of `@brenier/nets`
 * @throws TypeError or RangeError where an option is missing, unknown or not valid
 *
 * @example
 * Both ends of an interval move by 2 and never cross.
 * ```ts
 * import { cloudSource, otConditionalFlowMatching } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const source = cloudSource({ points: [0], count: 1, dim: 1 });
 * const target = cloudSource({ points: [2], count: 1, dim: 1 });
 * const objective = otConditionalFlowMatching({ source, target, batchSize: 4 });
 * objective.draw(createRng(0)).target; // => [2, 2, 2, 2]
 * objective.name; // => 'ot-cfm, sigma 0.1, batch 4'
 * ```
 */
export function otConditionalFlowMatching(options: ConditionalFlowMatchingOptions): Objective {
  const given = checkOptions('options', options, ['source', 'target', 'batchSize', 'sigma']);
  const { source, target, batchSize, sigma = 0.1 } = given;
  return flowMatching({
    pairing: exactPairing(source, target),
    interpolant: linearInterpolant({ sigma }),
    batchSize,
    name: `ot-cfm, sigma ${sigma}, batch ${batchSize}`,
  });
}
