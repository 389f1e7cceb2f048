import { createRng, fillNormal } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wasserstein2 } from '../src/index.js';

const cloud = (dim: number) =>
  fc
    .array(fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: dim, maxLength: dim }), {
      minLength: 1,
      maxLength: 12,
    })
    .map((rows) => rows.map((row) => Float64Array.from(row)));

const normals = (label: string, count: number, sd = 1, mean = 0) =>
  fillNormal(createRng(1).fork(label), new Float64Array(2 * count), { sd, mean });

describe('wasserstein2', () => {
  it('is the length of the shift between translates', () => {
    fc.assert(
      fc.property(cloud(3), fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -50, max: 50, noNaN: true }))), (x, b) => {
        const y = x.map((row) => row.map((each, k) => each + b[k]));
        const expected = b.reduce((sum, each) => sum + each * each, 0);
        // Exact to 1e-12 of the largest squared distance, 3·250² at most; the sums x + b are rounded to 2⁻⁴⁶.
        expectClose(wasserstein2(x, y).squared, expected, { absolute: 2e-7 });
      }),
    );
  });

  it('is a metric: 0 on the diagonal, symmetric, with the triangle inequality', () => {
    fc.assert(
      fc.property(cloud(2), cloud(2), cloud(2), (x, y, z) => {
        const [xy, yz, xz] = [wasserstein2(x, y).value, wasserstein2(y, z).value, wasserstein2(x, z).value];
        // Errors of 1e-12 of a squared distance of 80,000 come out of the root as 3e-4 near 0, else far below.
        expect(wasserstein2(x, x).value).toBeLessThan(1e-3);
        expectClose(wasserstein2(y, x).squared, xy * xy, { absolute: 1e-6 });
        expect(xz).toBeLessThanOrEqual(xy + yz + 1e-3);
      }),
    );
  });

  it('proves its value', () => {
    const { value, squared, status, certificate } = wasserstein2(normals('x', 200), normals('y', 150, 2), { dim: 2 });
    expect(status).toBe('optimal');
    expectClose(value * value, squared);
    expectClose(certificate.primal, squared);
    const rounding = 1e-11 * certificate.largestCost;
    expect(certificate.gap).toBeLessThan(rounding);
    expect(certificate.worstViolation).toBeLessThan(rounding);
    expect(certificate.marginalError).toBeLessThan(1e-12);
  });

  it('approaches the closed form between Gaussians as the samples grow', () => {
    // N(0, I₂) to N((2, 2), 9 I₂): W2² = |mean difference|² + 2(3 − 1)² = 16, the Bures distance of scalar covariances.
    const errors = [50, 500, 3000].map((count) =>
      Math.abs(wasserstein2(normals('x', count), normals('y', count, 3, 2), { dim: 2 }).value - 4),
    );
    // The mean of the difference has standard error √(10/n) per coordinate; three of them, and the O(n^-½ log n) floor.
    errors.forEach((error, k) => expect(error).toBeLessThan([1.5, 0.5, 0.2][k]));
  });

  it('weighs all points equally, whatever their number', () => {
    expect(wasserstein2([[0]], [[1], [3]]).squared).toBe(5);
    expect(wasserstein2([[0], [0], [1]], [[0], [1], [1]]).squared).toBeCloseTo(1 / 3, 12);
  });

  it('does not lose the distance in a huge offset', () => {
    const offset = 2 ** 30;
    const x = normals('x', 100).map((each) => Math.round(each * 256) / 256);
    const y = x.map((each) => each + 3);
    const shifted = wasserstein2(
      x.map((each) => each + offset),
      y.map((each) => each + offset),
      { dim: 2 },
    );
    expectClose(shifted.squared, 18, { relative: 1e-10 });
  });

  it('takes one point, and duplicates', () => {
    expect(wasserstein2([[1, 2]], [[1, 2]]).value).toBe(0);
    expect(wasserstein2([[1], [1], [1]], [[4], [4], [4]]).value).toBe(3);
  });

  it('refuses what is no cloud of finite points', () => {
    expect(() => wasserstein2([], [[1]])).toThrow(RangeError);
    expect(() => wasserstein2([[NaN]], [[1]])).toThrow(RangeError);
    expect(() => wasserstein2([[1]], [[Infinity]])).toThrow(RangeError);
    expect(() => wasserstein2([[1]], [[1, 2]])).toThrow(RangeError);
    expect(() => wasserstein2([1, 2], [3])).toThrow('"dim"');
    expect(() => wasserstein2('x' as never, [[1]])).toThrow(TypeError);
    expect(() => wasserstein2([[1]], [[1]], { p: 2 } as never)).toThrow('got "p"');
  });
});
