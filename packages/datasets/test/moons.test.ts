import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { moons, moonsTutorial } from '../src/index.js';
import { planarMoments } from './clouds.js';

/** The distance of a point to the nearer of the two half circles, scaled by 2 and shifted by (-1, 0). */
function distanceToHalfCircles(x: number, y: number): number {
  const upper = y >= 0 ? Math.abs(Math.hypot(x + 1, y) - 2) : Infinity;
  const lower = y <= 1 ? Math.abs(Math.hypot(x - 1, y - 1) - 2) : Infinity;
  return Math.min(upper, lower);
}

describe('moons', () => {
  it('lies on two half circles of radius 2 without noise, floor(n / 2) points on the upper one', () => {
    const { points } = moons(createRng(1), 101, { noise: 0 });
    let upper = 0;
    for (let i = 0; i < points.length; i += 2) {
      expect(distanceToHalfCircles(points[i], points[i + 1])).toBeLessThan(1e-12);
      if (Math.abs(Math.hypot(points[i] + 1, points[i + 1]) - 2) < 1e-12 && points[i + 1] > -1e-12) upper++;
    }
    expect(upper).toBe(50);
  });

  it('has the evenly spaced angles of make_moons, both ends included', () => {
    const { points } = moons(createRng(1), 10, { noise: 0 });
    const rows = Array.from({ length: 10 }, (_, i) => [points[2 * i], points[2 * i + 1]]);
    // Origin: sklearn.datasets.make_moons(10, shuffle=False) is (cos, sin)(kπ/4) and (1 - cos, ½ - sin)(kπ/4); then
    // (2x - 1, 2y).
    const r = Math.SQRT2;
    const expected = [
      [1, 0],
      [r - 1, r],
      [-1, 2],
      [-r - 1, r],
      [-3, 0],
      [-1, 1],
      [1 - r, 1 - r],
      [1, -1],
      [1 + r, 1 - r],
      [3, 1],
    ];
    for (const [x, y] of expected) {
      expect(rows.filter((row) => Math.hypot(row[0] - x, row[1] - y) < 1e-12).length).toBe(1);
    }
  });

  it('has the mean and covariance of the two arcs plus the noise', () => {
    const count = 100000;
    const [x, y, xx, xy, yy] = planarMoments(moons(createRng(2), count));
    // Upper arc (cos, sin), lower arc (1 - cos, ½ - sin), angles uniform on [0, π]: E sin = 2/π, E cos = E sin cos = 0,
    // E sin² = E cos² = ½; the mean of the two arcs' moments.
    const meanY = (2 / Math.PI + (0.5 - 2 / Math.PI)) / 2;
    const meanSquareX = (0.5 + 1.5) / 2;
    const meanSquareY = (0.5 + (0.25 - 2 / Math.PI + 0.5)) / 2;
    const meanProduct = (0 + (0.5 - 2 / Math.PI)) / 2;
    // The angles are not random: the noise and the 1/n of the two ends are all that is left.
    // Its standard errors are 0.1/√n = 3e-4 for the means and about 8e-4 for the squares.
    expect(Math.abs(x)).toBeLessThan(2e-3);
    expect(Math.abs(y - 2 * meanY)).toBeLessThan(2e-3);
    expect(Math.abs(xx - 4 * (meanSquareX - 0.25 + 0.0025))).toBeLessThan(5e-3);
    expect(Math.abs(xy - 4 * (meanProduct - 0.5 * meanY))).toBeLessThan(5e-3);
    expect(Math.abs(yy - 4 * (meanSquareY - meanY ** 2 + 0.0025))).toBeLessThan(5e-3);
  });

  it('puts the points in random order: a part of the cloud looks like the whole', () => {
    const { points } = moons(createRng(3), 2000, { noise: 0 });
    const upper = points.subarray(0, 1000).filter((y, i) => i % 2 === 1 && y > 1).length;
    // Two thirds of the upper arc exceed y = 1, that is 666 of 2000 points; 500 are looked at: hypergeometric with mean
    // 500/3 and standard deviation 9; four of them.
    expect(Math.abs(upper - 500 / 3)).toBeLessThan(38);
  });
});

describe('moonsTutorial', () => {
  it('is three times the half circles minus 1 without noise', () => {
    const { points } = moonsTutorial(createRng(1), 50, { noise: 0 });
    for (let i = 0; i < points.length; i += 2) {
      // Undo 3·m - 1 and apply the map of the other variant, whose circles are the known ones.
      const [x, y] = [(points[i] + 1) / 3, (points[i + 1] + 1) / 3];
      expect(distanceToHalfCircles(2 * x - 1, 2 * y)).toBeLessThan(1e-12);
    }
  });

  it('shifts both coordinates of a point by one number in [0, 3 noise)', () => {
    const rng = createRng(2);
    const { points } = moonsTutorial(rng, 2, { noise: 0.2 });
    // Two points: the angle 0 of either arc, at (1, 0) and (0, ½) before the noise.
    const [first, second] = [points.slice(0, 2), points.slice(2)];
    const sorted = first[0] > second[0] ? [...first, ...second] : [...second, ...first];
    const shifts = [sorted[0] - 2, sorted[1] + 1, sorted[2] + 1, sorted[3] - 0.5];
    expect(shifts.every((each) => each >= 0 && each < 0.6)).toBe(true);
    expect(shifts[0]).toBeCloseTo(shifts[1], 12);
    expect(shifts[2]).toBeCloseTo(shifts[3], 12);
  });
});
