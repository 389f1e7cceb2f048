import { eightGaussians, eightGaussiansMixture, moons } from '@brenier/datasets';
import { createRng, fillUniform, type Rng } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import { describe, expect, it, vi } from 'vitest';
import { samplingFloor, wasserstein2 } from '../src/index.js';

const uniform = (rng: Rng, count: number) => ({ points: fillUniform(rng, new Float64Array(count)), count, dim: 1 });

describe('samplingFloor', () => {
  it('agrees with the closed form of uniform numbers, E W2² = 1/(3(n+1))', () => {
    // (2/n) Σ Var U₍ᵢ₎ with Var U₍ᵢ₎ = i(n+1−i)/((n+1)²(n+2)): sorted matching of two samples of n order statistics.
    const metric = (x: { points: Float64Array }, y: { points: Float64Array }) =>
      wasserstein2(x.points, y.points, { dim: 1 }).squared;
    for (const count of [1, 10, 100]) {
      const { mean, sd, values } = samplingFloor(createRng(0), uniform, count, { metric, repeats: 200 });
      expect(values).toHaveLength(200);
      // Four standard errors of the mean.
      expect(Math.abs(mean - 1 / (3 * (count + 1)))).toBeLessThan((4 * sd) / Math.sqrt(200));
    }
  });

  it('computes mean and sample standard deviation of the values it returns', () => {
    let calls = 0;
    const { mean, sd, values } = samplingFloor(createRng(0), uniform, 1, {
      metric: () => [1, 2, 6][calls++],
      repeats: 3,
    });
    expect(Array.from(values)).toEqual([1, 2, 6]);
    expect(mean).toBe(3);
    expectClose(sd, Math.sqrt(7));
  });

  it('falls as samples grow', () => {
    const [few, many] = [100, 1000].map((count) =>
      samplingFloor(createRng(3), (rng, n) => moons(rng, n), count, { repeats: 3 }),
    );
    // Evenly spaced angles leave the noise of sd 0.1 alone: the floor falls about like n^-½.
    expect(many.mean).toBeLessThan(few.mean / 2);
  });

  it('tells a generator with equal counts per mode from independent draws of the same mixture', () => {
    const options = { repeats: 4 };
    const balanced = samplingFloor(createRng(3), (rng, n) => eightGaussians(rng, n), 1000, options);
    const independent = samplingFloor(createRng(3), (rng, n) => eightGaussiansMixture(rng, n), 1000, options);
    // Random counts add an imbalance of order n^-½ between modes 3.8 apart: measured 0.39 ± 0.02 against 0.5 to 0.6 ±
    // 0.06.
    expect(balanced.mean).toBeLessThan(independent.mean);
    expect(Math.abs(balanced.mean - 0.39)).toBeLessThan(0.05);
  });

  it('draws pair k from fork k, so more repeats extend the values instead of changing them', () => {
    const rng = createRng(5);
    const before = rng.snapshot();
    const three = samplingFloor(rng, uniform, 20, { repeats: 3 }).values;
    expect(rng.snapshot()).toEqual(before);
    expect(samplingFloor(rng, uniform, 20, { repeats: 5 }).values.slice(0, 3)).toEqual(three);
    expect(samplingFloor(createRng(6), uniform, 20, { repeats: 3 }).values).not.toEqual(three);
  });

  it('draws five pairs of the size asked for unless told otherwise', () => {
    const draw = vi.fn(uniform);
    expect(samplingFloor(createRng(0), draw, 7).values).toHaveLength(5);
    expect(draw.mock.calls.map(([, count]) => count)).toEqual(Array(10).fill(7));
  });

  it('refuses arguments that cannot give a floor', () => {
    const rng = createRng(0);
    expect(() => samplingFloor(undefined as never, uniform, 5)).toThrow(TypeError);
    expect(() => samplingFloor(rng, 3 as never, 5)).toThrow('"draw" expected a function, got 3');
    expect(() => samplingFloor(rng, uniform, 0)).toThrow('"count"');
    expect(() => samplingFloor(rng, uniform, 5, { repeats: 1 })).toThrow(
      '"repeats" expected a whole number in [2, 2147483647], got 1',
    );
    expect(() => samplingFloor(rng, uniform, 5, { metric: () => NaN })).toThrow(
      '"metric(x, y)" expected a finite number, got NaN',
    );
    expect(() => samplingFloor(rng, (stream) => uniform(stream, 7), 10)).toThrow(
      '"draw(rng, count)" expected 10 points, got 7',
    );
    expect(() => samplingFloor(rng, (() => [1, 2]) as never, 2)).toThrow(
      new TypeError('"draw(rng, count)" expected a cloud of points, got an array of length 2'),
    );
    expect(() => samplingFloor(rng, (() => undefined) as never, 2)).toThrow(
      'expected a cloud of points, got undefined',
    );
    expect(() => samplingFloor(rng, uniform, 5, { metric: 2 as never })).toThrow('"metric" expected a function');
    expect(() => samplingFloor(rng, uniform, 5, { count: 2 } as never)).toThrow('got "count"');
  });
});
