/**
 * The coupling that a model makes: each start with the point to which the model carries it ("reflow" coupling, that of
 * an ODE or of a simulated bridge).
 *
 * X. Liu, C. Gong and Q. Liu, Flow Straight and Fast: Learning to Generate and Transfer Data with Rectified Flow (ICLR
 * 2023), section 2.2: pairs carried by a flow have the marginals of the flow, and convex transport costs that are not
 * larger than before. Cost of a draw: the starts, and the model's walk from each; {@link storedPairing} pays it once.
 */
import { checkFunction, checkInteger } from '@brenier/errors';
import { checkRng, type Rng } from '@brenier/random';
import { checkPoints, checkSource, drawChecked } from '../source/check-source.js';
import type { PointSource } from '../source/point-source.js';
import type { Pairing } from './pairing.js';

/**
 * Carries points from time 0 to time 1.
 *
 * @param x0 - the starts, row-major, shape [count, dim]; a copy, which it may change
 * @param rng - where a stochastic model takes its noise from
 * @returns the ends, row-major, shape [count, dim]
 */
export type Carry = (x0: Float64Array, rng: Rng) => Float64Array;

/**
 * The coupling of a source with where a model takes it.
 *
 * Starts come from `rng.fork('source')`, as those of {@link independentPairing} do, and noise from `rng.fork('carry')`.
 *
 * @param source - the distribution at time 0
 * @param carry - takes starts to ends, for example by `integrate` of `@brenier/samplers`
 * @returns the pairing
 * @throws TypeError or RangeError where an argument is not valid; drawing throws where what was carried has the wrong
 *   shape or is not finite
 *
 * @example
 * A model that moves everything by 5.
 * ```ts
 * import { generatorSource, modelPairing } from '@brenier/flows';
 * import { createRng, fillNormal } from '@brenier/random';
 *
 * const line = generatorSource((rng, count) => ({ points: fillNormal(rng, new Float64Array(count)), count, dim: 1 }), {
 *   dim: 1,
 * });
 * const { x0, x1 } = modelPairing(line, (x) => x.map((each) => each + 5)).draw(createRng(0), 3);
 * x1.every((end, i) => end === x0[i] + 5); // => true
 * ```
 */
export function modelPairing(source: PointSource, carry: Carry): Pairing {
  const { dim } = checkSource('source', source);
  checkFunction('carry', carry);
  return {
    dim,
    draw(rng, count) {
      checkRng('rng', rng);
      checkInteger('count', count, 1);
      const { points: x0 } = drawChecked('source', source, rng.fork('source'), count);
      return { x0, x1: checkPoints('carry(…)', carry(x0.slice(), rng.fork('carry')), dim, count) };
    },
  };
}
