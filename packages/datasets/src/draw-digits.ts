// Digits drawn at random.
import { describeValue } from '@brenier/errors';
import { integer, type Rng } from '@brenier/random';
import type { Digits } from './handwritten-digits.js';
import { createCloud, type LabelledCloud } from './point-cloud.js';

/** Digits that were drawn. */
export interface DigitCloud extends LabelledCloud {
  /** The digit of each image, 0 to 9, shape [count]. */
  readonly labels: Int32Array;
}

/**
 * Draws images with replacement.
 *
 * @param rng - where the choice comes from; one whole number an image
 * @param digits - what to draw from
 * @param count - number of images, at least 1
 * @returns the images and their labels: `(rng, count) => drawDigits(rng, digits, count)` is a `PointSampler`
 * @throws TypeError or RangeError for a bad `rng` or `count`, and where `digits` are none
 *
 * @example
 * A batch of eight.
 * ```ts
 * import { drawDigits, loadDigits } from '@brenier/datasets/digits';
 * import { createRng } from '@brenier/random';
 *
 * const digits = await loadDigits();
 * const batch = drawDigits(createRng(0), digits, 8);
 * [batch.points.length, batch.labels.length]; // => [6272, 8]
 * ```
 */
export function drawDigits(rng: Rng, digits: Digits, count: number): DigitCloud {
  if (!(digits?.labels instanceof Int32Array) || !(digits.points instanceof Float64Array)) {
    throw new TypeError(`"digits" expected what loadDigits gives, got ${describeValue(digits)}`);
  }
  const { dim } = digits;
  const cloud = createCloud(rng, count, dim);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const chosen = integer(rng, 0, digits.count);
    cloud.points.set(digits.points.subarray(chosen * dim, (chosen + 1) * dim), i * dim);
    labels[i] = digits.labels[chosen];
  }
  return { ...cloud, labels };
}
