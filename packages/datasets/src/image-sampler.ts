import {
  checkFiniteArray,
  checkInteger,
  checkNonNegative,
  checkNumericArray,
  checkOneOf,
  checkOptions,
  checkWithin,
  describeValue,
  type NumericArray,
} from '@brenier/errors';
import { categorical, createAliasTable } from '@brenier/random';
import { createCloud, type PointSampler } from './point-cloud.js';

/** A picture of pixels, row by row from the top, as the `ImageData` of a canvas holds it. */
export interface PixelImage {
  /**
   * Four bytes a pixel, red, green, blue and alpha from 0 to 255; or one number a pixel, at least 0, which is the ink itself, in any
   * unit.
   */
  readonly data: NumericArray;
  /** Pixels in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** Options of {@link imageSampler}. */
export interface ImageSamplerOptions {
  /** What counts as ink in a picture of four bytes a pixel: its `dark` parts, or its `light` ones; default `dark`. */
  readonly ink?: 'dark' | 'light';
}

/**
 * Draws points from a picture as from a density: a pixel in proportion to its ink, then a uniform place within the pixel.
 *
 * The picture is centred on the origin, its longer side spans [-1, 1] and y points up. Of red, green, blue and alpha, the ink is the
 * darkness 1 - (0.2126 r + 0.7152 g + 0.0722 b) / 255 (the luma of ITU-R BT.709), or with `ink: 'light'` that luma itself, times
 * alpha / 255: what is transparent has no ink.
 *
 * @param image - the picture; read at once, so that it may change afterwards
 * @param options - what counts as ink
 * @returns a sampler of independent points, `dim` 2; O(width · height) to prepare, O(1) a point
 * @throws TypeError or RangeError for a width or height that is not a whole number >= 1, data of another length than the pixels need,
 * a number that is negative, not finite or, as a byte, above 255, a picture without ink, `ink` where a number is the ink itself
 *
 * @example
 * Two pixels, of which the left one has three times the ink of the right one.
 * ```ts
 * import { imageSampler } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const sample = imageSampler({ data: [3, 1], width: 2, height: 1 });
 * const { points } = sample(createRng(1), 10_000);
 * const left = points.filter((x, i) => i % 2 === 0 && x < 0).length;
 * Math.abs(left - 7500) < 250; // => true
 * ```
 */
export function imageSampler(image: PixelImage, options?: ImageSamplerOptions): PointSampler {
  const { ink } = checkOptions('options', options, ['ink']);
  if (ink !== undefined) checkOneOf('ink', ink, ['dark', 'light']);
  const { width, height } = checkImage(image);
  const table = createAliasTable(inkOf(image, ink));
  const pixel = 2 / Math.max(width, height);
  return (rng, count) => {
    const cloud = createCloud(rng, count, 2);
    for (let i = 0; i < count; i++) {
      const chosen = categorical(rng, table);
      const row = Math.floor(chosen / width);
      cloud.points[2 * i] = pixel * ((chosen % width) + rng.uniform() - width / 2);
      cloud.points[2 * i + 1] = pixel * (height / 2 - row - rng.uniform());
    }
    return cloud;
  };
}

function checkImage(image: PixelImage): PixelImage {
  if (typeof image !== 'object' || image === null) {
    throw new TypeError(`"image" expected { data, width, height }, got ${describeValue(image)}`);
  }
  const { data, width, height } = image;
  checkInteger('image.width', width, 1, 2147483647);
  checkInteger('image.height', height, 1, 2147483647);
  const { length } = checkNumericArray('image.data', data);
  const count = width * height;
  if (length === count || length === 4 * count) return image;
  const expected = `length ${4 * count} (RGBA) or ${count} for ${width} × ${height} pixels`;
  throw new RangeError(`"image.data" expected ${expected}, got ${length}`);
}

/** The ink of each pixel, not all of it zero. */
function inkOf({ data, width, height }: PixelImage, ink: ImageSamplerOptions['ink']): Float64Array {
  const values = Float64Array.from(checkFiniteArray('image.data', data));
  const isGrey = data.length === width * height;
  if (isGrey && ink !== undefined) {
    throw new RangeError(`"ink" expected none for one number a pixel, which is the ink itself, got "${ink}"`);
  }
  checkLevels(values, isGrey);
  const weights = isGrey ? values : inkOfBytes(values, ink === 'light');
  if (weights.some((each) => each > 0)) return weights;
  throw new RangeError(`"image.data" expected some ink, got ${width} × ${height} pixels without`);
}

function checkLevels(values: Float64Array, isGrey: boolean): void {
  const bad = values.findIndex((each) => each < 0 || (each > 255 && !isGrey));
  if (bad === -1) return;
  if (isGrey) checkNonNegative(`image.data[${bad}]`, values[bad]);
  else checkWithin(`image.data[${bad}]`, values[bad], 0, 255);
}

function inkOfBytes(bytes: Float64Array, isLight: boolean): Float64Array {
  return Float64Array.from({ length: bytes.length / 4 }, (_, i) => {
    const [r, g, b, alpha] = [bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2], bytes[4 * i + 3]];
    // Differences first: white has no darkness, not even a rounding error of it.
    return isLight ? luma(r, g, b) * alpha : luma(255 - r, 255 - g, 255 - b) * alpha;
  });
}

function luma(r: number, g: number, b: number): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
