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
import type { PairBatch, Pairing } from './pairing.js';

/** What a model is told of the starts that it carries. */
export interface CarryOptions {
  /** Where a stochastic model takes its noise from. */
  readonly rng: Rng;
  /** The class of all these starts, from 0, or −1 for none; absent where the source has no classes. */
  readonly label?: number;
}

/**
 * Carries points from time 0 to time 1.
 *
 * @param x0 - the starts, row-major, shape [count, dim]; a copy, which it may change
 * @param options - their class and a generator
 * @returns the ends, row-major, shape [count, dim]
 */
export type Carry = (x0: Float64Array, options: CarryOptions) => Float64Array;

/**
 * The coupling of a source with where a model takes it.
 *
 * Starts come from `rng.fork('source')`, as those of {@link independentPairing} do, and noise from `rng.fork('carry')`.
 * Where the source has classes, the starts of each are carried on their own, with noise from a fork of that by the
 * class, and a pair has the class of its start: it says where the model was asked to go.
 *
 * @param source - the distribution at time 0, with or without classes
 * @param carry - takes starts to ends, for example by `integrate` of `@brenier/samplers`
 * @returns the pairing; a draw carries once, or once for each class among the starts
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
 *
 * @example
 * A model that takes each class to a place of its own.
 * ```ts
 * import { labelledCloudSource, modelPairing } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const source = labelledCloudSource({ points: [0, 0], count: 2, dim: 1 }, [0, 1]);
 * const { x1, label } = modelPairing(source, (x0, { label }) => x0.fill(10 * label!)).draw(createRng(0), 20);
 * x1.every((end, i) => end === 10 * label![i]); // => true
 * ```
 */
export function modelPairing(source: PointSource, carry: Carry): Pairing {
  const { dim } = checkSource('source', source);
  checkFunction('carry', carry);
  return {
    dim,
    name: 'model',
    draw(rng, count) {
      checkRng('rng', rng);
      checkInteger('count', count, 1);
      const { points: x0, label } = drawChecked('source', source, rng.fork('source'), count);
      const noise = rng.fork('carry');
      if (label) return carryClasses({ x0, label }, carry, noise, dim);
      return { x0, x1: checkPoints('carry(…)', carry(x0.slice(), { rng: noise }), dim, count) };
    },
  };
}

/** A field is of one class, so the starts of each class are gathered, carried, and put back. */
function carryClasses(
  { x0, label }: { x0: Float64Array; label: Int32Array },
  carry: Carry,
  noise: Rng,
  dim: number,
): PairBatch {
  const x1 = new Float64Array(x0.length);
  for (const each of new Set(label)) {
    const mine = [...label.keys()].filter((i) => label[i] === each);
    const starts = new Float64Array(mine.length * dim);
    mine.forEach((row, i) => starts.set(x0.subarray(row * dim, (row + 1) * dim), i * dim));
    const carried = carry(starts, { rng: noise.fork(each), label: each });
    const ends = checkPoints('carry(…)', carried, dim, mine.length);
    mine.forEach((row, i) => x1.set(ends.subarray(i * dim, (i + 1) * dim), row * dim));
  }
  return { x0, x1, label };
}
