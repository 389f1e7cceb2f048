import { checkOptions } from '@brenier/errors';
import type { PointsInput } from '@brenier/ot-core';
import { sumOfDistances } from './distance-rows.js';
import { readClouds } from './read-clouds.js';

/** Options of {@link energyDistance}. */
export interface EnergyDistanceOptions {
  /** Coordinates per point; needed where points come as a flat array. */
  readonly dim?: number;
}

/** An energy distance. */
export interface EnergyDistanceResult {
  /** The root of `squared`: a metric between distributions. */
  readonly value: number;
  /** 2 E‖X−Y‖ − E‖X−X′‖ − E‖Y−Y′‖ of the two sets, at least 0; in units of x. */
  readonly squared: number;
  /** The same with pairs of different points only: without bias, and maybe below 0; `NaN` for a set of one point. */
  readonly unbiased: number;
}

/**
 * The energy distance between two sets of points, each with equal weights.
 *
 * No parameter and no tuning; 0 only for equal sets. On the line it is twice the Cramér–von Mises distance, 2 ∫(F − G)².
 * It is the maximum mean discrepancy of the kernel −‖x−y‖, sensitive to the means first and to fine structure last.
 *
 * @param x - n points, shape [n, dim]
 * @param y - m points, shape [m, dim]
 * @param options - the dimension of flat arrays
 * @returns the distance, its square, and the unbiased estimate; cost O((n + m)² · dim), memory 4 MiB
 * @throws TypeError or RangeError where points are empty, not finite or of different dimension
 *
 * @see Székely and Rizzo, Energy statistics: a class of statistics based on distances (2013); Sejdinovic,
 *   Sriperumbudur, Gretton and Fukumizu, Equivalence of distance-based and RKHS-based statistics (2013)
 *
 * @example
 * Two points at distance two: 2 · 2 − 0 − 0.
 * ```ts
 * import { energyDistance } from '@brenier/metrics';
 *
 * const { value, squared } = energyDistance([[0]], [[2]]);
 * squared; // => 4
 * value; // => 2
 * ```
 */
export function energyDistance(x: PointsInput, y: PointsInput, options?: EnergyDistanceOptions): EnergyDistanceResult {
  const [first, second] = readClouds(x, y, checkOptions('options', options, ['dim']).dim);
  const [n, m] = [first.count, second.count];
  const across = (2 * sumOfDistances(first, second)) / (n * m);
  const [withinX, withinY] = [sumOfDistances(first, first), sumOfDistances(second, second)];
  const squared = Math.max(0, across - withinX / (n * n) - withinY / (m * m));
  const unbiased = across - withinX / (n * (n - 1)) - withinY / (m * (m - 1));
  return { value: Math.sqrt(squared), squared, unbiased };
}
