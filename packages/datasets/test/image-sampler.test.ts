import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { imageSampler, type PixelImage, type PointCloud } from '../src/index.js';

/** How many points lie in each pixel, by the definition of the coordinates. */
function pixelCounts({ points }: PointCloud, width: number, height: number): number[] {
  const counts = new Array<number>(width * height).fill(0);
  const half = Math.max(width, height) / 2;
  for (let i = 0; i < points.length; i += 2) {
    const column = Math.floor(half * points[i] + width / 2);
    const row = Math.floor(height / 2 - half * points[i + 1]);
    counts[row * width + column]++;
  }
  return counts;
}

/** Every count is within five standard deviations of a binomial one. */
function expectShares(counts: readonly number[], weights: readonly number[]): void {
  const total = counts.reduce((sum, each) => sum + each, 0);
  const ink = weights.reduce((sum, each) => sum + each, 0);
  expect(counts).toHaveLength(weights.length);
  counts.forEach((each, k) => {
    const p = weights[k] / ink;
    expect(Math.abs(each - total * p)).toBeLessThanOrEqual(5 * Math.sqrt(total * p * (1 - p)));
  });
}

describe('imageSampler', () => {
  it.each([
    [3, 2],
    [2, 3],
  ])('draws the pixels of a grey picture of %d × %d in proportion to their numbers', (width, height) => {
    const data = [0, 1, 2, 3, 0.5, 10];
    expectShares(pixelCounts(imageSampler({ data, width, height })(createRng(1), 20_000), width, height), data);
  });

  it('fills a pixel evenly', () => {
    const count = 20_000;
    const { points } = imageSampler({ data: [0, 1, 0, 0], width: 2, height: 2 })(createRng(2), count);
    // The pixel is [0, 1]²: its quarters hold a quarter each, within five standard deviations √(3n/16).
    const quarters = [0, 0, 0, 0];
    for (let i = 0; i < points.length; i += 2) {
      expect(points[i] >= 0 && points[i] <= 1 && points[i + 1] >= 0 && points[i + 1] <= 1).toBe(true);
      quarters[(points[i] < 0.5 ? 0 : 1) + (points[i + 1] < 0.5 ? 0 : 2)]++;
    }
    for (const each of quarters) expect(Math.abs(each - count / 4)).toBeLessThan(5 * Math.sqrt((3 * count) / 16));
  });

  it('has the first row on top and the first column on the left', () => {
    const [x, y] = imageSampler({ data: [1, 0, 0, 0, 0, 0], width: 3, height: 2 })(createRng(1), 1).points;
    // The longer side spans [-1, 1] in pixels of 2/3; the shorter one [-2/3, 2/3].
    expect(x >= -1 && x <= -1 / 3 && y >= 0 && y <= 2 / 3).toBe(true);
  });

  const bytes = [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 128, 255, 255, 255, 255, 0, 0, 0, 255, 9, 9, 9, 0];
  const image: PixelImage = { data: Uint8ClampedArray.from(bytes), width: 6, height: 1 };
  // Luma by ITU-R BT.709 of red, green, half-transparent blue, white, black, transparent.
  const alphas = [1, 1, 128 / 255, 1, 1, 0];
  const lumas = [0.2126, 0.7152, 0.0722, 1, 0, 9 / 255];

  it('takes darkness times alpha for ink', () => {
    const expected = lumas.map((luma, k) => (1 - luma) * alphas[k]);
    expectShares(pixelCounts(imageSampler(image)(createRng(3), 50_000), 6, 1), expected);
    expect(imageSampler(image, { ink: 'dark' })(createRng(3), 9)).toEqual(imageSampler(image)(createRng(3), 9));
  });

  it('takes luma times alpha for ink where light is ink', () => {
    const expected = lumas.map((luma, k) => luma * alphas[k]);
    expectShares(pixelCounts(imageSampler(image, { ink: 'light' })(createRng(4), 50_000), 6, 1), expected);
  });

  it('takes what a canvas gives, by its type', () => {
    const read: Pick<ImageData, 'data' | 'width' | 'height'> = { ...image, data: Uint8ClampedArray.from(bytes) };
    expect(imageSampler(read)(createRng(3), 9)).toEqual(imageSampler(image)(createRng(3), 9));
  });

  it('keeps what it read when the picture changes', () => {
    const data = [1, 0];
    const sample = imageSampler({ data, width: 2, height: 1 });
    data.reverse();
    expect(sample(createRng(1), 1).points[0]).toBeLessThan(0);
  });

  it('refuses what is no picture, naming what is wrong', () => {
    const grey = (data: PixelImage['data']) => () => imageSampler({ data, width: 2, height: 1 });
    expect(() => imageSampler(null as never)).toThrow('"image" expected { data, width, height }, got null');
    expect(grey('ab' as never)).toThrow('"image.data" expected a typed array');
    expect(grey([1, 2, 3])).toThrow('"image.data" expected length 8 (RGBA) or 2 for 2 × 1 pixels, got 3');
    expect(grey([1, NaN])).toThrow('"image.data[1]" expected a finite number, got NaN');
    expect(grey([1, -2])).toThrow('"image.data[1]" expected a finite number >= 0, got -2');
    expect(grey([0, 0])).toThrow('"image.data" expected some ink, got 2 × 1 pixels without');
    expect(grey([1, 2, 3, 4, 5, 6, 7, 256])).toThrow(/"image.data\[7\]" expected .*255.*, got 256/);
    expect(grey(new Array(8).fill(255))).toThrow('"image.data" expected some ink');
    for (const side of [0, 1.5, NaN]) {
      expect(() => imageSampler({ data: [1], width: side, height: 1 })).toThrow('"image.width" expected');
      expect(() => imageSampler({ data: [1], width: 1, height: side })).toThrow('"image.height" expected');
    }
    expect(() => imageSampler(image, { ink: 'red' as never })).toThrow('"ink" expected one of "dark", "light"');
    expect(() => imageSampler(image, { invert: true } as never)).toThrow('"options" expected only the options "ink"');
    expect(() => imageSampler({ data: [1], width: 1, height: 1 }, { ink: 'light' })).toThrow(
      '"ink" expected none for one number a pixel, which is the ink itself, got "light"',
    );
  });
});
