import { createRng, fillNormal, type Rng } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  energyDistance,
  maximumMeanDiscrepancy,
  samplingFloor,
  sinkhornDivergence2,
  wasserstein1,
  wasserstein2,
} from '../src/index.js';

const cloud = (dim: number) =>
  fc.array(fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: dim, maxLength: dim }), {
    minLength: 1,
    maxLength: 10,
  });

const normals = (label: string, count: number, mean = 0) =>
  fillNormal(createRng(3).fork(label), new Float64Array(2 * count), { mean });

const gaussian = (rng: Rng, count: number) => ({
  points: fillNormal(rng, new Float64Array(2 * count)),
  count,
  dim: 2,
});

/** Every metric of two clouds as one number. */
const metrics = {
  wasserstein1: (x: number[][], y: number[][]) => wasserstein1(x, y).value,
  sinkhornDivergence2: (x: number[][], y: number[][]) => sinkhornDivergence2(x, y, { epsilon: 4 }).value,
  energyDistance: (x: number[][], y: number[][]) => energyDistance(x, y).value,
  maximumMeanDiscrepancy: (x: number[][], y: number[][]) => maximumMeanDiscrepancy(x, y, { bandwidth: 3 }).value,
};

describe.each(Object.entries(metrics))('%s', (name, metric) => {
  it('is 0 between equal sets in any order, symmetric, and the same after a translation', () => {
    fc.assert(
      fc.property(cloud(2), cloud(2), (x, y) => {
        // Roots of roundings: 1e-15 of squares up to 3200; Sinkhorn's square is exact to about its tolerance of 1e-4 squared.
        expect(metric(x, x.toReversed())).toBeLessThan(1e-4);
        const distance = metric(x, y);
        expectClose(metric(y, x), distance, { absolute: 1e-4 });
        const moved = [x, y].map((each) => each.map(([u, v]) => [u + 7, v - 3]));
        expectClose(metric(moved[0], moved[1]), distance, { absolute: 1e-4 });
      }),
      { numRuns: 40 },
    );
  });

  it('takes one point each, duplicates, and sets of different sizes', () => {
    expect(metric([[1, 2]], [[1, 2]])).toBe(0);
    expect(
      metric(
        [
          [1, 2],
          [1, 2],
        ],
        [[1, 2]],
      ),
    ).toBeLessThan(1e-7);
    expect(
      metric(
        [[0, 0]],
        [
          [1, 0],
          [0, 1],
          [5, 5],
        ],
      ),
    ).toBeGreaterThan(0.1);
  });

  it('does not lose its digits in a huge offset', () => {
    const x = [
      [0, 0],
      [1, 0],
      [0, 3],
    ];
    const y = [
      [0, 1],
      [2, 0],
    ];
    const far = (points: number[][]) => points.map(([u, v]) => [u + 2 ** 40, v - 2 ** 40]);
    expectClose(metric(far(x), far(y)), metric(x, y), { relative: 1e-9 });
  });

  it('refuses what is no pair of finite clouds of one dimension', () => {
    expect(() => metric([], [[1, 2]])).toThrow(RangeError);
    expect(() => metric([[NaN, 0]], [[1, 2]])).toThrow(RangeError);
    expect(() => metric([[1, 2]], [[Infinity, 0]])).toThrow(RangeError);
    expect(() => metric([[1, 2]], [[1]])).toThrow('"y" expected points of dimension 2');
    expect(() => metric('x' as never, [[1, 2]])).toThrow(TypeError);
  });

  it('has a floor that two samples of another law exceed', () => {
    const floor = samplingFloor(createRng(1), gaussian, 60, {
      metric: (x, y) => metric(rowsOf(x.points), rowsOf(y.points)),
      repeats: 3,
    });
    const apart = metric(rowsOf(normals(`${name} x`, 60)), rowsOf(normals(`${name} y`, 60, 1.5)));
    expect(floor.mean).toBeGreaterThan(0);
    expect(apart).toBeGreaterThan(floor.mean + 4 * floor.sd);
  });
});

