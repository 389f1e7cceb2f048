/** The judge's words about a set of images, and how far two sets are apart in its eyes. */
import { featureFrechetDistance, precisionRecall, type PrecisionRecallResult } from '@brenier/metrics';
import { judgeImages } from './judge-images.js';
import { CLASS_COUNT, FEATURE_COUNT } from './judge-shape.js';

/** A set of images as the judge sees it. */
export interface JudgedSet {
  /** Shape [count, 64]. */
  features: Float64Array;
  /** Share of each digit. */
  classes: number[];
}

/** Judges a set of at least two images. */
export function judgeDigits(parameters: Float32Array, images: ArrayLike<number>): JudgedSet {
  const { features, labels } = judgeImages(parameters, images);
  const counts = new Array<number>(CLASS_COUNT).fill(0);
  for (const label of labels) counts[label]++;
  return { features, classes: counts.map((count) => count / labels.length) };
}

/**
 * The digit-feature Fréchet distance: ‖μ − ν‖² + tr(Σ + Τ − 2(Σ^½ΤΣ^½)^½) of the features of two sets, as if they were Gaussian.
 *
 * The formula is that of Heusel et al. 2017; the features are those of our own small judge, so the figures compare with each other and
 * with nothing else. It is biased upwards where the sets are small: compare sets of one size.
 */
export function digitFrechet(a: JudgedSet, b: JudgedSet): number {
  return featureFrechetDistance(a.features, b.features, { dim: FEATURE_COUNT }).squared;
}

/** Precision and recall of `a` as samples of `b` by the three nearest neighbours of a feature, from as many images of both. */
export function digitPrecisionRecall(a: JudgedSet, b: JudgedSet): PrecisionRecallResult {
  const count = Math.min(a.features.length, b.features.length) / FEATURE_COUNT;
  const [x, y] = [a, b].map(({ features }) => features.subarray(0, count * FEATURE_COUNT));
  return precisionRecall(x, y, { dim: FEATURE_COUNT, neighbours: Math.min(3, count - 1) });
}
