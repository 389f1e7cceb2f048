import { checkFinite, checkFunction, checkInteger, checkOptions, describeValue } from '@brenier/errors';
import type { PointCloud } from '@brenier/ot-core';
import { checkRng, type Rng } from '@brenier/random';
import { wasserstein2 } from './wasserstein2.js';

/** Options of {@link samplingFloor}. */
export interface SamplingFloorOptions {
  /** What judges two samples; default the exact W2, the root. */
  readonly metric?: (x: PointCloud, y: PointCloud) => number;
  /** Number of independent pairs of samples, at least 2; default 5. */
  readonly repeats?: number;
}

/** How far apart perfect samples are. */
export interface SamplingFloor {
  /** The mean of `values`: what a perfect model scores. */
  readonly mean: number;
  /** Their standard deviation, with n − 1 in the denominator: how much a single score says. */
  readonly sd: number;
  /** The metric of each pair. */
  readonly values: Float64Array;
}

/**
 * The score of a perfect model: the metric between two independent samples of the true distribution.
 *
 * A score below it is luck or a mistake; scores near it cannot be told apart. At n = 10,000 the 2-Wasserstein floors of
 * the published two-dimensional tasks are of the size of the best published values, so print it beside every score. It
 * depends on how samples are drawn: generators with equal counts per mode have a far lower floor than independent
 * draws, or than two halves of one shuffled pool, so `draw` must draw as the test set was drawn.
 *
 * @param rng - where the randomness comes from; pair k draws from `rng.fork(k)`; not advanced
 * @param draw - draws a sample of the true distribution, of `count` points
 * @param count - points per sample: that of the scores to be judged, since the floor depends on it
 * @param options - metric and number of pairs
 * @returns mean, standard deviation and every value; cost `repeats` times two draws and one metric
 * @throws TypeError or RangeError where an argument is not valid, `draw` gives another number of points, or the metric no finite number
 *
 * @example
 * Even perfect samples of 100 points of the unit interval are apart; E W2² = 1/(3(n+1)) there.
 * ```ts
 * import { samplingFloor } from '@brenier/metrics';
 * import { createRng, fillUniform, type Rng } from '@brenier/random';
 *
 * const uniform = (rng: Rng, count: number) => ({ points: fillUniform(rng, new Float64Array(count)), count, dim: 1 });
 * const { mean, sd } = samplingFloor(createRng(0), uniform, 100, { repeats: 10 });
 * Math.abs(mean - Math.sqrt(1 / 303)) < 4 * sd / Math.sqrt(10); // => true
 * ```
 */
export function samplingFloor(
  rng: Rng,
  draw: (rng: Rng, count: number) => PointCloud,
  count: number,
  options?: SamplingFloorOptions,
): SamplingFloor {
  checkRng('rng', rng);
  checkFunction('draw', draw);
  checkInteger('count', count, 1);
  const { metric = distance, repeats = 5 } = checkOptions('options', options, ['metric', 'repeats']);
  checkFunction('metric', metric);
  checkInteger('repeats', repeats, 2, 2147483647);
  const values = Float64Array.from({ length: repeats }, (_, k) => {
    const pair = rng.fork(k);
    const [x, y] = ['first', 'second'].map((name) => checkSample(draw(pair.fork(name), count), count));
    return checkFinite('metric(x, y)', metric(x, y));
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / repeats;
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (repeats - 1);
  return { mean, sd: Math.sqrt(variance), values };
}

function checkSample(sample: PointCloud, count: number): PointCloud {
  const given: unknown = (sample as PointCloud | undefined)?.count;
  if (given === count) return sample;
  if (typeof given === 'number') throw new RangeError(`"draw(rng, count)" expected ${count} points, got ${given}`);
  throw new TypeError(`"draw(rng, count)" expected a cloud of points, got ${describeValue(sample)}`);
}

function distance(x: PointCloud, y: PointCloud): number {
  return wasserstein2(x, y).value;
}
