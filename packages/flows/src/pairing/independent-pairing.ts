import { checkInteger } from '@brenier/errors';
import { checkRng } from '@brenier/random';
import { checkSameDim, drawChecked } from '../source/check-source.js';
import type { PointSource } from '../source/point-source.js';
import type { Pairing } from './pairing.js';

/**
 * The independent coupling: starts and ends that know nothing of each other.
 *
 * A batch draws its starts from `rng.fork('source')` and its ends, with their classes where they have some, from
 * `rng.fork('target')`.
 *
 * @param source - the distribution at time 0
 * @param target - the distribution at time 1, of the same dimension
 * @returns the pairing of conditional flow matching (CFM); a draw costs the two draws
 * @throws TypeError or RangeError where an argument is not a source or the dimensions differ
 *
 * @example
 * Ten pairs of a point at 0 and a point of {1, 2}.
 * ```ts
 * import { cloudSource, independentPairing } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const origin = cloudSource({ points: [0], count: 1, dim: 1 });
 * const pair = cloudSource({ points: [1, 2], count: 2, dim: 1 });
 * const { x0, x1 } = independentPairing(origin, pair).draw(createRng(0), 10);
 * x0.every((x) => x === 0) && x1.every((x) => x === 1 || x === 2); // => true
 * ```
 */
export function independentPairing(source: PointSource, target: PointSource): Pairing {
  const dim = checkSameDim(source, target);
  return {
    dim,
    name: 'independent',
    draw(rng, count) {
      checkRng('rng', rng);
      checkInteger('count', count, 1);
      const { points: x0 } = drawChecked('source', source, rng.fork('source'), count);
      const { points: x1, label } = drawChecked('target', target, rng.fork('target'), count);
      return { x0, x1, ...(label && { label }) };
    },
  };
}
