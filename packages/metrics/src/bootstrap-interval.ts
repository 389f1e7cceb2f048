import { checkFinite, checkFunction, checkInteger, checkOneOf, checkOptions, checkWithin } from '@brenier/errors';
import { sortFloat64 } from '@brenier/kernels';
import type { PointCloud, PointsInput } from '@brenier/ot-core';
import { checkRng, integer, normalQuantile, type Rng } from '@brenier/random';
import { pick, quantile, readSamples, type SampleStatistic, standardDeviation } from './resample.js';

/** Options of {@link bootstrapInterval}. */
export interface BootstrapIntervalOptions {
  /** Probability that the interval is to cover the truth, in (0, 1). Default 0.95. */
  readonly level?: number;
  /** Resamples, at least 2; the ends of a 95 % interval need about 1000. Default 1000. */
  readonly resamples?: number;
  /**
   * `'bca'` corrects bias and skewness, for one more evaluation of the statistic per point; `'percentile'` takes the
   * quantiles of the resamples as they are. Default `'bca'`.
   */
  readonly method?: 'bca' | 'percentile';
  /** Coordinates per point; needed where a sample comes as a flat array. */
  readonly dim?: number;
}

/** A confidence interval. Plain data. */
export interface ConfidenceInterval {
  /** The statistic of the samples themselves. */
  readonly estimate: number;
  /** The lower end. */
  readonly low: number;
  /** The upper end. */
  readonly high: number;
  /** The standard error of the estimate. */
  readonly standardError: number;
  /** The statistic of every resample, in increasing order. */
  readonly values: Float64Array;
}

/**
 * A bootstrap confidence interval for a statistic of one or several independent samples: Efron's percentiles, bias-
 * corrected and accelerated unless told otherwise.
 *
 * Each resample draws n points of n with replacement from every sample. Sound for means, moments, likelihoods, and smooth
 * functions of them; for a distance between *different* distributions as far as it varies, not for its bias, which the
 * duplicates of a resample enlarge: `'bca'` corrects most of that. Not sound for a distance at its floor, where the two
 * distributions are equal, and slow where one evaluation is: for W2 take {@link subsamplingInterval}.
 *
 * @param rng - where the randomness comes from: resample k draws from `rng.fork(k)`; not advanced
 * @param statistic - a number of samples; called with clouds of the sizes given
 * @param samples - each of at least 2 points, shape [n, dim], resampled independently
 * @param options - level, number of resamples, method
 * @returns the estimate with its interval; cost `resamples` evaluations, and one per point for `'bca'`
 * @throws TypeError or RangeError where an argument is not valid or the statistic gives no finite number
 *
 * @see Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 14.3; Davison and Hinkley, Bootstrap Methods
 *   and their Application (1997), chapter 5, for several samples
 *
 * @example
 * The mean of a hundred numbers, which is 49.5 with a standard error of 2.9.
 * ```ts
 * import { bootstrapInterval } from '@brenier/metrics';
 * import { createRng } from '@brenier/random';
 *
 * const numbers = Array.from({ length: 100 }, (_, i) => [i]);
 * const mean = ({ points }: { points: Float64Array }) => points.reduce((sum, x) => sum + x, 0) / points.length;
 * const { estimate, low, high } = bootstrapInterval(createRng(0), mean, [numbers]);
 * estimate; // => 49.5
 * low > 42 && low < 46 && high > 53 && high < 57; // => true
 * ```
 */
export function bootstrapInterval(
  rng: Rng,
  statistic: SampleStatistic,
  samples: readonly PointsInput[],
  options?: BootstrapIntervalOptions,
): ConfidenceInterval {
  checkRng('rng', rng);
  checkFunction('statistic', statistic);
  const given = checkOptions('options', options, ['level', 'resamples', 'method', 'dim']);
  const level = checkWithin('level', given.level ?? 0.95, Number.EPSILON, 1 - Number.EPSILON);
  const resamples = checkInteger('resamples', given.resamples ?? 1000, 2, 2147483647);
  const method = checkOneOf('method', given.method ?? 'bca', ['bca', 'percentile']);
  const clouds = readSamples(samples, given.dim);
  const evaluate = (some: PointCloud[]) => checkFinite('statistic(…)', statistic(...some));
  const estimate = evaluate(clouds);
  const drawn = Float64Array.from({ length: resamples }, (_, k) => {
    const stream = rng.fork(k);
    return evaluate(clouds.map((cloud, s) => pick(cloud, withReplacement(stream.fork(s), cloud.count))));
  });
  const values = sortFloat64(drawn);
  const tails = [(1 - level) / 2, (1 + level) / 2];
  const [low, high] = method === 'percentile' ? tails : corrected(tails, values, estimate, clouds, evaluate);
  return {
    estimate,
    low: quantile(values, low),
    high: quantile(values, high),
    standardError: standardDeviation(values),
    values,
  };
}

function withReplacement(rng: Rng, count: number): Int32Array {
  return Int32Array.from({ length: count }, () => integer(rng, 0, count));
}

/** The probabilities whose quantiles are the ends: z₀ from the rank of the estimate, the acceleration by the jackknife. */
function corrected(
  tails: readonly number[],
  values: Float64Array,
  estimate: number,
  clouds: readonly PointCloud[],
  evaluate: (some: PointCloud[]) => number,
): number[] {
  const below = values.reduce((sum, each) => sum + (each < estimate ? 1 : each === estimate ? 0.5 : 0), 0);
  // Half a rank from either end, so that an estimate outside all resamples has a finite quantile.
  const share = Math.min(Math.max(below, 0.5), values.length - 0.5) / values.length;
  const bias = normalQuantile(share);
  const acceleration = accelerationOf(clouds, evaluate);
  return tails.map((tail) => {
    const z = bias + normalQuantile(tail);
    return normalProbability(bias + z / (1 - acceleration * z));
  });
}

function accelerationOf(clouds: readonly PointCloud[], evaluate: (some: PointCloud[]) => number): number {
  let cubes = 0;
  let squares = 0;
  clouds.forEach((cloud, s) => {
    const n = cloud.count;
    const without = Float64Array.from({ length: n }, (_, i) => {
      const rest = Int32Array.from({ length: n - 1 }, (__, at) => (at < i ? at : at + 1));
      return evaluate(clouds.map((each, at) => (at === s ? pick(cloud, rest) : each)));
    });
    const mean = without.reduce((sum, each) => sum + each, 0) / n;
    for (const each of without) {
      const influence = ((n - 1) * (mean - each)) / n;
      squares += influence * influence;
      cubes += influence * influence * influence;
    }
  });
  return squares > 0 ? cubes / (6 * squares * Math.sqrt(squares)) : 0;
}

/** The normal distribution function as the inverse of `normalQuantile`, by bisection: the same bits on every engine. */
function normalProbability(z: number): number {
  let [low, high] = [0, 1];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (normalQuantile(middle) < z) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
