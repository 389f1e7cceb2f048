/** Clouds that nobody drew from a law: handwritten digits, and the colours of photographs. */
import { readFile } from 'node:fs/promises';
import { gaussian } from '@brenier/datasets';
import { loadDigits } from '@brenier/datasets/digits';
import { createRng, permutation, type Rng } from '@brenier/random';
import { decode } from 'fast-png';
import { splitDigits } from '../../images/digit-sets.js';
import type { CloudPair } from './exact-instances.js';

/** Noise to digits of 28 × 28 pixels from −1 to 1, the first of the set that the image experiment learns from. */
export async function digitPair(count: number, seed: number): Promise<CloudPair> {
  const { training } = splitDigits(await loadDigits());
  if (count > training.count) throw new Error(`There are ${training.count} digits, ${count} are asked for.`);
  const noise = gaussian(createRng(seed).fork('noise for digits'), count, { dim: training.dim });
  return { x: noise.points, y: training.points.slice(0, count * training.dim) };
}

/**
 * Colours of pixels of two PNG files, drawn without replacement, red, green and blue from 0 to 1.
 *
 * @returns as many of each as were asked for, fewer where an image has fewer pixels
 */
export async function photographPair(
  files: readonly [string, string],
  wanted: number,
  seed: number,
): Promise<CloudPair & { count: number }> {
  const images = await Promise.all(files.map(async (file) => ({ file, ...decode(await readFile(file)) })));
  const count = Math.min(wanted, ...images.map(({ width, height }) => width * height));
  const [x, y] = images.map((image, k) => colours(createRng(seed).fork(`photograph ${k}`), image, count));
  return { x, y, count };
}

interface DecodedImage {
  file: string;
  width: number;
  height: number;
  channels: number;
  depth: number;
  data: ArrayLike<number>;
  palette?: unknown;
}

function colours(rng: Rng, { file, width, height, channels, depth, data, palette }: DecodedImage, count: number) {
  if (channels < 3 || palette !== undefined || depth < 8) throw new Error(`${file} is no PNG file in full colour.`);
  const pixels = permutation(rng, width * height);
  const brightest = 2 ** depth - 1;
  const points = new Float64Array(3 * count);
  for (let i = 0; i < points.length; i++) {
    points[i] = data[pixels[Math.floor(i / 3)] * channels + (i % 3)] / brightest;
  }
  return points;
}
