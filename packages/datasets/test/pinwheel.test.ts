import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { pinwheel } from '../src/index.js';
import { planarMoments } from './clouds.js';

describe('pinwheel', () => {
  it('has its points on the curves of the arms where nothing spreads across, and as many on each arm', () => {
    const [count, arms, twist] = [35_000, 7, 0.4];
    const { points } = pinwheel(createRng(1), count, { arms, radialSd: 0.1, tangentialSd: 0, twist });
    const shares = new Array<number>(arms).fill(0);
    for (let i = 0; i < points.length; i += 2) {
      const r = Math.hypot(points[i], points[i + 1]) / 2;
      // Clockwise: the polar angle is -(2πk / arms + twist · e^r).
      const turns = (-Math.atan2(points[i + 1], points[i]) - twist * Math.exp(r)) / (2 * Math.PI);
      const arm = Math.round(turns * arms);
      expect(Math.abs(turns * arms - arm)).toBeLessThan(1e-10);
      shares[((arm % arms) + arms) % arms]++;
    }
    // Binomial with mean n / 7 and standard deviation √(6n) / 7 = 66; five of them.
    for (const each of shares) expect(Math.abs(each - count / arms)).toBeLessThan(330);
  });

  it('has the moments that turning cannot change', () => {
    const count = 200_000;
    const [x, y, xx, xy, yy] = planarMoments(pinwheel(createRng(2), count));
    // Five arms evenly turned: mean 0 and a covariance that is a multiple of the identity, E |p|² = 4 (1 + 0.3² + 0.1²).
    // Five standard errors of means of variables with standard deviations below 4.
    const tolerance = 20 / Math.sqrt(count);
    for (const each of [x, y, xy, xx - 2.2, yy - 2.2]) expect(Math.abs(each)).toBeLessThan(tolerance);
  });

  it('stays finite at the ends of its options', () => {
    const { points } = pinwheel(createRng(3), 10_000, { arms: 1, radialSd: 10, tangentialSd: 10, twist: 1000 });
    expect(points.every(Number.isFinite)).toBe(true);
  });
});
