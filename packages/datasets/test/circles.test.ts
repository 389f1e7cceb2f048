import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { circles } from '../src/index.js';
import { planarMoments } from './clouds.js';

describe('circles', () => {
  it('lies on the circles without noise, each with its share of the points', () => {
    const count = 40_000;
    const radii = [0, 1, 2, 4];
    const { points } = circles(createRng(1), count, { radii, noise: 0 });
    const shares = [0, 0, 0, 0];
    for (let i = 0; i < points.length; i += 2) {
      const circle = radii.findIndex((radius) => Math.abs(Math.hypot(points[i], points[i + 1]) - radius) < 1e-12);
      expect(circle).not.toBe(-1);
      shares[circle]++;
    }
    // Binomial with mean n / 4 and standard deviation √(3n / 16) = 87; five of them.
    for (const each of shares) expect(Math.abs(each - count / 4)).toBeLessThan(435);
  });

  it('has the moments of uniform angles plus the noise', () => {
    const count = 200_000;
    const [x, y, xx, xy, yy] = planarMoments(circles(createRng(2), count));
    // E |p|² is the mean square radius, half of it along each axis; the noise adds its variance.
    const expected = (1.5 ** 2 + 3 ** 2) / 4 + 0.24 ** 2;
    // Five standard errors of means of variables with standard deviations below 4.
    const tolerance = 20 / Math.sqrt(count);
    for (const each of [x, y, xy, xx - expected, yy - expected]) expect(Math.abs(each)).toBeLessThan(tolerance);
  });
});
