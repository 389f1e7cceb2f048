import { createRng, fillNormal, type Rng } from '@brenier/random';
import type { PointCloud } from '@brenier/ot-core';
import { expectClose } from '@brenier/testing';
import { describe, expect, it, vi } from 'vitest';
import { bootstrapInterval, subsamplingInterval, wasserstein2 } from '../src/index.js';

const meanOf = ({ points }: PointCloud) => points.reduce((sum, each) => sum + each, 0) / points.length;
const varianceOf = (cloud: PointCloud) => {
  const mean = meanOf(cloud);
  return cloud.points.reduce((sum, each) => sum + (each - mean) ** 2, 0) / cloud.count;
};
const normals = (rng: Rng, count: number, mean = 0) => ({
  points: fillNormal(rng, new Float64Array(count), { mean }),
  count,
  dim: 1,
});

/** How often an interval covers a truth, over repetitions. */
const coverage = (repeats: number, covers: (rng: Rng) => boolean) =>
  Array.from({ length: repeats }, (_, k) => covers(createRng(8).fork(k))).filter(Boolean).length / repeats;

/** Spatial test data A of 26 children: Efron and Tibshirani, An Introduction to the Bootstrap (1993), table 14.1. */
const SPATIAL = [
  48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41,
].map((score) => [score]);

describe('bootstrapInterval', () => {
  it('gives the intervals of the textbook for the variance of the spatial test data', () => {
    const interval = (method: 'bca' | 'percentile') =>
      bootstrapInterval(createRng(1), varianceOf, [SPATIAL], { method, level: 0.9, resamples: 4000 });
    const [bca, percentile] = [interval('bca'), interval('percentile')];
    // Efron and Tibshirani (1993), table 14.2: (115.8, 259.6) and (100.8, 233.9) from 2000 resamples; scipy 1.17.1 from
    // 200,000: (115.41, 260.88) and (97.77, 235.63). Ends of 4000 resamples vary by about 2 %.
    expectClose(bca.low, 115.41, { relative: 0.06 });
    expectClose(bca.high, 260.88, { relative: 0.06 });
    expectClose(percentile.low, 97.77, { relative: 0.06 });
    expectClose(percentile.high, 235.63, { relative: 0.06 });
  });

  it('corrects a statistic of two samples too', () => {
    const ratio = (x: PointCloud, y: PointCloud) => varianceOf(x) / varianceOf(y);
    const samples = [SPATIAL.slice(0, 12), SPATIAL.slice(12)];
    const { estimate, low, high } = bootstrapInterval(createRng(1), ratio, samples, { level: 0.9, resamples: 4000 });
    expectClose(estimate, 0.67496, { relative: 1e-4 });
    // scipy 1.17.1, stats.bootstrap with 200,000 resamples: (0.3251, 1.5879).
    expectClose(low, 0.3251, { relative: 0.1 });
    expectClose(high, 1.5879, { relative: 0.1 });
  });

  it('covers the mean of 40 normal numbers about as often as it says', () => {
    const share = coverage(150, (rng) => {
      const { low, high } = bootstrapInterval(rng.fork('interval'), meanOf, [normals(rng.fork('x'), 40)], {
        level: 0.9,
        resamples: 200,
      });
      return low <= 0 && 0 <= high;
    });
    // 0.9 with a binomial error of 0.025, and the bootstrap of 40 numbers falls short by about 0.02: four errors.
    expectClose(share, 0.88, { absolute: 0.1 });
  });

  it('corrects the bias of the plug-in variance, which percentiles double', () => {
    const x = normals(createRng(5), 15);
    const [bca, percentile] = (['bca', 'percentile'] as const).map((method) =>
      bootstrapInterval(createRng(6), varianceOf, [x], { method, resamples: 2000 }),
    );
    expect(bca.values).toEqual(percentile.values);
    expect(bca.low).toBeGreaterThan(percentile.low);
    expect(bca.high).toBeGreaterThan(percentile.high);
  });

  it('resamples several samples independently of each other', () => {
    const [x, y] = [normals(createRng(1), 80, 3), normals(createRng(2), 50)];
    const { estimate, standardError } = bootstrapInterval(createRng(3), (p, q) => meanOf(p) - meanOf(q), [x, y], {
      method: 'percentile',
    });
    expectClose(estimate, meanOf(x) - meanOf(y));
    // √(1/80 + 1/50) times sample deviations near 1.
    expectClose(standardError, Math.sqrt(varianceOf(x) / 80 + varianceOf(y) / 50), { relative: 0.1 });
  });

  it('is the quantiles of its values for percentiles, and a point for a constant statistic', () => {
    const { values, low, high } = bootstrapInterval(createRng(3), meanOf, [[[1], [2], [4]]], {
      method: 'percentile',
      level: 0.5,
      resamples: 5,
    });
    expect(Array.from(values)).toEqual(Array.from(values).sort((p, q) => p - q));
    expect([low, high]).toEqual([values[1], values[3]]);
    const flat = bootstrapInterval(createRng(3), () => 7, [[[1], [2]]], { resamples: 10 });
    expect(flat).toMatchObject({ estimate: 7, low: 7, high: 7, standardError: 0 });
  });

  it('draws resample k from fork k, and does not advance the generator', () => {
    const rng = createRng(9);
    const before = rng.snapshot();
    const few = bootstrapInterval(rng, meanOf, [[[1], [2], [5]]], { resamples: 10, method: 'percentile' });
    expect(rng.snapshot()).toEqual(before);
    const many = bootstrapInterval(rng, meanOf, [[[1], [2], [5]]], { resamples: 20, method: 'percentile' });
    for (const value of few.values) expect(many.values).toContain(value);
  });
});

