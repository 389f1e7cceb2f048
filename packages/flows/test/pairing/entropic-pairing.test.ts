import { createRng } from '@brenier/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudSource, entropicPairing, exactPairing, independentPairing, type PointSource } from '../../src/index.js';
import { fixedSource, meanSquaredDistance, normalSource, sortedRows } from '../clouds.js';

describe('entropicPairing', () => {
  it('keeps the starts of the independent batch, each once, and takes its ends from that batch', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(0.05, 1, 50),
        (seed, count, epsilon) => {
          const [source, target] = [normalSource([0, 0]), normalSource([1, 2], 3)];
          const independent = independentPairing(source, target).draw(createRng(seed), count);
          const { x0, x1 } = entropicPairing(source, target, { epsilon }).draw(createRng(seed), count);
          expect(x0).toEqual(independent.x0);
          const ends = new Set(sortedRows(independent.x1, 2).map(String));
          for (const row of sortedRows(x1, 2)) expect(ends.has(String(row))).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('draws each end from the row of the entropic plan that a plain Sinkhorn iteration finds', () => {
    const [starts, ends, epsilon] = [[0, 1, 3], [0.5, 2, 2.5], 1.5];
    const plan = plainSinkhorn(starts, ends, epsilon);
    const pairing = entropicPairing(fixedSource(starts), fixedSource(ends), { epsilon, tolerance: 1e-10 });
    const draws = 2000;
    const seen = starts.map(() => ends.map(() => 0));
    for (let seed = 0; seed < draws; seed++) {
      pairing.draw(createRng(seed), 3).x1.forEach((end, i) => seen[i][ends.indexOf(end)]++);
    }
    // Frequencies of 2000 draws have standard deviation at most 0.0112; four of them.
    starts.forEach((_, i) =>
      ends.forEach((__, j) => expect(Math.abs(seen[i][j] / draws - 3 * plan[i][j])).toBeLessThan(0.045)),
    );
  });

  it('has the endpoint covariance (√(4+σ⁴) − σ²)/2 of the Schrödinger bridge between normal laws, at ε = 2σ²', () => {
    for (const sigma of [0.5, 1, 2]) {
      const [source, target] = [normalSource([0]), normalSource([0])];
      const { x0, x1 } = entropicPairing(source, target, { epsilon: 2 * sigma * sigma }).draw(createRng(3), 1500);
      const covariance = x0.reduce((sum, x, i) => sum + x * x1[i], 0) / 1500;
      // 0.618… at σ = 1. Standard errors of a covariance of 1500 pairs are below √2/√1500 = 0.037; three of them.
      expect(Math.abs(covariance - (Math.sqrt(4 + sigma ** 4) - sigma ** 2) / 2)).toBeLessThan(0.11);
    }
  });

  it('becomes the exact pairing as epsilon falls', () => {
    const [source, target] = [normalSource([0, 0]), normalSource([4, 0], 2)];
    const exact = exactPairing(source, target).draw(createRng(5), 12);
    const options = { epsilon: 2e-3, tolerance: 1e-4, maxIterations: 100_000 };
    const entropic = entropicPairing(source, target, options).draw(createRng(5), 12);
    expect(entropic.x1).toEqual(exact.x1);
  });

  it('becomes the independent pairing as epsilon grows', () => {
    const [source, target] = [normalSource([0]), normalSource([0])];
    const { x0, x1 } = entropicPairing(source, target, { epsilon: 1e6 }).draw(createRng(6), 1000);
    const correlation = x0.reduce((sum, x, i) => sum + x * x1[i], 0) / 1000;
    // Four standard errors of 1/√1000.
    expect(Math.abs(correlation)).toBeLessThan(0.13);
  });

  it('costs more the larger epsilon is', () => {
    const [source, target] = [normalSource([0, 0]), normalSource([3, 0])];
    const costs = [0.02, 0.5, 4, 100].map((epsilon) => {
      const { x0, x1 } = entropicPairing(source, target, { epsilon }).draw(createRng(7), 400);
      return meanSquaredDistance(x0, x1, 2);
    });
    for (let k = 1; k < costs.length; k++) expect(costs[k]).toBeGreaterThan(costs[k - 1]);
  });

  it('uses every end once in the mean', () => {
    const ends = [0, 1, 2, 10];
    const pairing = entropicPairing(fixedSource([0, 0.1, 5, 6]), fixedSource(ends), { epsilon: 1 });
    const uses = ends.map(() => 0);
    for (let seed = 0; seed < 1000; seed++) {
      for (const end of pairing.draw(createRng(seed), 4).x1) uses[ends.indexOf(end)]++;
    }
    // The variance of the uses of an end is at most 3/4 a draw; four standard errors, and the tolerance of 1e-3.
    for (const each of uses) expect(Math.abs(each / 1000 - 1)).toBeLessThan(4 * Math.sqrt(0.75 / 1000) + 2e-3);
  });

  it('gives the same pairs for the same generator, whatever was drawn before', () => {
    const pairing = entropicPairing(normalSource([0, 0]), normalSource([1, 1]), { epsilon: 0.02 });
    const first = pairing.draw(createRng(1), 50);
    pairing.draw(createRng(2), 70);
    expect(pairing.draw(createRng(1), 50)).toEqual(first);
    expect(pairing.draw(createRng(3), 50)).not.toEqual(first);
  });

  it('pairs single points, coinciding ones, and clouds that are far from the origin', () => {
    const [source, target] = [normalSource([0]), normalSource([1])];
    expect(entropicPairing(source, target, { epsilon: 1 }).draw(createRng(2), 1)).toEqual(
      independentPairing(source, target).draw(createRng(2), 1),
    );
    const same = cloudSource({ points: [3, 3, 3], count: 3, dim: 1 });
    expect(entropicPairing(same, same, { epsilon: 1e-3 }).draw(createRng(0), 17).x1).toEqual(
      new Float64Array(17).fill(3),
    );
    const offset = 2 ** 20;
    const far: PointSource = { dim: 1, draw: (rng, count) => source.draw(rng, count).map((x) => x + offset) };
    const { x0, x1 } = entropicPairing(far, far, { epsilon: 0.01 }).draw(createRng(0), 100);
    // At ε = 0.01 an end is about √(ε/2) = 0.07 from its start, beside the distance of neighbours in the batch.
    expect(meanSquaredDistance(x0, x1, 1)).toBeLessThan(0.1);
  });

  it('pairs every start even where the sweeps run out', () => {
    const pairing = entropicPairing(normalSource([0]), normalSource([9]), { epsilon: 1e-3, maxIterations: 1 });
    const { x0, x1 } = pairing.draw(createRng(0), 20);
    expect([x0.length, x1.every(Number.isFinite)]).toEqual([20, true]);
  });

  it('refuses options that are missing, unknown or out of range', () => {
    const source = normalSource([0]);
    const pairing = (options: unknown) => () => entropicPairing(source, source, options as { epsilon: number });
    expect(pairing(undefined)).toThrow('"epsilon" expected a finite number > 0, got undefined');
    expect(pairing({ epsilon: 0 })).toThrow('"epsilon" expected a finite number > 0, got 0');
    expect(pairing({ epsilon: Infinity })).toThrow(RangeError);
    expect(pairing({ epsilon: 1, tolerance: -1 })).toThrow('"tolerance"');
    expect(pairing({ epsilon: 1, maxIterations: 0 })).toThrow('"maxIterations"');
    expect(pairing({ epsilon: 1, sigma: 1 })).toThrow('got "sigma"');
    expect(() => entropicPairing(source, normalSource([0, 0]), { epsilon: 1 })).toThrow('"target.dim" expected 1');
    expect(() => entropicPairing(source, source, { epsilon: 1 }).draw(createRng(0), 0)).toThrow('"count"');
    expect(() => entropicPairing(source, source, { epsilon: 1 }).draw(null as never, 1)).toThrow(TypeError);
    expect(() => entropicPairing(source, normalSource([1e9]), { epsilon: 1e-9 }).draw(createRng(0), 2)).toThrow(
      '"epsilon" expected at least 2^-53 of the largest cost',
    );
  });
});

/** The entropic plan of equally weighted points of a line by the textbook iteration, good enough at such an ε. */
function plainSinkhorn(x: readonly number[], y: readonly number[], epsilon: number): number[][] {
  const kernel = x.map((from) => y.map((to) => Math.exp(-((from - to) ** 2) / epsilon)));
  const v = y.map(() => 1);
  const u = x.map(() => 1);
  for (let sweep = 0; sweep < 1000; sweep++) {
    x.forEach((_, i) => (u[i] = 1 / x.length / y.reduce((sum, __, j) => sum + kernel[i][j] * v[j], 0)));
    y.forEach((_, j) => (v[j] = 1 / y.length / x.reduce((sum, __, i) => sum + kernel[i][j] * u[i], 0)));
  }
  return x.map((_, i) => y.map((__, j) => u[i] * kernel[i][j] * v[j]));
}
