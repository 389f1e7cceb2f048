/** The two things that are learned on digits, and what their results are compared with. */
import { emd } from '@brenier/ot-core';
import { fillNormal, type Rng } from '@brenier/random';
import { firstImages, ofClasses, type DigitSets, type LabelledImages } from './digit-sets.js';
import { FIXED } from './image-settings.js';
import type { ImageTaskRecord } from './image-results.js';
import { digitFrechet, digitPrecisionRecall, judgeDigits, type JudgedSet } from './judge/judge-digits.js';
import { median, nearestImages } from './nearest-images.js';

/** A task with the images that it begins with, drawn once for all methods. */
export interface ImageTask {
  /** What is carried, shape [count, 784]: noise, or held-out digits. */
  starts: Float64Array;
  /** Training images of what it should become. */
  training: LabelledImages;
  /** Held-out images of what it should become, judged. */
  reference: JudgedSet;
  record: ImageTaskRecord;
}

/** Images whose nearest neighbours are sought: enough for a median. */
const NEAREST_COUNT = 200;

/**
 * Makes a task.
 *
 * @param rng - the noise, and which training digits stand for a perfect generator
 * @param count - images to generate, fewer where there are not as many held-out starts
 */
export function imageTask(
  rng: Rng,
  name: ImageTaskRecord['task'],
  sets: DigitSets,
  judge: Float32Array,
  count: number,
): ImageTask {
  const isNoise = name === 'noise to digits';
  const heldOut = isNoise ? sets.heldOut : ofClasses(sets.heldOut, FIXED.bridgeTarget);
  const training = isNoise ? sets.training : ofClasses(sets.training, FIXED.bridgeTarget);
  const starts = isNoise
    ? fillNormal(rng, new Float64Array(count * sets.heldOut.dim))
    : firstImages(ofClasses(sets.heldOut, FIXED.bridgeSource), count).points;
  const { dim } = training;
  const generated = starts.length / dim;
  const reference = judgeDigits(judge, heldOut.points);
  const perfect = judgeDigits(judge, firstImages(training, generated).points);
  const compared = firstImages(heldOut, generated);
  const paired = starts.subarray(0, compared.count * dim);
  return {
    starts,
    training,
    reference,
    record: {
      task: name,
      references: heldOut.count,
      floor: digitFrechet(perfect, reference),
      ...digitPrecisionRecall(perfect, reference),
      untouched: digitFrechet(judgeDigits(judge, starts), reference),
      classes: reference.classes,
      nearestTraining: medianNearest(heldOut.points, training),
      independentCost: meanSquaredDistance(paired, compared.points, dim),
      optimalCost: emd(paired, compared.points, { dim }).cost,
    },
  };
}

/** Median distance of the first images to the nearest training image. */
export function medianNearest(images: Float64Array, training: LabelledImages): number {
  return median(nearestImages(images.subarray(0, NEAREST_COUNT * training.dim), training).distances);
}

/** Mean of ‖x − y‖² over rows. */
export function meanSquaredDistance(x: Float64Array, y: Float64Array, dim: number): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += (x[k] - y[k]) * (x[k] - y[k]);
  return (sum * dim) / x.length;
}
