import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { median, nearestImages } from '../../src/images/nearest-images.js';
import { imageGrid } from '../../src/images/picture/image-grid.js';
import { framesPicture, pairsPicture, samplesPicture } from '../../src/images/picture/pictures.js';
import { fewDigits } from './images.js';

/** An image of one value. */
function plain(...values: number[]): Float64Array {
  return Float64Array.from({ length: 784 * values.length }, (_, k) => values[Math.floor(k / 784)]);
}

/** The grey value in the middle of image number `i` in a grid of `columns`. */
function greyAt(png: Uint8Array, columns: number, i: number): number {
  const { data, width } = decode(png);
  return data[(2 + 30 * Math.floor(i / columns) + 14) * width + 2 + 30 * (i % columns) + 14];
}

describe('imageGrid', () => {
  it('sets ink on paper, row by row, two pixels apart, and cuts off what is beyond', () => {
    const png = imageGrid(plain(-1, 0, 1, -7, 7), 3);
    const { width, height, channels, depth } = decode(png);
    expect([width, height, channels, depth]).toEqual([92, 62, 1, 8]);
    expect([0, 1, 2, 3, 4].map((i) => greyAt(png, 3, i))).toEqual([255, 128, 0, 255, 0]);
    // Where there is no image, and between two, is the grey of the gaps.
    expect(greyAt(png, 3, 5)).toBe(225);
    expect(decode(png).data[0]).toBe(225);
  });
});

describe('pictures', () => {
  it('show the first 128 images of many', () => {
    const { width, height } = decode(samplesPicture(new Float64Array(200 * 784), 784));
    expect([width, height]).toEqual([16 * 30 + 2, 8 * 30 + 2]);
  });

  it('show each start above what it became', () => {
    const png = pairsPicture(plain(...Array<number>(20).fill(1)), plain(...Array<number>(20).fill(0)), 784);
    expect([0, 16, 32, 48].map((i) => greyAt(png, 16, i))).toEqual([0, 128, 0, 128]);
  });

  it('show a way from its start to its end', () => {
    const states = [plain(-1), plain(0), plain(1)];
    const png = framesPicture({ times: [0, 0.5, 1], states, nfe: 2 }, 784);
    expect([0, 1, 2].map((k) => greyAt(png, 3, k))).toEqual([255, 128, 0]);
  });
});

describe('nearestImages', () => {
  it('finds an image in a set that has it, and the distance of one that is not in it', async () => {
    const { training } = await fewDigits(100, 1);
    const asked = training.points.slice(784 * 40, 784 * 42);
    const found = nearestImages(asked, training);
    expect([...found.rows]).toEqual([40, 41]);
    expect([...found.distances]).toEqual([0, 0]);
    const far = nearestImages(plain(100), training);
    const first = training.points.subarray(784 * far.rows[0], 784 * far.rows[0] + 784);
    const expected = Math.sqrt(first.reduce((sum, value) => sum + (100 - value) ** 2, 0));
    expect(far.distances[0]).toBeCloseTo(expected, 9);
  });
});

describe('median', () => {
  it('is the middle value, or the mean of the two in the middle', () => {
    expect(median(Float64Array.of(3, 1, 2))).toBe(2);
    expect(median(Float64Array.of(10, 4, 1, 2))).toBe(3);
  });
});
