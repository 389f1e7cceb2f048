import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { transportTaskLaw, transportTasks, type EqualMixture, type PointCloud } from '../src/index.js';

const names = Object.keys(transportTasks) as (keyof typeof transportTasks)[];

/** Mean and second moments of the coordinates, and a fourth moment that tells the shape. */
function momentsOf({ points, count }: PointCloud, sd = 0) {
  const mean = (value: (x: number, y: number) => number) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += value(points[2 * i], points[2 * i + 1]) / count;
    return sum;
  };
  const v = sd * sd;
  return [
    mean((x) => x),
    mean((_, y) => y),
    mean((x) => x * x) + v,
    mean((_, y) => y * y) + v,
    mean((x, y) => x * y),
    // E(x + ξ)²(y + η)² = E x²y² + v(E x² + E y²) + v² for independent ξ, η of variance v.
    mean((x, y) => x * x * y * y) + v * mean((x, y) => x * x + y * y) + v * v,
  ];
}

describe('transportTaskLaw', () => {
  for (const name of names) {
    for (const side of ['source', 'target'] as const) {
      it(`has the moments of the samples of ${name}, ${side}`, () => {
        const law: EqualMixture = transportTaskLaw(name)[side];
        const n = 200_000;
        const sampled = momentsOf(transportTasks[name][side](createRng(5), n));
        const exact = momentsOf(law.means, law.sd);
        const scale = Math.sqrt(exact[2] + exact[3]);
        // Standard errors of moments of degree k are about scale^k/√n for these laws; six of them.
        const error = 6 / Math.sqrt(n);
        const degrees = [1, 1, 2, 2, 2, 4];
        exact.forEach((each, i) => expect(Math.abs(sampled[i] - each)).toBeLessThan(error * scale ** degrees[i]));
      });
    }
  }

  it('standardises the fourth source over all entries', () => {
    const [mx, my, sx, sy] = momentsOf(transportTaskLaw('moonsToEightGaussians').source.means, 0);
    const { sd } = transportTaskLaw('moonsToEightGaussians').source;
    expect(mx + my).toBeCloseTo(0, 12);
    expect((sx + sy) / 2 + sd * sd).toBeCloseTo(49, 10);
  });

  it('puts modes at most half a noise apart along the curves', () => {
    for (const law of [transportTaskLaw('moons').target, transportTaskLaw('scurve').target]) {
      const { points, count } = law.means;
      const gaps = Array.from({ length: count - 1 }, (_, i) =>
        Math.hypot(points[2 * i + 2] - points[2 * i], points[2 * i + 3] - points[2 * i + 1]),
      );
      // One gap of the moons is the jump from one half circle to the other.
      expect(gaps.filter((gap) => gap > 0.5 * law.sd).length).toBeLessThanOrEqual(1);
    }
  });

  it('gives each caller a law of its own', () => {
    for (const name of names) {
      for (const side of ['source', 'target'] as const) {
        const expected = transportTaskLaw(name)[side].means.points.slice();
        transportTaskLaw(name)[side].means.points.fill(7);
        expect(transportTaskLaw(name)[side].means.points).toEqual(expected);
      }
    }
  });

  it('has tips that fall short of those of a half circle as documented', () => {
    const { means, sd } = transportTaskLaw('moons').target;
    const density = (y: number, count: number, arc: (i: number) => readonly [number, number]) => {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const [u, v] = arc(i);
        sum += Math.exp(-((u + 3) ** 2 + (v - y) ** 2) / (2 * sd * sd)) / count;
      }
      return sum;
    };
    // The upper half circle ends at (−3, 0), far from the other; 20,000 modes stand for the curve.
    const fine = (i: number) => {
      const angle = (Math.PI * (i + 0.5)) / 20_000;
      return [2 * Math.cos(angle) - 1, 2 * Math.sin(angle)] as const;
    };
    const coarse = (i: number) => [means.points[2 * i], means.points[2 * i + 1]] as const;
    const error = (noises: number) =>
      density(-noises * sd, means.count / 2, coarse) / density(-noises * sd, 20_000, fine) - 1;
    [0.003, 0, -0.016, -0.047, -0.095, -0.155].forEach((expected, k) =>
      expect(Math.abs(error(k - 1) - expected)).toBeLessThan(0.001),
    );
  });

  it('refuses unknown names', () => {
    expect(() => transportTaskLaw('rings' as never)).toThrow('"name" expected one of "moons", "scurve"');
    expect(() => transportTaskLaw(4 as never)).toThrow(TypeError);
  });
});
