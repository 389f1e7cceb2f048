/**
 * Exact minibatch optimal transport, the coupling of OT-CFM (also "multisample flow matching", "batch OT").
 *
 * A. Tong et al., Improving and Generalizing Flow-Based Generative Models with Minibatch Optimal Transport (TMLR 2024),
 * section 3.2.3; A.-A. Pooladian et al., Multisample Flow Matching (ICML 2023). The batch is re-paired by the optimal
 * permutation itself: every drawn point is used exactly once, so both marginals stay those of the sources. Drawing from
 * the plan with replacement, as other libraries do, keeps only 63 % of a batch.
 */
import { checkInteger } from '@brenier/errors';
import { checkRng } from '@brenier/random';
import type { PointSource } from '../source/point-source.js';
import { independentPairing } from './independent-pairing.js';
import { optimalAssignment } from './optimal-assignment.js';
import type { Pairing } from './pairing.js';
import { takeEnds } from './take-ends.js';

/**
 * The coupling of exact minibatch optimal transport: an independent batch, re-paired at the least total squared
 * distance.
 *
 * As the batch grows it tends to the optimal coupling of source and target; for a single pair it is the independent
 * one. The points are those of {@link independentPairing} for the same generator, and the starts keep their order.
 *
 * @param source - the distribution at time 0
 * @param target - the distribution at time 1, of the same dimension
 * @returns the pairing; a draw costs the two draws and one exact assignment, about O(count^1.6) in the plane
 *   (count^1.3 up to some thousand)
 * @throws TypeError or RangeError where an argument is not a source or the dimensions differ
 *
 * @example
 * Points of a line are paired in order, however they were drawn.
 * ```ts
 * import { cloudSource, exactPairing } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const left = cloudSource({ points: [0, 1], count: 2, dim: 1 });
 * const right = cloudSource({ points: [10, 20, 30], count: 3, dim: 1 });
 * const { x0, x1 } = exactPairing(left, right).draw(createRng(0), 50);
 * const endsFrom = (start: number) => [...x1].filter((_, i) => x0[i] === start);
 * Math.max(...endsFrom(0)) <= Math.min(...endsFrom(1)); // => true
 * ```
 */
export function exactPairing(source: PointSource, target: PointSource): Pairing {
  const independent = independentPairing(source, target);
  const { dim } = independent;
  return {
    dim,
    name: 'exact',
    draw(rng, count) {
      const pairs = independent.draw(checkRng('rng', rng), checkInteger('count', count, 1));
      return takeEnds(pairs, optimalAssignment(pairs.x0, pairs.x1, dim));
    },
  };
}
