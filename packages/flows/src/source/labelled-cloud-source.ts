import { checkInteger, checkLength, checkNumericArray, checkOptions, type NumericArray } from '@brenier/errors';
import { asPointCloud, type PointCloudLike } from '@brenier/ot-core';
import { checkRng, integer, type Rng } from '@brenier/random';
import type { LabelledPoints, LabelledSource } from './labelled-source.js';

/** Options of {@link labelledCloudSource}. */
export interface LabelledCloudSourceOptions {
  /** Number of classes, above every label. Default: the largest label plus 1, at least 1. */
  readonly classes?: number;
}

/**
 * The uniform distribution on the points of a finite set that are divided into classes, such as digits and what they
 * say.
 *
 * For one generator it draws the points of {@link cloudSource}, with replacement, and their classes with them.
 *
 * @param cloud - at least one point; copied
 * @param label - class of each point, from 0, or −1 for a point without one; copied
 * @param options - the number of classes
 * @returns a source; drawing costs O(count · dim)
 * @throws TypeError or RangeError where `cloud` is not a point cloud of finite numbers or `label` does not hold a class
 *   for each of its points
 *
 * @example
 * Left is class 0, right is class 1.
 * ```ts
 * import { labelledCloudSource } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const source = labelledCloudSource({ points: [-1, 1], count: 2, dim: 1 }, [0, 1]);
 * const { points, label } = source.drawLabelled(createRng(0), 100);
 * label.every((each, i) => each === (points[i] < 0 ? 0 : 1)); // => true
 * ```
 */
export function labelledCloudSource(
  cloud: PointCloudLike,
  label: NumericArray,
  options?: LabelledCloudSourceOptions,
): LabelledSource {
  const { points, count: size, dim } = asPointCloud('cloud', cloud);
  const given = Array.from(checkLength('label', checkNumericArray('label', label), size));
  const largest = given.reduce(
    (most, each, i) => Math.max(most, checkInteger(`label[${i}]`, each, -1, 2 ** 31 - 2)),
    0,
  );
  const { classes = largest + 1 } = checkOptions('options', options, ['classes']);
  checkInteger('classes', classes, largest + 1);
  const labels = Int32Array.from(given);
  const drawLabelled = (rng: Rng, count: number): LabelledPoints => {
    checkRng('rng', rng);
    const drawn = new Float64Array(checkInteger('count', count, 1, 2 ** 31 - 1) * dim);
    const drawnLabels = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const from = integer(rng, 0, size);
      for (let k = 0; k < dim; k++) drawn[i * dim + k] = points[from * dim + k];
      drawnLabels[i] = labels[from];
    }
    return { points: drawn, label: drawnLabels };
  };
  return { dim, classes, draw: (rng, count) => drawLabelled(rng, count).points, drawLabelled };
}