describe('subsamplingInterval', () => {
  it('covers W2 between different distributions about as often as it says, at a tenth of the size', () => {
    const share = coverage(60, (rng) => {
      const [x, y] = [normals(rng.fork('x'), 300), normals(rng.fork('y'), 300, 2)];
      const { low, high } = subsamplingInterval(rng.fork('interval'), (p, q) => wasserstein2(p, q).value, [x, y], {
        resamples: 60,
        level: 0.9,
      });
      return low <= 2 && 2 <= high;
    });
    // W2 of translates is 2; a binomial error of 0.04, quantiles of 60 values, and a bias far below the spread on the line.
    expectClose(share, 0.9, { absolute: 0.13 });
  });

  it('covers W2 less often than it says where the parts are near their floor, as its documentation tells', () => {
    const squared = (x: PointCloud, y: PointCloud) => {
      const [p, q] = [x.points.slice().sort(), y.points.slice().sort()];
      return p.reduce((sum, each, i) => sum + (each - q[i]) ** 2, 0) / p.length;
    };
    const root = (x: PointCloud, y: PointCloud) => Math.sqrt(squared(x, y));
    const share = (statistic: typeof squared, mean: number) => {
      const draw = (rng: Rng) => [normals(rng.fork('x'), 500), normals(rng.fork('y'), 500, mean)] as const;
      const values = Array.from({ length: 500 }, (_, k) => statistic(...draw(createRng(9).fork(k))));
      const expectation = values.reduce((sum, each) => sum + each, 0) / values.length;
      return coverage(100, (rng) => {
        const { low, high } = subsamplingInterval(rng.fork('interval'), statistic, draw(rng), { resamples: 100 });
        return low <= expectation && expectation <= high;
      });
    };
    // 200 samples and 200 parts each gave 0.76, 0.94 and 0.93; shares of 100 have binomial errors of 0.04 and 0.025: three of them.
    expectClose(share(root, 0.15), 0.76, { absolute: 0.13 });
    expectClose(share(squared, 0.15), 0.94, { absolute: 0.08 });
    expectClose(share(root, 1), 0.93, { absolute: 0.08 });
  });

  it('finds the standard error of a mean from parts', () => {
    const x = normals(createRng(4), 1000);
    const { standardError, estimate, low, high } = subsamplingInterval(createRng(5), meanOf, [x], { resamples: 1000 });
    expectClose(standardError, Math.sqrt(varianceOf(x) / 1000), { relative: 0.1 });
    expectClose(estimate, meanOf(x));
    expectClose(high - low, 2 * 1.96 * standardError, { relative: 0.1 });
  });

  it('takes no point twice, and as many as asked for', () => {
    const seen = vi.fn((cloud: PointCloud) => new Set(cloud.points).size / cloud.count);
    subsamplingInterval(createRng(0), seen, [Array.from({ length: 50 }, (_, i) => [i])], { part: 0.3, resamples: 5 });
    expect(seen.mock.results.every(({ value }) => value === 1)).toBe(true);
    expect(seen.mock.calls.map(([cloud]) => cloud.count)).toEqual([50, 15, 15, 15, 15, 15]);
  });

  it('does not depend on the order of samples of different sizes', () => {
    const [x, y] = [normals(createRng(1), 15), normals(createRng(2), 4000, 1)];
    const errorOf = (samples: PointCloud[]) =>
      subsamplingInterval(createRng(5), (p, q) => meanOf(p) - meanOf(q), samples, { resamples: 1000 }).standardError;
    const expected = Math.sqrt(varianceOf(x) / 14 + varianceOf(y) / 4000);
    // Parts of two from fifteen, not of a tenth; the spread of a thousand parts is known to 2 %.
    expectClose(errorOf([x, y]), expected, { relative: 0.1 });
    expectClose(errorOf([y, x]), expected, { relative: 0.1 });
  });

  it('scales with the rate asked for', () => {
    const x = normals(createRng(4), 100);
    const [half, one] = [0.5, 1].map((rate) => subsamplingInterval(createRng(5), meanOf, [x], { rate, resamples: 20 }));
    expectClose(one.standardError / half.standardError, Math.sqrt(0.1), { relative: 1e-12 });
  });

  it('refuses samples of two points and parts outside (0, 1)', () => {
    expect(() => subsamplingInterval(createRng(0), meanOf, [[[1], [2]]])).toThrow('at least 3 points');
    expect(() => subsamplingInterval(createRng(0), meanOf, [[[1], [2], [3]]], { part: 1 })).toThrow('"part"');
    expect(() => subsamplingInterval(createRng(0), meanOf, [[[1], [2], [3]]], { rate: 0 })).toThrow('"rate"');
  });
});

