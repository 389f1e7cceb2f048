// Sliced optimal transport: the mean over directions of the exact transport between projections.
import { checkFiniteArray, checkInteger, checkNumericArray, checkOptions, type NumericArray } from '@brenier/errors';
import { fillSphere, type Rng } from '@brenier/random';
import { asPointCloud, type PointsInput } from './geometry/as-point-cloud.js';
import { checkCostScale } from './geometry/cost-scale.js';
import { checkSameDimension } from './geometry/point-clouds.js';
import { checkCostOfMass } from './problem/mass-scale.js';
import { readMasses } from './problem/read-masses.js';
import { checkPower, powerCost, rootOf } from './solver/power-cost.js';
import { projectedCosts, type SlicedProblem } from './solver/sliced.js';

/** Options of {@link slicedWasserstein} that do not concern the directions. */
export interface SlicedCommonOptions {
  /** Power of the cost |⟨θ, x − y⟩|^p, at least 1. Default 2. */
  readonly p?: number;
  /**
   * Masses of `x`, shape [n], all >= 0. Default: equal masses, of total 1, or of the total of `b` where `b` is
   * given.
   */
  readonly a?: NumericArray;
  /** Masses of `y`, shape [m], all >= 0. Default: equal masses with the total of `a`. */
  readonly b?: NumericArray;
  /** Coordinates per point; needed where `x` or `y` is a flat array. */
  readonly dim?: number;
}

/** Directions drawn at random. */
export interface RandomDirections extends SlicedCommonOptions {
  /** Where the directions come from. */
  readonly rng: Rng;
  /** Number of directions, at least 1. Default 128. */
  readonly numProjections?: number;
  /** Not together with `rng`. */
  readonly directions?: undefined;
}

/** Directions given by the caller, for instance those of an earlier result. */
export interface FixedDirections extends SlicedCommonOptions {
  /** Unit vectors, row-major, shape [numProjections, dim]; lengths are checked to 1e-6. */
  readonly directions: NumericArray;
  /** Not together with `directions`. */
  readonly rng?: undefined;
  /** Not together with `directions`. */
  readonly numProjections?: undefined;
}

/** Options of {@link slicedWasserstein}: a source of random directions, or the directions themselves. */
export type SlicedWassersteinOptions = RandomDirections | FixedDirections;

/** The answer of {@link slicedWasserstein}. Plain data. */
export interface SlicedWassersteinResult {
  /** Mean over the directions of the univariate cost: the estimate of SW_p^p. */
  readonly cost: number;
  /** The p-th root of `cost`. */
  readonly distance: number;
  /**
   * Standard error of `cost` over independent directions; `Infinity` for a single one, which says nothing about the
   * spread.
   */
  readonly standardError: number;
  /** The directions used, row-major, shape [numProjections, dim]. */
  readonly directions: Float64Array;
  /** Univariate cost along each direction, shape [numProjections]. */
  readonly projectedCosts: Float64Array;
}

const OPTION_NAMES = [
  'p',
  'a',
  'b',
  'dim',
  'rng',
  'numProjections',
  'directions',
] as (keyof SlicedWassersteinOptions)[];

