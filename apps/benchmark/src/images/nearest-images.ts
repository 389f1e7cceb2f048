/** Nearest training images: a generator that copies shows at once. */
import type { LabelledImages } from './digit-sets.js';

/** For each image the training image nearest to it. */
export interface NearestImages {
  /** Rows of the training set. */
  rows: Int32Array;
  /** Euclidean distances. */
  distances: Float64Array;
}

/** Looks through all training images for each image: 3 · 10⁹ multiplications for 500 images and 8000. */
export function nearestImages(images: Float64Array, { points, count, dim }: LabelledImages): NearestImages {
  const asked = images.length / dim;
  const rows = new Int32Array(asked);
  const distances = new Float64Array(asked);
  for (let i = 0; i < asked; i++) {
    let least = Infinity;
    for (let j = 0; j < count; j++) {
      const squared = squaredDistance(images, i * dim, points, j * dim, dim, least);
      if (squared < least) {
        least = squared;
        rows[i] = j;
      }
    }
    distances[i] = Math.sqrt(least);
  }
  return { rows, distances };
}

/** The middle value; the mean of the two in the middle where their number is even. */
export function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** ‖x − y‖², or some number above `limit` once it is known to be above: most images are told apart by a few rows. */
function squaredDistance(
  x: Float64Array,
  fromX: number,
  y: Float64Array,
  fromY: number,
  dim: number,
  limit: number,
): number {
  let sum = 0;
  for (let k = 0; k < dim;) {
    const end = Math.min(dim, k + 56);
    for (; k < end; k++) sum += (x[fromX + k] - y[fromY + k]) * (x[fromX + k] - y[fromY + k]);
    if (sum > limit) return sum;
  }
  return sum;
}
