/** The digits that networks learn from, and those that they never see. */
import type { Digits } from '@brenier/datasets/digits';
import { createRng, permutation } from '@brenier/random';

/** Images with their labels; a view of one class or more. */
export interface LabelledImages {
  /** Pixels from −1 (background) to 1 (ink), shape [count, dim]. */
  points: Float64Array;
  labels: Int32Array;
  count: number;
  dim: number;
}

/** Digits split in two, each in a random order. */
export interface DigitSets {
  /** What generators and the judge learn from. */
  training: LabelledImages;
  /** What generated images are compared with, and the judge is tested on. */
  heldOut: LabelledImages;
}

/** Images held out, of the 10,000. */
export const HELD_OUT = 2000;

/**
 * Splits the digits. The split depends on nothing but the digits: were it drawn from the seed of a run, the judge would be compared on
 * what it was trained on.
 */
export function splitDigits(digits: Digits): DigitSets {
  const order = permutation(createRng(0).fork('split of the digits'), digits.count);
  return {
    training: takeImages(digits, order.subarray(HELD_OUT)),
    heldOut: takeImages(digits, order.subarray(0, HELD_OUT)),
  };
}

/** The images whose label is one of a few. */
export function ofClasses(images: LabelledImages, classes: readonly number[]): LabelledImages {
  const rows = Int32Array.from({ length: images.count }, (_, i) => i).filter((i) => classes.includes(images.labels[i]));
  return takeImages(images, rows);
}

/** The first images of a set, all of them where there are fewer. */
export function firstImages({ points, labels, count, dim }: LabelledImages, wanted: number): LabelledImages {
  const taken = Math.min(count, wanted);
  return { points: points.slice(0, taken * dim), labels: labels.slice(0, taken), count: taken, dim };
}

function takeImages(from: Omit<LabelledImages, 'count'>, rows: ArrayLike<number>): LabelledImages {
  const { dim } = from;
  const points = new Float64Array(rows.length * dim);
  const labels = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    points.set(from.points.subarray(rows[i] * dim, (rows[i] + 1) * dim), i * dim);
    labels[i] = from.labels[rows[i]];
  }
  return { points, labels, count: rows.length, dim };
}
