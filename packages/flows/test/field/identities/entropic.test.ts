import { emd, independentCoupling, marginals, sinkhorn, toDense } from '@brenier/ot-core';
import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';

const count = 10;
const rng = createRng('entropic');
const x = fillNormal(rng.fork('x'), new Float64Array(2 * count));
const y = fillNormal(rng.fork('y'), new Float64Array(2 * count), { mean: 1, sd: 1.5 });
const squares = Float64Array.from({ length: count * count }, (_, at) => {
  const [i, j] = [Math.floor(at / count), at % count];
  return (x[2 * i] - y[2 * j]) ** 2 + (x[2 * i + 1] - y[2 * j + 1]) ** 2;
});
const uniform = new Float64Array(count).fill(1 / count);
const independent = independentCoupling(uniform, uniform).plan;
const exact = toDense(emd(x, y, { dim: 2 }).coupling).plan;
const entropicPlan = (epsilon: number, tolerance = 1e-13) =>
  toDense(sinkhorn(x, y, { dim: 2, epsilon, tolerance, maxIterations: 100_000 }).coupling).plan;

describe('entropic optimal transport', () => {
  it('tends to optimal transport as ε → 0', () => {
    const misplaced = (epsilon: number) =>
      entropicPlan(epsilon, 1e-6).reduce((sum, mass, at) => sum + Math.abs(mass - exact[at]), 0);
    const distances = [3, 1, 0.3, 0.1].map(misplaced);
    for (let k = 1; k < distances.length; k++) expect(distances[k]).toBeLessThan(distances[k - 1]);
    // All mass would be 2; what is misplaced falls like exp(−gap/ε) with the gap to the second best plan.
    expect(distances.at(-1)).toBeLessThan(0.4);
  });

  it('tends to the independent coupling as ε → ∞', () => {
    // Plans are exp(−c/ε) up to scalings, and c is below 100.
    for (const epsilon of [1e4, 1e6, 1e8]) {
      expectAllClose(entropicPlan(epsilon), independent, { relative: 100 / epsilon });
    }
  });
});

describe('the static Schrödinger bridge for σ times a Brownian motion', () => {
  const sigma = 0.8;
  const plan = entropicPlan(2 * sigma ** 2);
  /** The law of the ends of the reference, given the starts: Brownian transition densities over time 1. */
  const reference = squares.map((square) => Math.exp(-square / (2 * sigma ** 2)));
  const divergence = (p: Float64Array) =>
    p.reduce((sum, mass, at) => sum + (mass > 0 ? mass * Math.log(mass / reference[at]) : 0), 0);

  it('is the entropic plan with ε = 2σ², for the cost ‖x − y‖²: the reference times a function of each end', () => {
    const ratio = plan.map((mass, at) => mass / reference[at]);
    for (let i = 1; i < count; i++) {
      for (let j = 1; j < count; j++) {
        const cross = (ratio[i * count + j] * ratio[0]) / (ratio[i * count] * ratio[j]);
        // The potentials meet the plan to rounding; masses go down to 1e-12, with all their digits.
        expect(Math.abs(cross - 1)).toBeLessThan(1e-9);
      }
    }
    const sums = marginals(sinkhorn(x, y, { dim: 2, epsilon: 2 * sigma ** 2, tolerance: 1e-13 }).coupling);
    expectAllClose(sums.a, uniform, { relative: 1e-11 });
    expectAllClose(sums.b, uniform, { relative: 1e-11 });
  });

  it('is nearer to the reference, in KL, than any other coupling of the ends', () => {
    const least = divergence(plan);
    for (const other of [independent, exact, entropicPlan(sigma ** 2), entropicPlan(4 * sigma ** 2)]) {
      for (const share of [0.01, 0.3, 1]) {
        expect(divergence(plan.map((mass, at) => (1 - share) * mass + share * other[at]))).toBeGreaterThan(least);
      }
    }
  });
});
