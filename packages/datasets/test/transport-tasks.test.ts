import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { eightGaussians, gaussian, moons, scurve, transportTasks } from '../src/index.js';
import { modeCounts, planarMoments } from './clouds.js';

describe('transportTasks', () => {
  it('names the four columns of the table', () => {
    const titles = Object.values(transportTasks).map(({ title }) => title);
    expect(titles).toEqual(['moons', 'scurve', '8gaussians', 'moons→8gaussians']);
  });

  it('starts the first three from N(0, I) and ends them in the clouds of their names', () => {
    const { moons: a, scurve: b, eightGaussians: c } = transportTasks;
    for (const task of [a, b, c]) expect(task.source(createRng(1), 9)).toEqual(gaussian(createRng(1), 9));
    expect(a.target(createRng(2), 9)).toEqual(moons(createRng(2), 9));
    expect(b.target(createRng(2), 9)).toEqual(scurve(createRng(2), 9));
    expect(c.target(createRng(2), 9)).toEqual(eightGaussians(createRng(2), 9));
  });

  it('standardises the moons of the fourth over all entries of the sample, times 7', () => {
    const { points } = transportTasks.moonsToEightGaussians.source(createRng(3), 500);
    const mean = points.reduce((sum, each) => sum + each, 0) / 1000;
    const square = points.reduce((sum, each) => sum + each * each, 0) / 1000;
    expect(Math.abs(mean)).toBeLessThan(1e-12);
    expect(Math.abs(square - 49)).toBeLessThan(1e-10);
    // One mean for both coordinates: they keep their difference, (½ - ¼) · 7/sd, where sd² is the mean of the variances
    // 0.75 and 0.244, plus 1/64 for the difference, plus 0.01 of noise: 0.523.
    const [x, y, xx, , yy] = planarMoments({ points, count: 500, dim: 2 });
    expect(Math.abs(x - y - 1.75 / Math.sqrt(0.523))).toBeLessThan(0.15);
    expect(xx / yy).toBeGreaterThan(2.5);
  });

  it('draws the modes of the last target at random, on radius 12 with sd 1.5', () => {
    const cloud = transportTasks.moonsToEightGaussians.target(createRng(4), 8000);
    expect(new Set(modeCounts(cloud)).size).toBeGreaterThan(1);
    const moments = planarMoments(cloud);
    // Covariance 12²/2 + 1.5² = 74.25; five standard errors of the square of a coordinate.
    [0, 0, 74.25, 0, 74.25].forEach((expected, i) => {
      expect(Math.abs(moments[i] - expected)).toBeLessThan((5 * 74.25 * Math.SQRT2) / Math.sqrt(8000));
    });
  });

  it('cannot be changed by one user for another', () => {
    expect(Object.isFrozen(transportTasks)).toBe(true);
    expect(Object.values(transportTasks).every(Object.isFrozen)).toBe(true);
  });
});
