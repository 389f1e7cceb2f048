/**
 * Simulation-free Schrödinger bridges: SB-CFM (the velocity alone) and [SF]²M (velocity and score).
 *
 * A. Tong et al., Improving and Generalizing Flow-Based Generative Models with Minibatch Optimal Transport (TMLR 2024),
 * section 3.2.4; Simulation-free Schrödinger Bridges via Score and Flow Matching (AISTATS 2024). The pairs are those of
 * the entropic plan of the batch at ε = 2σ², drawn by {@link entropicPairing}, the path between them is the Brownian
 * bridge. Cost of a batch: the plan, then O(batchSize · dim). The plan of a batch is not that of the distributions: it
 * lies between that and independent pairs, the nearer to these the smaller the batch.
 */
import { checkOptions, checkPositive } from '@brenier/errors';
import { brownianBridgeInterpolant } from '../interpolant/brownian-bridge-interpolant.js';
import { entropicPairing } from '../pairing/entropic-pairing.js';
import type { PointSource } from '../source/point-source.js';
import { flowMatching } from './flow-matching.js';
import type { Objective } from './objective.js';
import type { FlowMatchingOptions } from './path-objective.js';
import { scoreMatching } from './score-matching.js';

/** Options of {@link schrodingerBridgeFlowMatching} and {@link schrodingerBridgeScoreMatching}. */
export interface SchrodingerBridgeMatchingOptions {
  /** The distribution at time 0. */
  readonly source: PointSource;
  /** The distribution at time 1, of the same dimension. */
  readonly target: PointSource;
  /** Samples per batch, at least 1. */
  readonly batchSize: number;
  /** σ > 0, the diffusion of the bridge, in units of x per square root of time; default 1, as published. */
  readonly sigma?: number;
  /** δ in [0, ½): times are uniform on [δ, 1−δ]. Default 1e-3; both targets are infinite at 0 and 1. */
  readonly timeMargin?: number;
}

/**
 * The velocity of the Schrödinger bridge (SB-CFM): the regression on (1−2t)/(2t(1−t))·(x_t − μ_t) + x₁ − x₀.
 *
 * Its solution v is the velocity of the flow that has the marginals of the bridge. With the score s of {@link
 * schrodingerBridgeScoreMatching} it gives the bridge itself, dX = (v + ½σ²s) dt + σ dW. As σ → 0 it becomes {@link
 * otConditionalFlowMatching} without noise.
 *
 * @param options - source, target, batch size and diffusion
 * @returns the objective, for the training loop of `@brenier/nets`
 * @throws TypeError or RangeError where an option is missing, unknown or not valid
 *
 * @example
 * Between two points there is one bridge. Its target is x₁ − x₀ and what leads back to the segment.
 * ```ts
 * import { cloudSource, schrodingerBridgeFlowMatching } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const source = cloudSource({ points: [0], count: 1, dim: 1 });
 * const target = cloudSource({ points: [3], count: 1, dim: 1 });
 * const objective = schrodingerBridgeFlowMatching({ source, target, batchSize: 8 });
 * const { t, x, target: velocity } = objective.draw(createRng(0));
 * const pull = (i: number) => ((1 - 2 * t[i]) / (2 * t[i] * (1 - t[i]))) * (x[i] - 3 * t[i]);
 * velocity.every((each, i) => Math.abs(each - (3 + pull(i))) < 1e-3); // => true
 * objective.name; // => 'sb-cfm, sigma 1, time margin 0.001, batch 8'
 * ```
 */
export function schrodingerBridgeFlowMatching(options: SchrodingerBridgeMatchingOptions): Objective {
  return flowMatching(bridgeOptions('sb-cfm', options));
}

/**
 * The score ∇log p_t of the Schrödinger bridge, the other half of [SF]²M, on the pairs, times and noise that {@link
 * schrodingerBridgeFlowMatching} draws from the same generator.
 *
 * The published loss |λs̃ + ε|² with λ = 2√(t(1−t))/σ for a net s̃ = ½σ²s is here the one of the score itself: target
 * −ε/(σ√(t(1−t))), weight σ²t(1−t).
 *
 * @param options - source, target, batch size and diffusion
 * @returns the objective, for the training loop of `@brenier/nets`
 * @throws TypeError or RangeError where an option is missing, unknown or not valid
 *
 * @example
 * Between two points the bridge is normal at every time, of mean 3t and variance σ²t(1−t).
 * ```ts
 * import { cloudSource, schrodingerBridgeScoreMatching } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const source = cloudSource({ points: [0], count: 1, dim: 1 });
 * const target = cloudSource({ points: [3], count: 1, dim: 1 });
 * const objective = schrodingerBridgeScoreMatching({ source, target, batchSize: 8, sigma: 2 });
 * const { t, x, target: score, weight } = objective.draw(createRng(0));
 * score.every((each, i) => Math.abs(weight![i] * each + (x[i] - 3 * t[i])) < 1e-5); // => true
 * ```
 */
export function schrodingerBridgeScoreMatching(options: SchrodingerBridgeMatchingOptions): Objective {
  return scoreMatching(bridgeOptions('sb-score', options));
}

function bridgeOptions(method: string, options: SchrodingerBridgeMatchingOptions): FlowMatchingOptions {
  const given = checkOptions('options', options, ['source', 'target', 'batchSize', 'sigma', 'timeMargin']);
  const { source, target, batchSize, sigma = 1 } = given;
  checkPositive('sigma', sigma);
  const interpolant = brownianBridgeInterpolant({ sigma });
  const { timeMargin = interpolant.timeMargin } = given;
  return {
    pairing: entropicPairing(source, target, { epsilon: 2 * sigma * sigma }),
    interpolant,
    batchSize,
    timeMargin,
    name: `${method}, sigma ${sigma}, time margin ${timeMargin}, batch ${batchSize}`,
  };
}
