import { checkInteger, checkOptions } from '@brenier/errors';
import { linearInterpolant } from '../interpolant/linear-interpolant.js';
import type { Pairing } from '../pairing/pairing.js';
import { flowMatching } from './flow-matching.js';
import { partName } from './objective-name.js';
import type { Objective } from './objective.js';

/** Options of {@link rectifiedFlow}. */
export interface RectifiedFlowOptions {
  /** Which start goes with which end: independent at first, by the model of the round before in a reflow. */
  readonly pairing: Pairing;
  /** Samples per batch, at least 1. */
  readonly batchSize: number;
  /** Reflows before this one, at least 0; goes into the name. Default 0. */
  readonly reflows?: number;
}

/**
 * Rectified flow (RF): segments without noise, x_t = (1−t)x₀ + t·x₁, regression on x₁ − x₀.
 *
 * X. Liu, C. Gong and Q. Liu, Flow Straight and Fast: Learning to Generate and Transfer Data with Rectified Flow (ICLR
 * 2023), equation 1. It is {@link conditionalFlowMatching} with σ = 0; `rectify` runs the rounds.
 *
 * @param options - pairing and batch size
 * @returns the objective, for the training loop of `@brenier/nets`
 * @throws TypeError or RangeError where an option is missing, unknown or not valid
 *
 * @example
 * The target is the difference of the ends, at every time.
 * ```ts
 * import { rectifiedFlow, storedPairing } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const objective = rectifiedFlow({ pairing: storedPairing({ dim: 1, x0: [1], x1: [4] }), batchSize: 2 });
 * objective.draw(createRng(0)).target; // => [3, 3]
 * objective.name; // => 'rf, stored(1 pairs) pairing, reflows 0, batch 2'
 * ```
 */
export function rectifiedFlow(options: RectifiedFlowOptions): Objective {
  const { pairing, batchSize, reflows = 0 } = checkOptions('options', options, ['pairing', 'batchSize', 'reflows']);
  checkInteger('reflows', reflows, 0);
  return flowMatching({
    pairing,
    interpolant: linearInterpolant(),
    batchSize,
    name: `rf, ${partName('pairing', pairing)} pairing, reflows ${reflows}, batch ${batchSize}`,
  });
}
