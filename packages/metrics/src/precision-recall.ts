import { checkOptions } from '@brenier/errors';
import type { PointCloud, PointsInput } from '@brenier/ot-core';
import { visitDistances } from './distance-rows.js';
import { checkNeighbours, squaredNeighbourRadii } from './neighbour-radii.js';
import { readClouds } from './read-clouds.js';

/** Options of {@link precisionRecall}. */
export interface PrecisionRecallOptions {
  /** Neighbours that make a ball, from 1 to one less than the points of either set. Default 3. */
  readonly neighbours?: number;
  /** Coordinates per point; needed where points come as a flat array. */
  readonly dim?: number;
}

/** Precision and recall of samples. */
export interface PrecisionRecallResult {
  /** The part of the samples within the support of the reference: quality. In [0, 1]. */
  readonly precision: number;
  /** The part of the reference within the support of the samples: variety. In [0, 1]. */
  readonly recall: number;
}

/**
 * Improved precision and recall: which part of the samples lies on the data's manifold, and the reverse.
 *
 * The support of a set is the union of the balls around its points that reach to their k-th nearest neighbours. An
 * outlier has a large ball, which flatters the other side: {@link densityCoverage} is the remedy. Two samples of one
 * distribution do not reach 1, and the less the more dimensions: see {@link samplingFloor}. Give both sets the same
 * number of points.
 *
 * @param x - samples to judge, shape [n, dim]
 * @param y - the reference, shape [m, dim]
 * @param options - number of neighbours, dimension of flat arrays
 * @returns precision and recall; cost O((n + m)² · dim), memory 4 MiB
 * @throws TypeError or RangeError where an argument is not valid, or a set has no more than `neighbours` points
 *
 * @see Kynkäänniemi, Karras, Laine, Lehtinen and Aila, Improved precision and recall metric for assessing generative
 *   models (2019), equations (1) to (3)
 *
 * @example
 * The samples are good, but miss half of the data.
 * ```ts
 * import { precisionRecall } from '@brenier/metrics';
 *
 * const data = [[0], [1], [2], [100], [101], [102]];
 * const { precision, recall } = precisionRecall([[0.5], [1.5]], data, { neighbours: 1 });
 * precision; // => 1
 * recall; // => 0.5
 * ```
 */
export function precisionRecall(
  x: PointsInput,
  y: PointsInput,
  options?: PrecisionRecallOptions,
): PrecisionRecallResult {
  const given = checkOptions('options', options, ['neighbours', 'dim']);
  const [samples, reference] = readClouds(x, y, given.dim);
  const [name, fewest] = samples.count < reference.count ? ['x', samples.count] : ['y', reference.count];
  const k = checkNeighbours(given.neighbours ?? 3, name, fewest);
  return {
    precision: shareWithin(samples, reference, squaredNeighbourRadii(reference, k)),
    recall: shareWithin(reference, samples, squaredNeighbourRadii(samples, k)),
  };
}

/** The part of `x` in the union of balls around `y`. */
function shareWithin(x: PointCloud, y: PointCloud, squaredRadii: Float64Array): number {
  let inside = 0;
  visitDistances(x, y, 2, (_, block) => {
    for (let start = 0; start < block.length; start += y.count) {
      let j = 0;
      while (j < y.count && block[start + j] > squaredRadii[j]) j++;
      if (j < y.count) inside++;
    }
  });
  return inside / x.count;
}
