/** Many small images as one picture. */
import { encode } from 'fast-png';
import { SIDE } from '../judge/judge-shape.js';

/** Pixels between two images. */
const GAP = 2;
/** Grey of the gaps. */
const PAPER = 225;

/**
 * Sets images in rows, dark ink on white as in a notebook, one pixel a pixel.
 *
 * @param images - pixels from −1 (background) to 1 (ink), cut off beyond, shape [count, 784]
 * @param columns - images in a row
 * @returns a PNG file
 */
export function imageGrid(images: ArrayLike<number>, columns: number): Uint8Array {
  const pixels = SIDE * SIDE;
  const count = images.length / pixels;
  const rows = Math.ceil(count / columns);
  const width = columns * (SIDE + GAP) + GAP;
  const height = rows * (SIDE + GAP) + GAP;
  const data = new Uint8Array(width * height).fill(PAPER);
  for (let i = 0; i < count; i++) {
    const left = GAP + (i % columns) * (SIDE + GAP);
    const top = GAP + Math.floor(i / columns) * (SIDE + GAP);
    for (let k = 0; k < pixels; k++) {
      const at = (top + Math.floor(k / SIDE)) * width + left + (k % SIDE);
      data[at] = greyOf(images[i * pixels + k]);
    }
  }
  return encode({ width, height, data, channels: 1, depth: 8 });
}

function greyOf(value: number): number {
  return Math.round(255 * (1 - (Math.min(1, Math.max(-1, value)) + 1) / 2));
}