describe.each([
  ['bootstrapInterval', bootstrapInterval],
  ['subsamplingInterval', subsamplingInterval],
])('%s', (_, interval) => {
  it('refuses what gives no interval', () => {
    const x = [[1], [2], [3]];
    expect(() => interval(undefined as never, meanOf, [x])).toThrow(TypeError);
    expect(() => interval(createRng(0), 3 as never, [x])).toThrow('"statistic" expected a function');
    expect(() => interval(createRng(0), meanOf, [])).toThrow('at least one sample');
    expect(() => interval(createRng(0), meanOf, 'x' as never)).toThrow('"samples" expected an array');
    expect(() => interval(createRng(0), meanOf, [[[1]]])).toThrow('at least 2 points');
    expect(() => interval(createRng(0), meanOf, [[[NaN], [1]]])).toThrow(RangeError);
    expect(() => interval(createRng(0), () => NaN, [x])).toThrow('"statistic(…)" expected a finite number');
    expect(() => interval(createRng(0), meanOf, [x], { level: 1 })).toThrow('"level"');
    expect(() => interval(createRng(0), meanOf, [x], { resamples: 1 })).toThrow('"resamples"');
    expect(() => interval(createRng(0), meanOf, [x], { seed: 1 } as never)).toThrow('got "seed"');
  });
});