describe.each(['energyDistance', 'maximumMeanDiscrepancy', 'sinkhornDivergence2'] as const)('%s', (name) => {
  it('refuses points so far apart that the sum of their squared distances overflows, as W2 does', () => {
    const [far, near] = [[[1e160, 0]], [[0, 0]]];
    const message = '"x, y" expected costs below';
    expect(() => metrics[name](far, near)).toThrow(message);
    expect(() => wasserstein2(far, near)).toThrow(message);
  });
});

function rowsOf(points: Float64Array): number[][] {
  return Array.from({ length: points.length / 2 }, (_, i) => [points[2 * i], points[2 * i + 1]]);
}

describe('wasserstein1', () => {
  it('is at most W2, and equal to it for a translation', () => {
    const [x, y] = [normals('x', 80), normals('y', 70, 1)];
    expect(wasserstein1(x, y, { dim: 2 }).value).toBeLessThan(wasserstein2(x, y, { dim: 2 }).value);
    const moved = x.map((each, at) => each + (at % 2 === 0 ? 3 : 4));
    expectClose(wasserstein1(x, moved, { dim: 2 }).value, 5, { relative: 1e-12 });
  });

  it('is the area between the distribution functions on the line', () => {
    // scipy.stats.wasserstein_distance's documented values: 1, and ½ with weights (as repetitions here).
    expectClose(wasserstein1([0, 1, 3], [5, 6, 8], { dim: 1 }).value, 5);
    expectClose(wasserstein1([0, 1, 0, 1], [0, 0, 1, 1], { dim: 1 }).value, 0, { absolute: 1e-15 });
    expectClose(wasserstein1([0, 1], [0, 0], { dim: 1 }).value, 0.5);
  });

  it('proves its value', () => {
    const { status, certificate } = wasserstein1(normals('x', 50), normals('y', 60), { dim: 2 });
    expect(status).toBe('optimal');
    expect(certificate.worstViolation).toBeLessThan(1e-11);
    expect(Math.abs(certificate.gap)).toBeLessThan(1e-11);
  });

  it('refuses unknown options', () => {
    expect(() => wasserstein1([[1]], [[1]], { cost: 'euclidean' } as never)).toThrow('got "cost"');
  });
});

describe('sinkhornDivergence2', () => {
  it('goes from W2² to the squared distance of the means as ε grows', () => {
    const [x, y] = [normals('x', 60), normals('y', 60, 1)];
    const sharp = sinkhornDivergence2(x, y, { dim: 2, epsilon: 0.01 });
    expectClose(sharp.squared, wasserstein2(x, y, { dim: 2 }).squared, { relative: 0.05 });
    const mean = (points: Float64Array, k: number) =>
      points.reduce((sum, each, at) => sum + (at % 2 === k ? each / 60 : 0), 0);
    const means = [0, 1].reduce((sum, k) => sum + (mean(x, k) - mean(y, k)) ** 2, 0);
    expectClose(sinkhornDivergence2(x, y, { dim: 2, epsilon: 1e5 }).squared, means, { relative: 1e-3 });
  });

  it('takes ε from the spread of the reference alone, so that models are judged alike', () => {
    const reference = [[0], [2]];
    // Mean squared distance of two draws: half of 0 and 4.
    expectClose(sinkhornDivergence2([[5], [9]], reference).epsilon, 0.05 * 2);
    expectClose(sinkhornDivergence2([[500], [900], [7]], reference).epsilon, 0.05 * 2);
    expectClose(sinkhornDivergence2([[0], [2]], [[7], [7]]).epsilon, 0.05 * 2);
    expectClose(sinkhornDivergence2([[0]], [[3]]).epsilon, 0.05 * 9);
    expectClose(sinkhornDivergence2([[3]], [[3]]).epsilon, 0.05);
  });

  it('sees no spread in a reference of equal points, whatever their sum rounds to', () => {
    for (const count of [3, 7, 10]) {
      const equal = Array.from({ length: count }, () => [0.1, 1 / 3]);
      const x = [
        [0, 0],
        [1, 0],
      ];
      // The spread of x stands in: half of 0 and 1.
      expectClose(sinkhornDivergence2(x, equal).epsilon, 0.05 * 0.5);
    }
  });

  it('says so where the solver is stopped early', () => {
    const [x, y] = [normals('x', 30), normals('y', 30, 1)];
    expect(sinkhornDivergence2(x, y, { dim: 2, maxIterations: 1 }).status).toBe('max-iterations');
    expect(sinkhornDivergence2(x, y, { dim: 2 }).status).toBe('converged');
  });

  it('refuses ε that is not above 0', () => {
    expect(() => sinkhornDivergence2([[1]], [[1]], { epsilon: 0 })).toThrow('"epsilon"');
    expect(() => sinkhornDivergence2([[1]], [[1]], { blur: 1 } as never)).toThrow('got "blur"');
  });
});