/**
 * Estimates the sliced Wasserstein distance between two weighted clouds by Monte Carlo, or along directions of your
 * own.
 *
 * SW_p^p is the mean over unit vectors θ of W_p^p between the projections ⟨θ, x⟩ and ⟨θ, y⟩; each of those is exact. It
 * bounds the full transport from below: SW_p ≤ W_p. The estimate is unbiased, with error about `standardError`; the
 * distance, its root, is not. Float64 throughout: the same bits on every machine.
 *
 * Cost O(numProjections · (n + m) · (dim + 1)), memory O((n + m) dim). In dimension 1 every direction gives W_p^p
 * itself.
 *
 * @param x - n points, shape [n, dim]
 * @param y - m points, shape [m, dim]
 * @param options - the source of directions (`rng` or `directions`, exactly one), power and weights
 * @returns the mean cost, its p-th root and its standard error, with the directions and the cost along each
 * @throws TypeError or RangeError for points or weights that do not fit, p below 1, neither or both of `rng` and
 *   `directions`, directions that are no unit vectors, or unknown options
 *
 * @see Bonneel, Rabin, Peyré and Pfister, Sliced and Radon Wasserstein barycenters of measures (2015)
 *
 * @example
 * A cloud moved by b = (3, 4): along θ the cost is ⟨θ, b⟩², so the two axes give 9 and 16.
 * ```ts
 * import { slicedWasserstein } from '@brenier/ot-core';
 *
 * const x = [[0, 0], [1, 0], [0, 1]];
 * const y = [[3, 4], [4, 4], [3, 5]];
 * const { cost, projectedCosts } = slicedWasserstein(x, y, { directions: [1, 0, 0, 1] });
 * cost; // => 12.5
 * Array.from(projectedCosts); // => [9, 16]
 * ```
 *
 * @example
 * With random directions, the same generator gives the same estimate.
 * ```ts
 * import { slicedWasserstein } from '@brenier/ot-core';
 * import { createRng } from '@brenier/random';
 *
 * const x = [[0, 0], [1, 0]];
 * const y = [[3, 4], [4, 4]];
 * const { cost, standardError } = slicedWasserstein(x, y, { rng: createRng(1), numProjections: 1000 });
 * Math.abs(cost - 12.5) < 5 * standardError; // => true
 * ```
 */
export function slicedWasserstein(
  x: PointsInput,
  y: PointsInput,
  options: SlicedWassersteinOptions,
): SlicedWassersteinResult {
  const { p = 2, a, b, dim, ...source } = checkOptions<SlicedWassersteinOptions>('options', options, OPTION_NAMES);
  const problem = readProblem(x, y, checkPower(p), { a, b, dim });
  const directions = readDirections(source, problem.x.dim);
  const costs = projectedCosts(problem, directions);
  const cost = meanOf(costs);
  return {
    cost,
    distance: rootOf(cost, problem.p),
    standardError: standardErrorOf(costs, cost),
    directions,
    projectedCosts: costs,
  };
}

function readProblem(x: PointsInput, y: PointsInput, p: number, { a, b, dim }: SlicedCommonOptions): SlicedProblem {
  const [source, target] = [asPointCloud('x', x, dim), asPointCloud('y', y, dim)];
  checkSameDimension(source, target);
  const masses = readMasses(source.count, target.count, { a, b });
  const largest = powerCost(p)((largestOf(source.points) + largestOf(target.points)) * Math.sqrt(source.dim));
  checkCostScale('x, y', largest, source.count + target.count);
  checkCostOfMass(largest, masses.mass);
  return { x: source, y: target, a: masses.a, b: masses.b, mass: masses.mass, p };
}

function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

type DirectionSource = Pick<RandomDirections, 'rng' | 'numProjections'> | Pick<FixedDirections, 'directions'>;

function readDirections(source: DirectionSource, dim: number): Float64Array {
  const { rng, numProjections, directions } = source as Partial<RandomDirections & FixedDirections>;
  if ((rng === undefined) === (directions === undefined)) {
    throw new TypeError(
      `"options" expected exactly one of "rng" and "directions", got ${rng === undefined ? 'neither' : 'both'}`,
    );
  }
  if (directions === undefined) {
    const count = numProjections === undefined ? 128 : checkInteger('numProjections', numProjections, 1, 2 ** 31 - 1);
    return fillSphere(rng, new Float64Array(count * dim), dim);
  }
  if (numProjections !== undefined) {
    throw new TypeError('"numProjections" expected no value beside "directions", whose length says it');
  }
  return readUnitVectors(directions, dim);
}

function readUnitVectors(directions: NumericArray, dim: number): Float64Array {
  const { length } = checkNumericArray('directions', directions);
  if (length === 0 || length % dim !== 0) {
    throw new RangeError(`"directions" expected a length that is a positive multiple of ${dim}, got ${length}`);
  }
  const vectors = Float64Array.from(checkFiniteArray('directions', directions));
  for (let start = 0; start < vectors.length; start += dim) {
    let square = 0;
    for (let k = start; k < start + dim; k++) square += vectors[k] * vectors[k];
    if (Math.abs(square - 1) > 2e-6) {
      throw new RangeError(`"directions" expected unit vectors, got length ${Math.sqrt(square)} at row ${start / dim}`);
    }
  }
  return vectors;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardErrorOf(values: Float64Array, mean: number): number {
  if (values.length === 1) return Infinity;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
