import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { scurve } from '../src/index.js';
import { planarMoments } from './clouds.js';

describe('scurve', () => {
  it('lies on two arcs of radius 1.5 around (0, ±1.5) without noise', () => {
    const { points } = scurve(createRng(1), 1000, { noise: 0 });
    for (let i = 0; i < points.length; i += 2) {
      // t > 0 gives cos t - 1 <= 0: the arc around (0, -1.5); t < 0 the one around (0, 1.5).
      const centre = points[i + 1] <= 0 ? -1.5 : 1.5;
      expect(Math.abs(Math.hypot(points[i], points[i + 1] - centre) - 1.5)).toBeLessThan(1e-12);
    }
  });

  it('has the moments of the curve plus the noise', () => {
    const count = 200000;
    const [x, y, xx, xy, yy] = planarMoments(scurve(createRng(2), count));
    // With t uniform on [-a, a): E sin² t = ½ and E (cos t - 1)² = ½ + 1 - 2 E cos t.
    const a = (3 * Math.PI) / 2;
    const meanCos = Math.sin(a) / a;
    const meanSquare = 0.5 + 1 - 2 * meanCos;
    // E sign(t) sin t (cos t - 1) = (1/a) ∫₀ᵃ (sin t cos t - sin t) dt = (1/a)(sin² a / 2 - 1 + cos a).
    const meanProduct = (Math.sin(a) ** 2 / 2 - 1 + Math.cos(a)) / a;
    // Five standard errors of means of variables with standard deviations below 5.
    const tolerance = 25 / Math.sqrt(count);
    expect(Math.abs(x)).toBeLessThan(tolerance);
    expect(Math.abs(y)).toBeLessThan(tolerance);
    expect(Math.abs(xx - 2.25 * (0.5 + 0.0025))).toBeLessThan(tolerance);
    expect(Math.abs(xy - 2.25 * meanProduct)).toBeLessThan(tolerance);
    expect(Math.abs(yy - 2.25 * (meanSquare + 0.0025))).toBeLessThan(tolerance);
  });
});
