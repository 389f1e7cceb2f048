// Samples as arguments of an interval, and some of their points as new samples.
import { describeValue } from '@brenier/errors';
import { asPointCloud, type PointCloud, type PointsInput } from '@brenier/ot-core';

/** What an interval is asked for: a number that depends on one or several samples. */
export type SampleStatistic = (...samples: PointCloud[]) => number;

/** Every sample as a cloud. */
export function readSamples(samples: readonly PointsInput[], dim: number | undefined): PointCloud[] {
  if (!Array.isArray(samples)) {
    throw new TypeError(`"samples" expected an array of samples, got ${describeValue(samples)}`);
  }
  if (samples.length === 0) throw new RangeError('"samples" expected at least one sample, got none');
  return samples.map((each: PointsInput, s) => {
    const cloud = asPointCloud(`samples[${s}]`, each, dim);
    if (cloud.count > 1) return cloud;
    throw new RangeError(`"samples[${s}]" expected at least 2 points, got 1`);
  });
}

/** The points of the given indices. */
export function pick({ points, dim }: PointCloud, indices: Int32Array): PointCloud {
  const out = new Float64Array(indices.length * dim);
  indices.forEach((i, at) => out.set(points.subarray(i * dim, (i + 1) * dim), at * dim));
  return { points: out, count: indices.length, dim };
}

/** The quantile of sorted values by linear interpolation (Hyndman and Fan's type 7). */
export function quantile(sorted: Float64Array, probability: number): number {
  const at = probability * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

/** The standard deviation, with n − 1 in the denominator. */
export function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return Math.sqrt(values.reduce((sum, each) => sum + (each - mean) * (each - mean), 0) / (values.length - 1));
}
