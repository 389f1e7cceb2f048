/** The pictures of a method: what it generates, how, and what is nearest among the training images. */
import type { LabelledImages } from '../digit-sets.js';
import type { CarriedImages } from '../method/image-method.js';
import { nearestImages } from '../nearest-images.js';
import { imageGrid } from './image-grid.js';

/** Images in a row of samples, rows of them, and rows and columns of frames. */
const COLUMNS = 16;
const ROWS = 8;
const FRAME_ROWS = 8;
const FRAMES = 12;

/** The first images of all. */
export function samplesPicture(images: Float64Array, dim: number): Uint8Array {
  return imageGrid(images.subarray(0, COLUMNS * ROWS * dim), COLUMNS);
}

/** Each start above what it became. */
export function pairsPicture(starts: Float64Array, images: Float64Array, dim: number): Uint8Array {
  return imageGrid(interleavedRows(starts, images, dim, ROWS / 2), COLUMNS);
}

/** Generated images, each above the training image nearest to it. */
export function nearestPicture(images: Float64Array, training: LabelledImages): Uint8Array {
  const { dim } = training;
  const first = images.subarray(0, COLUMNS * 2 * dim);
  const nearest = new Float64Array(first.length);
  nearestImages(first, training).rows.forEach((row, i) => {
    nearest.set(training.points.subarray(row * dim, (row + 1) * dim), i * dim);
  });
  return imageGrid(interleavedRows(first, nearest, dim, 2), COLUMNS);
}

/** A few images on their way, one a row, at times that are as far apart as the steps allow. */
export function framesPicture({ times, states }: CarriedImages, dim: number): Uint8Array {
  const count = Math.min(FRAME_ROWS, states[0].length / dim);
  const frames = Math.min(FRAMES, times.length);
  const out = new Float64Array(count * frames * dim);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < frames; k++) {
      const state = states[Math.round((k * (times.length - 1)) / (frames - 1))];
      out.set(state.subarray(i * dim, (i + 1) * dim), (i * frames + k) * dim);
    }
  }
  return imageGrid(out, frames);
}

/** A row of `above`, the row of `below` that belongs to it, and so on. */
function interleavedRows(above: Float64Array, below: Float64Array, dim: number, most: number): Float64Array {
  const row = COLUMNS * dim;
  const rows = Math.min(most, Math.ceil(above.length / row));
  const out = new Float64Array(2 * rows * row).fill(-1);
  for (let k = 0; k < rows; k++) {
    out.set(above.subarray(k * row, (k + 1) * row), 2 * k * row);
    out.set(below.subarray(k * row, (k + 1) * row), (2 * k + 1) * row);
  }
  return out;
}
