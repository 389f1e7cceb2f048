// Transport from a distribution that one can draw from to finitely many points, stated and validated once.
import { checkFunction, checkLength, checkNumericArray, checkOptions, type NumericArray } from '@brenier/errors';
import { checkRng, type Rng } from '@brenier/random';
import { asPointCloud, type PointCloudLike, type PointsInput } from '../geometry/as-point-cloud.js';
import type { PointCloud } from '../geometry/geometry.js';
import { checkMassScale } from './mass-scale.js';
import { totalMass } from './total-mass.js';

/** Draws `count` independent points of a distribution; all randomness comes from `rng`. */
export type SourceSampler = (rng: Rng, count: number) => PointCloudLike;

/**
 * Move a probability distribution to a weighted finite cloud at the least cost ‖x−y‖².
 * Validated once by {@link createSemidiscreteProblem}, then frozen.
 */
export interface SemidiscreteProblem {
  /** Where all draws of a solve come from, by forks; never advanced. */
  readonly rng: Rng;
  /** Draws points of the source; every draw is checked. */
  readonly draw: (rng: Rng, count: number) => PointCloud;
  /** The points of the target. */
  readonly target: PointCloud;
  /** Their weights, shape [count], all > 0, of total 1. */
  readonly b: Float64Array;
}

/** Options of {@link createSemidiscreteProblem}. */
export interface SemidiscreteProblemOptions {
  /** Weights of the target, shape [count], all > 0; divided by their sum. Default: equal weights. */
  readonly b?: NumericArray;
  /** Coordinates per point; needed where the target is a flat array. */
  readonly dim?: number;
}

/**
 * States a semidiscrete transport problem: a source to draw from, a finite target, the cost ‖x−y‖².
 *
 * The source is a probability distribution, so the weights of the target are divided by their sum. Unlike elsewhere a
 * weight of 0 is refused: such a point has no cell, and no finite potential. Cost O(count · dim); the target is copied.
 *
 * @param rng - where all draws of a solve come from, by forks; not advanced
 * @param source - draws points of the source, of the target's dimension; the same points for the same `rng`
 * @param target - shape [count, dim], in any form of {@link PointsInput}
 * @param options - weights, dimension of a flat array
 * @returns a frozen problem; it holds functions, so it is not plain data
 * @throws TypeError or RangeError where an argument is not valid or a weight is not above 0 or their total lies
 *   outside [1e-270, 1e290]; drawing throws where
 *   `source` gives other than `count` finite points of the target's dimension
 *
 * @example
 * The unit interval to its ends, a quarter of it to the left one.
 * ```ts
 * import { createSemidiscreteProblem } from '@brenier/ot-core';
 * import { createRng, fillUniform, type Rng } from '@brenier/random';
 *
 * const interval = (rng: Rng, count: number) => ({ points: fillUniform(rng, new Float64Array(count)), count, dim: 1 });
 * const problem = createSemidiscreteProblem(createRng(0), interval, [[0], [1]], { b: [1, 3] });
 * problem.b; // => Float64Array.of(0.25, 0.75)
 * ```
 */
export function createSemidiscreteProblem(
  rng: Rng,
  source: SourceSampler,
  target: PointsInput,
  options?: SemidiscreteProblemOptions,
): SemidiscreteProblem {
  checkRng('rng', rng);
  checkFunction('source', source);
  const given = checkOptions('options', options, ['b', 'dim']);
  const cloud = Object.freeze(asPointCloud('target', target, given.dim));
  const b = given.b === undefined ? new Float64Array(cloud.count).fill(1 / cloud.count) : readShares(given.b, cloud);
  const draw = (stream: Rng, count: number): PointCloud => {
    const drawn = asPointCloud('source(rng, count)', source(stream, count), cloud.dim);
    if (drawn.count === count) return drawn;
    throw new RangeError(`"source(rng, count)" expected ${count} points, got ${drawn.count}`);
  };
  return Object.freeze({ rng, draw, target: cloud, b });
}

function readShares(weights: NumericArray, { count }: PointCloud): Float64Array {
  checkLength('b', checkNumericArray('b', weights), count);
  for (let j = 0; j < count; j++) {
    if (Number.isFinite(weights[j]) && weights[j] > 0) continue;
    throw new RangeError(`"b[${j}]" expected a finite number > 0, got ${weights[j]}: leave out a point without weight`);
  }
  const sum = checkMassScale('b', totalMass(weights));
  return Float64Array.from(weights, (weight) => weight / sum);
}
