import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { eightGaussians, eightGaussiansMixture, eightGaussiansTutorial, type PointCloud } from '../src/index.js';
import { modeCounts, planarMoments } from './clouds.js';

describe('eightGaussians', () => {
  it('has exactly equal counts where 8 divides the number of points', () => {
    expect(modeCounts(eightGaussians(createRng(1), 4000, { sd: 0.1 }))).toEqual(new Array(8).fill(500));
  });

  it('spreads a remainder over randomly chosen modes', () => {
    const lucky = new Array<number>(8).fill(0);
    for (let seed = 0; seed < 400; seed++) {
      const counts = modeCounts(eightGaussians(createRng(seed), 11, { sd: 0.1 }));
      expect(counts.toSorted()).toEqual([1, 1, 1, 1, 1, 2, 2, 2]);
      counts.forEach((each, mode) => (lucky[mode] += each - 1));
    }
    // Each mode gets an extra point with probability 3/8: mean 150, standard deviation 9.7; five of them.
    lucky.forEach((each) => expect(Math.abs(each - 150)).toBeLessThan(49));
  });

  it('draws a single point from any of the modes', () => {
    const modes = new Set<number>();
    for (let seed = 0; seed < 100; seed++) modes.add(modeCounts(eightGaussians(createRng(seed), 1)).indexOf(1));
    expect(modes.size).toBe(8);
  });

  it('has covariance radius²/2 + sd² along both axes', () => {
    const count = 80000;
    const moments = planarMoments(eightGaussians(createRng(2), count));
    // Five standard errors; the largest variance, that of the square of a coordinate, is below 13.5² · 2.
    [0, 0, 13.5, 0, 13.5].forEach((expected, i) => {
      expect(Math.abs(moments[i] - expected)).toBeLessThan((5 * 13.5 * Math.SQRT2) / Math.sqrt(count));
    });
  });
});

describe('eightGaussiansMixture', () => {
  it('has binomial mode counts', () => {
    const counts = modeCounts(eightGaussiansMixture(createRng(3), 8000, { radius: 12, sd: 1.5 }));
    const chiSquare = counts.reduce((sum, each) => sum + (each - 1000) ** 2 / 1000, 0);
    // χ² with 7 degrees of freedom exceeds 44 with probability 2e-7 and is below 0.1 with probability 1e-5: equal counts
    // would give 0.
    expect(chiSquare).toBeLessThan(44);
    expect(chiSquare).toBeGreaterThan(0.1);
  });
});

describe('eightGaussiansTutorial', () => {
  it('has radius 5 and the standard deviation 0.1^¼ within a mode', () => {
    const count = 40000;
    const cloud = eightGaussiansTutorial(createRng(4), count);
    expect(Math.abs(spread(cloud, 5) / 0.1 ** 0.25 - 1)).toBeLessThan(5 / Math.sqrt(4 * count));
  });
});

/** The root mean square distance along an axis of the points to their nearest modes. */
function spread({ points, count }: PointCloud, radius: number): number {
  let squares = 0;
  for (let i = 0; i < points.length; i += 2) {
    const angle = (Math.round(Math.atan2(points[i + 1], points[i]) / (Math.PI / 4)) * Math.PI) / 4;
    squares += (points[i] - radius * Math.cos(angle)) ** 2 + (points[i + 1] - radius * Math.sin(angle)) ** 2;
  }
  return Math.sqrt(squares / (2 * count));
}
