import { createRng } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brownianBridgeInterpolant,
  flowMatching,
  linearInterpolant,
  lipmanInterpolant,
  scoreMatching,
  storedPairing,
  trigonometricInterpolant,
  type FlowMatchingOptions,
  type Interpolant,
} from '../../src/index.js';

type Path = 'linear' | 'lipman' | 'bridge' | 'trigonometric';
const interpolantOf: Record<Path, (sigma: number) => Interpolant> = {
  linear: (sigma) => linearInterpolant({ sigma }),
  lipman: (sigma) => lipmanInterpolant({ sigma: sigma / 2 }),
  bridge: (sigma) => brownianBridgeInterpolant({ sigma }),
  trigonometric: (sigma) => trigonometricInterpolant({ sigma }),
};

/** Mean and standard deviation of x_t, as they are published; the noise of Lipman's path is x₀. */
function published(path: Path, sigma: number, t: number, x0: number, x1: number): [mean: number, deviation: number] {
  switch (path) {
    case 'linear':
      return [(1 - t) * x0 + t * x1, sigma];
    case 'lipman':
      return [t * x1 + (1 - (1 - sigma / 2) * t) * x0, 0];
    case 'bridge':
      return [(1 - t) * x0 + t * x1, sigma * Math.sqrt(t * (1 - t))];
    case 'trigonometric':
      return [Math.cos((Math.PI * t) / 2) * x0 + Math.sin((Math.PI * t) / 2) * x1, sigma];
  }
}

/** The velocity of x_t = mean + deviation·ε, as it is published. */
function publishedVelocity(path: Path, sigma: number, t: number, [x0, x1, noise]: [number, number, number]): number {
  switch (path) {
    case 'linear':
      return x1 - x0;
    case 'lipman': {
      const x = published(path, sigma, t, x0, x1)[0];
      return (x1 - (1 - sigma / 2) * x) / (1 - (1 - sigma / 2) * t);
    }
    case 'bridge':
      return ((1 - 2 * t) / (2 * t * (1 - t))) * sigma * Math.sqrt(t * (1 - t)) * noise + x1 - x0;
    case 'trigonometric':
      return (Math.PI / 2) * (Math.cos((Math.PI * t) / 2) * x1 - Math.sin((Math.PI * t) / 2) * x0);
  }
}

const cases = fc.record({
  path: fc.constantFrom<Path[]>('linear', 'lipman', 'bridge', 'trigonometric'),
  sigma: fc.double({ min: 0.05, max: 2, noNaN: true }),
  batchSize: fc.integer({ min: 1, max: 6 }),
  dim: fc.integer({ min: 1, max: 5 }),
  seed: fc.integer(),
  numbers: fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 30, maxLength: 30 }),
});

describe('objectives on random pairs, times, noise and shapes', () => {
  it('have the points, velocities and scores of the published formulas', () => {
    fc.assert(
      fc.property(cases, ({ path, sigma, batchSize, dim, seed, numbers }) => {
        const pairing = storedPairing({ dim, x0: numbers.slice(0, 3 * dim), x1: numbers.slice(15, 15 + 3 * dim) });
        const options: FlowMatchingOptions = { pairing, interpolant: interpolantOf[path](sigma), batchSize };
        const { t, x, target } = flowMatching(options).draw(createRng(seed));
        const score = path === 'lipman' ? undefined : scoreMatching(options).draw(createRng(seed));
        const { x0, x1 } = pairing.draw(createRng(seed).fork('pairing'), batchSize);
        for (let j = 0; j < x.length; j++) {
          const time = t[Math.floor(j / dim)];
          const [mean, deviation] = published(path, sigma, time, x0[j], x1[j]);
          // The noise is told by the score, rounded to float32, and it makes the point: right to 1e-5 of 100.
          const noise = score ? -score.target[j] * deviation : 0;
          expect(Math.abs(noise)).toBeLessThan(8.3);
          expectClose(x[j], mean + deviation * noise, { relative: 1e-6, absolute: 1e-5 });
          const velocity = publishedVelocity(path, sigma, time, [x0[j], x1[j], noise]);
          // Targets are float32 and of size 500 at most; the published fraction of Lipman's path divides by 0.025 at worst.
          expectClose(target[j], velocity, { relative: 1e-6, absolute: 1e-4 });
          if (score) expectClose(score.weight![Math.floor(j / dim)], deviation ** 2, { relative: 1e-6 });
        }
      }),
      { numRuns: 200 },
    );
  });
});