describe('energyDistance', () => {
  it('is twice the integral of the squared difference of distribution functions on the line', () => {
    // F − G is ½ on [0, 1] and on [2, 4]: 2 · (¼ + ½).
    expectClose(energyDistance([0, 2], [1, 4], { dim: 1 }).squared, 1.5);
  });

  it('has an unbiased estimate, whose mean over pairs of samples is 0', () => {
    const values = Array.from({ length: 200 }, (_, k) => {
      const rng = createRng(11).fork(k);
      return energyDistance(gaussian(rng.fork('x'), 10), gaussian(rng.fork('y'), 12)).unbiased;
    });
    const mean = values.reduce((sum, each) => sum + each, 0) / 200;
    const sd = Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 199);
    expect(Math.abs(mean)).toBeLessThan((4 * sd) / Math.sqrt(200));
    expect(energyDistance([[0]], [[1]]).unbiased).toBeNaN();
  });
});

describe('maximumMeanDiscrepancy', () => {
  it('is the closed form between two points, 2 − 2k(x, y)', () => {
    expectClose(maximumMeanDiscrepancy([[0]], [[2]], { bandwidth: 2 }).squared, 2 - 2 * Math.exp(-0.5));
    const laplace = maximumMeanDiscrepancy([[0]], [[2]], { kernel: 'laplace', bandwidth: 4 });
    expectClose(laplace.squared, 2 - 2 * Math.exp(-0.5));
  });

  it('takes the median distance as its width unless told otherwise', () => {
    // Distances of 0, 1, 3, 7: 1, 3, 7, 2, 6, 4; the median is 3.5.
    expect(maximumMeanDiscrepancy([[0], [1]], [[3], [7]]).bandwidths).toEqual([3.5]);
    expect(maximumMeanDiscrepancy([[2], [2]], [[2]]).bandwidths).toEqual([1]);
  });

  it('looks at evenly spaced points for the median of many', () => {
    const [width] = maximumMeanDiscrepancy(normals('x', 1500), normals('y', 1500), { dim: 2 }).bandwidths;
    // The distance of two normal points of the plane is √2 times a Rayleigh variable of median √(2 log 2).
    expectClose(width, Math.SQRT2 * Math.sqrt(2 * Math.LN2), { relative: 0.05 });
  });

  it('tells all points apart by a width whose square is 0', () => {
    for (const kernel of ['gaussian', 'laplace'] as const) {
      const { squared } = maximumMeanDiscrepancy([[0], [1]], [[2], [3]], { kernel, bandwidth: 1e-310 });
      expect(squared).toBe(1);
    }
  });

  it('refuses unknown kernels and widths that are not above 0', () => {
    expect(() => maximumMeanDiscrepancy([[1]], [[1]], { kernel: 'cubic' as never })).toThrow('"kernel"');
    expect(() => maximumMeanDiscrepancy([[1]], [[1]], { bandwidth: 0 })).toThrow('"bandwidth"');
    expect(() => maximumMeanDiscrepancy([[1]], [[1]], { bandwidth: [1, -1] })).toThrow('"bandwidth[1]"');
    expect(() => maximumMeanDiscrepancy([[1]], [[1]], { bandwidth: [] })).toThrow('at least one width');
  });
});
