import { createRng, fillUniform, type Rng } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { certifySemidiscrete, semidiscrete } from '../../src/index.js';

const uniform = (dim: number) => (rng: Rng, count: number) => ({
  points: fillUniform(rng, new Float64Array(count * dim)),
  count,
  dim,
});

describe('certifySemidiscrete', () => {
  it('estimates χ² without bias', () => {
    // Cells of the unit interval at ½ with weights ¼ and ¾: χ² = (¼)²/¼ + (¼)²/¾ = ⅓. And the right weights: 0.
    const cells = { points: Float64Array.of(0, 1), count: 2, dim: 1 };
    const g = new Float64Array(2);
    for (const [b, expected] of [
      [Float64Array.of(0.25, 0.75), 1 / 3],
      [Float64Array.of(0.5, 0.5), 0],
    ] as const) {
      const estimates = Array.from({ length: 200 }, (_, k) => {
        const plan = { target: cells, b, g, epsilon: 0 };
        return certifySemidiscrete(createRng(1).fork(k), uniform(1), plan, { draws: 50 }).chiSquare;
      });
      const mean = estimates.reduce((sum, each) => sum + each.mean, 0) / 200;
      const sd = Math.sqrt(estimates.reduce((sum, each) => sum + (each.mean - mean) ** 2, 0) / 199);
      expectClose(mean, expected, { absolute: (4 * sd) / Math.sqrt(200) });
      const claimed = estimates.reduce((sum, each) => sum + each.standardError, 0) / 200;
      // To leading order, and for an even split the counts say more than the formula assumes.
      expect(claimed / sd).toBeGreaterThan(0.6);
      expect(claimed / sd).toBeLessThan(2);
    }
  });

  it('gives a lower bound for every potential, by weak duality', () => {
    const cells = { points: Float64Array.of(0, 1), count: 2, dim: 1 };
    const b = Float64Array.of(0.5, 0.5);
    for (const tilt of [-3, -0.1, 0, 0.4]) {
      const plan = { target: cells, b, g: Float64Array.of(tilt, -tilt), epsilon: 0 };
      const { dual } = certifySemidiscrete(createRng(2), uniform(1), plan, { draws: 4000 });
      // The optimum is 1/12.
      expect(dual.mean).toBeLessThan(1 / 12 + 4 * dual.standardError);
    }
  });

  it('refuses what is no plan', () => {
    expect(() => certifySemidiscrete(createRng(0), uniform(1), {} as never)).toThrow('"plan" expected a plan');
    const plan = semidiscrete(createRng(0), uniform(1), [[0]]);
    expect(() => certifySemidiscrete(createRng(0), uniform(1), plan, { draws: 1 })).toThrow('"draws"');
  });
});
