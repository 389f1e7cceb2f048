import { createRng, fillNormal } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { gaussian } from '../src/index.js';
import { planarMoments } from './clouds.js';

describe('gaussian', () => {
  it('is fillNormal in the shape of a cloud', () => {
    const { points, dim } = gaussian(createRng(3), 4, { dim: 3, mean: 1, sd: 2 });
    expect(dim).toBe(3);
    expect(points).toEqual(fillNormal(createRng(3), new Float64Array(12), { mean: 1, sd: 2 }));
  });

  it('has mean 0 and unit covariance by default', () => {
    const count = 100000;
    const moments = planarMoments(gaussian(createRng(4), count));
    // Five standard errors; the largest variance among the five statistics is that of z², 2.
    [0, 0, 1, 0, 1].forEach((expected, i) => {
      expect(Math.abs(moments[i] - expected)).toBeLessThan(5 * Math.sqrt(2 / count));
    });
  });

  it('says what is too large for memory', () => {
    expect(() => gaussian(createRng(1), 2 ** 31 - 1, { dim: 1e6 })).toThrow(
      '"count" expected a cloud that memory holds, got 2147483647 points of dimension 1000000',
    );
  });

  it('may be a point mass', () => {
    expect(gaussian(createRng(1), 2, { dim: 1, mean: -7, sd: 0 }).points).toEqual(new Float64Array([-7, -7]));
  });
});
