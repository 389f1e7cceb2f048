import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { swissRoll } from '../src/index.js';
import { planarMoments } from './clouds.js';

describe('swissRoll', () => {
  it('is rolled up once and a half without noise', () => {
    const { points } = swissRoll(createRng(1), 1000, { noise: 0 });
    for (let i = 0; i < points.length; i += 2) {
      const t = 5 * Math.hypot(points[i], points[i + 1]);
      expect(t).toBeGreaterThanOrEqual(1.5 * Math.PI - 1e-12);
      expect(t).toBeLessThan(4.5 * Math.PI + 1e-12);
      const miss = Math.hypot(5 * points[i] - t * Math.cos(t), 5 * points[i + 1] - t * Math.sin(t));
      expect(miss).toBeLessThan(1e-11);
    }
  });

  it('has the moments of the curve plus the noise', () => {
    const count = 200_000;
    const [x, y, xx, , yy] = planarMoments(swissRoll(createRng(2), count));
    const [a, b] = [1.5 * Math.PI, 4.5 * Math.PI];
    // The means of t cos t, t sin t and t² over [a, b], each divided by 5 a factor.
    const meanX = (b * Math.sin(b) + Math.cos(b) - a * Math.sin(a) - Math.cos(a)) / (b - a) / 5;
    const meanY = (Math.sin(b) - b * Math.cos(b) - Math.sin(a) + a * Math.cos(a)) / (b - a) / 5;
    const meanSquare = (b ** 3 - a ** 3) / (3 * (b - a)) / 25 + 2 / 25;
    // Five standard errors of means of variables with standard deviations below 4.
    const tolerance = 20 / Math.sqrt(count);
    expect(Math.abs(x - meanX)).toBeLessThan(tolerance);
    expect(Math.abs(y - meanY)).toBeLessThan(tolerance);
    expect(Math.abs(xx + yy - (meanSquare - meanX ** 2 - meanY ** 2))).toBeLessThan(tolerance);
  });
});
