/** The judge's words about a set of images, and how far two sets are apart in its eyes. */
import { buresWasserstein, fitGaussian } from '@brenier/ot-core';
import { judgeImages } from './judge-images.js';
import { CLASS_COUNT, FEATURE_COUNT } from './judge-shape.js';

/** A set of images as the judge sees it. */
export interface JudgedSet {
  /** Mean and covariance of its features. */
  gaussian: ReturnType<typeof fitGaussian>;
  /** Share of each digit. */
  classes: number[];
}

/** Judges a set of at least two images. */
export function judgeDigits(parameters: Float32Array, images: ArrayLike<number>): JudgedSet {
  const { features, labels } = judgeImages(parameters, images);
  const classes = Array.from({ length: CLASS_COUNT }, (_, k) => labels.filter((label) => label === k).length);
  return {
    gaussian: fitGaussian(features, { dim: FEATURE_COUNT }),
    classes: classes.map((count) => count / labels.length),
  };
}

/**
 * The digit-feature Fréchet distance: ‖μ − ν‖² + tr(Σ + Τ − 2(Σ^½ΤΣ^½)^½) of the features of two sets, as if they were Gaussian.
 *
 * The formula is that of Heusel et al. 2017; the features are those of our own small judge, so the figures compare with each other and
 * with nothing else. It is biased upwards where the sets are small: compare sets of one size.
 */
export function digitFrechet(a: JudgedSet, b: JudgedSet): number {
  return buresWasserstein(a.gaussian, b.gaussian).cost;
}
