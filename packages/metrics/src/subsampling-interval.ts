import { checkFinite, checkFunction, checkInteger, checkOptions, checkPositive, checkWithin } from '@brenier/errors';
import { pow } from '@brenier/elementary';
import { sortFloat64 } from '@brenier/kernels';
import type { PointCloud, PointsInput } from '@brenier/ot-core';
import { checkRng, integer, type Rng } from '@brenier/random';
import type { ConfidenceInterval } from './bootstrap-interval.js';
import { pick, quantile, readSamples, type SampleStatistic, standardDeviation } from './resample.js';

/** Options of {@link subsamplingInterval}. */
export interface SubsamplingIntervalOptions {
  /** Probability that the interval is to cover, in (0, 1). Default 0.95. */
  readonly level?: number;
  /** Subsamples, at least 2; the ends of a 95 % interval need about 200. Default 200. */
  readonly resamples?: number;
  /** The part of each sample that a subsample takes, in (0, 1); a subsample has at least 2 points. Default 0.1. */
  readonly part?: number;
  /** The fluctuation of the statistic falls like n^−rate, rate > 0. Default ½. */
  readonly rate?: number;
  /** Coordinates per point; needed where a sample comes as a flat array. */
  readonly dim?: number;
}

/**
 * A confidence interval by subsampling: how much a slow or rough statistic, such as W2, varies with its samples.
 *
 * The statistic is taken of small parts, drawn *without* replacement, so that no point occurs twice; its fluctuation about
 * the mean of the parts is scaled to the full size by (m/n)^rate, and by (1 − m/n)^−½ since parts of one sample overlap.
 *
 * What it is valid for: the spread of the statistic around *its own expectation at this n*. With rate ½ that is right for
 * W2² and W2 between different distributions in any dimension (del Barrio and Loubes), in the limit of many points. It says
 * nothing of the distance between that expectation and the truth, a bias of order n^(−1/max(dim, 4)) at most, or n^(−1/dim) for
 * connected laws with bounded densities in dim ≥ 3: {@link samplingFloor} does.
 *
 * When it is too narrow: where the *parts* are near their own floor, that of two samples of m points, even though the full
 * samples are above theirs; parts at their floor vary less. Measured for N(0, 1) and N(µ, 1), n = 500, parts of 50, whose floor is
 * 0.3: intervals of 95 % cover the expectation of W2 in about 76 % of all cases for µ = 0.15, and in 93 % for µ = 1; for µ = 0.15 those
 * of W2² do in 94 %. So ask {@link samplingFloor} for samples of m points, and raise `part` until that floor is well below the
 * statistic. Between equal distributions W2² fluctuates faster, like 1/n on the line, and its interval is too wide.
 *
 * @param rng - where the randomness comes from: subsample k draws from `rng.fork(k)`; not advanced
 * @param statistic - a number of samples; called with clouds of the full and of the small size
 * @param samples - each of at least 2 points, shape [n, dim], subsampled independently
 * @param options - level, number and size of subsamples, rate
 * @returns the estimate with its interval, reflected about it; `values` are those of the subsamples, biased as small samples
 *   are. Cost `resamples` evaluations of small samples, and one of the full ones
 * @throws TypeError or RangeError where an argument is not valid or the statistic gives no finite number
 *
 * @see Politis, Romano and Wolf, Subsampling (1999), sections 2.2 and 2.4; del Barrio and Loubes, Central limit theorems for
 *   empirical transportation cost in general dimension (2019), theorem 4.1
 *
 * @example
 * W2 between a thousand points each of two distributions one apart.
 * ```ts
 * import { subsamplingInterval, wasserstein2 } from '@brenier/metrics';
 * import { createRng, fillNormal } from '@brenier/random';
 *
 * const rng = createRng(7);
 * const x = { points: fillNormal(rng.fork('x'), new Float64Array(1000)), count: 1000, dim: 1 };
 * const y = { points: fillNormal(rng.fork('y'), new Float64Array(1000), { mean: 1 }), count: 1000, dim: 1 };
 * const { low, high } = subsamplingInterval(rng.fork('interval'), (p, q) => wasserstein2(p, q).value, [x, y]);
 * low < 1 && 1 < high && high - low < 0.3; // => true
 * ```
 */
export function subsamplingInterval(
  rng: Rng,
  statistic: SampleStatistic,
  samples: readonly PointsInput[],
  options?: SubsamplingIntervalOptions,
): ConfidenceInterval {
  checkRng('rng', rng);
  checkFunction('statistic', statistic);
  const given = checkOptions('options', options, ['level', 'resamples', 'part', 'rate', 'dim']);
  const level = checkWithin('level', given.level ?? 0.95, Number.EPSILON, 1 - Number.EPSILON);
  const resamples = checkInteger('resamples', given.resamples ?? 200, 2, 2147483647);
  const part = checkWithin('part', given.part ?? 0.1, Number.MIN_VALUE, 1 - Number.EPSILON);
  const rate = checkPositive('rate', given.rate ?? 0.5);
  const clouds = readSamples(samples, given.dim);
  const sizes = clouds.map(({ count }) => Math.min(count - 1, Math.max(2, Math.round(part * count))));
  if (clouds.some(({ count }) => count < 3))
    throw new RangeError('"samples" expected at least 3 points in each, got 2');
  const estimate = checkFinite('statistic(…)', statistic(...clouds));
  const drawn = Float64Array.from({ length: resamples }, (_, k) => {
    const stream = rng.fork(k);
    const parts = clouds.map((cloud, s) => pick(cloud, withoutReplacement(stream.fork(s), cloud.count, sizes[s])));
    return checkFinite('statistic(…)', statistic(...parts));
  });
  const values = sortFloat64(drawn);
  const mean = values.reduce((sum, each) => sum + each, 0) / resamples;
  const taken = partTaken(clouds, sizes);
  const scale = pow(taken, rate) / Math.sqrt(1 - taken);
  const [lower, upper] = [(1 - level) / 2, (1 + level) / 2].map((tail) => scale * (quantile(values, tail) - mean));
  const standardError = scale * standardDeviation(values);
  // Reflected: a statistic that ran high by the upper quantile has its expectation that much lower.
  return { estimate, low: estimate - upper, high: estimate - lower, standardError, values };
}

/** The variance of a statistic falls with Σ 1/n over its samples: m/n where that is the same for all of them. */
function partTaken(clouds: readonly PointCloud[], sizes: readonly number[]): number {
  const full = clouds.reduce((sum, { count }) => sum + 1 / count, 0);
  const small = sizes.reduce((sum, size) => sum + 1 / size, 0);
  return full / small;
}

/** The first indices of a shuffle (Fisher and Yates), of which only these are made. */
function withoutReplacement(rng: Rng, count: number, size: number): Int32Array {
  const all = Int32Array.from({ length: count }, (_, i) => i);
  for (let at = 0; at < size; at++) {
    const other = integer(rng, at, count);
    [all[at], all[other]] = [all[other], all[at]];
  }
  return all.slice(0, size);
}
