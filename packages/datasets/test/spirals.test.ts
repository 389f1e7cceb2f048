import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { spirals } from '../src/index.js';
import { planarMoments } from './clouds.js';

describe('spirals', () => {
  it('lies on two spirals without jitter and noise, half of the points on each', () => {
    const count = 20_000;
    const { points } = spirals(createRng(1), count, { jitter: 0, noise: 0 });
    let first = 0;
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i], points[i + 1]];
      const angle = 3 * Math.hypot(x, y);
      expect(angle).toBeLessThan(3 * Math.PI);
      const along = (-x * Math.cos(angle) + y * Math.sin(angle)) * (3 / angle);
      expect(Math.abs(Math.abs(along) - 1)).toBeLessThan(1e-10);
      if (along > 0) first++;
    }
    // Binomial with standard deviation √n / 2 = 71; five of them.
    expect(Math.abs(first - count / 2)).toBeLessThan(355);
  });

  it('shifts a spiral by less than the jitter along each axis, away from the other', () => {
    const [count, jitter] = [1000, 0.3];
    const plain = spirals(createRng(2), count, { jitter: 0, noise: 0 }).points;
    const shifted = spirals(createRng(2), count, { jitter, noise: 0 }).points;
    for (let i = 0; i < plain.length; i += 2) {
      const shifts = [shifted[i] - plain[i], shifted[i + 1] - plain[i + 1]];
      expect(Math.sign(shifts[0])).toBe(Math.sign(shifts[1]));
      for (const each of shifts) expect(Math.abs(each)).toBeLessThan(jitter / 3);
    }
  });

  it('has the squared distance of its law from the origin', () => {
    const count = 200_000;
    const [x, y, xx, , yy] = planarMoments(spirals(createRng(3), count, { jitter: 0 }));
    // E φ² / 9 = π² E w = π² / 2, and the noise twice.
    const tolerance = 20 / Math.sqrt(count);
    for (const each of [x, y, xx + yy - Math.PI ** 2 / 2 - 0.02]) expect(Math.abs(each)).toBeLessThan(tolerance);
  });
});
