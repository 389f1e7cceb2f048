import { createRng, type Rng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import {
  checkerboard,
  eightGaussians,
  eightGaussiansMixture,
  eightGaussiansTutorial,
  gaussian,
  moons,
  moonsTutorial,
  scurve,
  transportTasks,
  type PointSampler,
} from '../src/index.js';
import { toHex } from './clouds.js';

const GENERATORS: [name: string, sampler: PointSampler][] = [
  ['checkerboard', (rng, count) => checkerboard(rng, count)],
  ['eightGaussians', (rng, count) => eightGaussians(rng, count)],
  ['eightGaussiansMixture', (rng, count) => eightGaussiansMixture(rng, count)],
  ['eightGaussiansTutorial', eightGaussiansTutorial],
  ['gaussian', (rng, count) => gaussian(rng, count)],
  ['moons', (rng, count) => moons(rng, count)],
  ['moonsTutorial', (rng, count) => moonsTutorial(rng, count)],
  ['scurve', (rng, count) => scurve(rng, count)],
  ['moonsToEightGaussians.source', transportTasks.moonsToEightGaussians.source],
  ['moonsToEightGaussians.target', transportTasks.moonsToEightGaussians.target],
];

// Recorded once: the bits of the first two points of five, seed 42.
const FIRST_POINTS: Record<string, string[]> = {
};

describe.each(GENERATORS)('%s', (name, sample) => {
  it('draws a cloud of the shape asked for, finite and without repeats', () => {
    for (const count of [1, 2, 3, 7, 9, 64]) {
      const cloud = sample(createRng(count), count);
      expect([cloud.count, cloud.dim, cloud.points.length]).toEqual([count, 2, 2 * count]);
      expect(cloud.points).toBeInstanceOf(Float64Array);
      expect(cloud.points.every(Number.isFinite)).toBe(true);
      const rows = Array.from({ length: count }, (_, i) => cloud.points.slice(2 * i, 2 * i + 2).join());
      expect(new Set(rows).size).toBe(count);
    }
  });

  it('gives the recorded bits for a seed', () => {
    const rng = createRng(42);
    expect(toHex(sample(rng, 5).points.subarray(0, 4))).toEqual(FIRST_POINTS[name]);
  });

  it('gives the same cloud for one seed and another one at the next call', () => {
    const rng = createRng(1);
    const first = sample(rng, 10);
    expect(sample(createRng(1), 10)).toEqual(first);
    expect(sample(rng, 10).points).not.toEqual(first.points);
  });

  it('refuses counts that are not whole numbers of at least 1', () => {
    for (const count of [0, -1, 1.5, NaN, Infinity, 2 ** 31]) expect(() => sample(createRng(1), count)).toThrow(RangeError);
    for (const count of [undefined, null, '5']) expect(() => sample(createRng(1), count as never)).toThrow(TypeError);
  });

  it('refuses a missing generator with advice', () => {
    expect(() => sample(undefined as never as Rng, 5)).toThrow('"rng" expected an Rng such as createRng(0), got undefined');
  });
});

describe('the options', () => {
  const rng = createRng(1);
  it('are refused where they are unknown', () => {
    expect(() => moons(rng, 5, { sigma: 1 } as never)).toThrow('"options" expected only the options "noise", got "sigma"');
    expect(() => scurve(rng, 5, { sd: 1 } as never)).toThrow(RangeError);
    expect(() => moonsTutorial(rng, 5, { sd: 1 } as never)).toThrow(RangeError);
    expect(() => eightGaussians(rng, 5, { scale: 1 } as never)).toThrow(RangeError);
    expect(() => gaussian(rng, 5, { std: 1 } as never)).toThrow(RangeError);
    expect(() => checkerboard(rng, 5, { cells: 4 } as never)).toThrow(RangeError);
  });

  it('are refused where they are negative, NaN or infinite', () => {
    for (const value of [-1, NaN, Infinity]) {
      expect(() => moons(rng, 5, { noise: value })).toThrow(/"noise" expected/);
      expect(() => moonsTutorial(rng, 5, { noise: value })).toThrow(/"noise" expected/);
      expect(() => scurve(rng, 5, { noise: value })).toThrow(/"noise" expected/);
      expect(() => eightGaussians(rng, 5, { radius: value })).toThrow(/"radius" expected/);
      expect(() => eightGaussiansMixture(rng, 5, { sd: value })).toThrow(/"sd" expected/);
      expect(() => gaussian(rng, 5, { sd: value })).toThrow(/"sd" expected/);
      expect(() => gaussian(rng, 5, { dim: value })).toThrow(/"dim" expected/);
      expect(() => checkerboard(rng, 5, { halfWidth: value })).toThrow(/"halfWidth" expected/);
    }
    expect(() => gaussian(rng, 5, { mean: NaN })).toThrow(/"mean" expected/);
    for (const squares of [0, 1, 3, 2.5]) expect(() => checkerboard(rng, 5, { squares })).toThrow(/"squares" expected/);
  });
});
