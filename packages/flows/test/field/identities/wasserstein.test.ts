import { slicedWasserstein2, wasserstein2 } from '@brenier/metrics';
import { buresWasserstein, emd, gaussianMap, slicedWasserstein } from '@brenier/ot-core';
import { createRng, fillNormal, fillUniform } from '@brenier/random';
import { convergenceOrder, expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { particleAction } from '../gaussian-actions.js';
import { combine, multiply, transpose } from '../plane-matrices.js';

const clouds = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 18, maxLength: 18 });

describe('W₂ and its sliced relative', () => {
  it('SW ≤ W, along every direction', () => {
    fc.assert(
      fc.property(clouds, clouds, fc.nat(), (x, y, seed) => {
        const full = emd(x, y, { dim: 3 }).cost;
        const { projectedCosts } = slicedWasserstein(x, y, { rng: createRng(seed), numProjections: 20, dim: 3 });
        for (const cost of projectedCosts) expect(cost).toBeLessThanOrEqual(full * (1 + 1e-12) + 1e-12);
      }),
    );
  });

  const sizes = [32, 64, 128, 256, 512];
  const repeats = 12;
  /** The mean over repeats of a distance between two samples of the unit cube, at every size. */
  function distances(dim: number, distance: (x: Float64Array, y: Float64Array) => number): number[] {
    const rng = createRng('rates').fork(dim);
    return sizes.map((n) => {
      const cube = (label: string) => fillUniform(rng.fork(label), new Float64Array(n * dim));
      let sum = 0;
      for (let r = 0; r < repeats; r++) sum += distance(cube(`x, ${n}, ${r}`), cube(`y, ${n}, ${r}`));
      return sum / repeats;
    });
  }
  const orderOf = (errors: number[]) =>
    convergenceOrder(
      sizes.map((n) => 1 / n),
      errors,
    ).order;

  it.each([3, 5])('E|W₂(μ̂ₙ, ν̂ₙ) − W₂(μ, ν)| = O(n^(−1/d)), and no better for equal laws, d = %i', (dim) => {
    const errors = distances(dim, (x, y) => wasserstein2(x, y, { dim }).value);
    // Standard error of the slope about 0.01 (spread of one distance 3 to 10 % over twelve repeats and five sizes). The edges of the cube
    // make small samples improve a little faster than the limit.
    expect(orderOf(errors)).toBeGreaterThan(1 / dim - 0.03);
    expect(orderOf(errors)).toBeLessThan(1 / dim + 0.06);
  });

  it('E|W₂(μ̂ₙ, ν̂ₙ) − W₂(μ, ν)| = O(n^(−1/d)), between translates, d = 3', () => {
    const shift = 0.5;
    const apart = (x: Float64Array, y: Float64Array) =>
      wasserstein2(
        x,
        y.map((each) => each + shift),
        { dim: 3 },
      ).value;
    const errors = distances(3, (x, y) => Math.abs(apart(x, y) - shift * Math.sqrt(3)));
    // Different smooth laws are told apart faster than the bound says: here the slope is about ½, with a standard error of 0.1.
    expect(orderOf(errors)).toBeGreaterThan(1 / 3 - 0.03);
  });

  it('E SW₂(μ̂ₙ, μ̂ₙ′) = O(n^(−½)), whatever d', () => {
    const rng = createRng('directions');
    const errors = [2, 8, 32].map((dim) =>
      distances(dim, (x, y) => slicedWasserstein2(rng, x, y, { dim, numProjections: 50 }).value),
    );
    // Slopes of ½; the few directions of small d vary together, so the spread of one distance is up to 40 %.
    for (const each of errors) expect(orderOf(each)).toBeGreaterThan(0.4);
    // And the distances themselves do not grow with d, while those of W₂ do: coordinates of one variance, directions of length 1.
    for (const each of errors) expect(each.at(-1)! / errors[0].at(-1)!).toBeLessThan(1.5);
  });
});

describe('W₂ between Gaussians', () => {
  const [start, end] = [
    [4, 0.6, 0.6, 0.25],
    [2, 1.5, 1.5, 2],
  ];
  const [p, q] = [
    { mean: [0, 0], covariance: start },
    { mean: [1, -2], covariance: end },
  ];
  const ends = { mean0: p.mean, mean1: q.mean, covariance0: start, covariance1: end };
  const { matrix } = gaussianMap(p, q);

  it('is Bures: W₂² = ‖m₀ − m₁‖² + tr(Σ₀ + Σ₁ − 2(Σ₀^½ Σ₁ Σ₀^½)^½), the cost of the optimal coupling', () => {
    const { cost } = buresWasserstein(p, q);
    // In the plane the trace of a root is √(tr + 2√det), by Cayley and Hamilton.
    const determinant = (s: number[]) => s[0] * s[3] - s[1] * s[2];
    const product = multiply(start, end);
    const root = Math.sqrt(product[0] + product[3] + 2 * Math.sqrt(determinant(start) * determinant(end)));
    expectClose(cost, 5 + 4.25 + 4 - 2 * root, { relative: 1e-13 });
    expectClose(particleAction({ ...ends, crossCovariance: multiply(start, transpose(matrix)) }), cost, {
      relative: 1e-13,
    });
  });

  it('is a minimum: no other joint Gaussian costs less', () => {
    const { cost } = buresWasserstein(p, q);
    const optimal = multiply(start, transpose(matrix));
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, fc.double({ min: -3.2, max: 3.2, noNaN: true }), (mixed, angle) => {
        // Cross-covariances C = L₀ (cQ) L₁ᵀ with a rotation Q and 0 ≤ c ≤ 1 are those of a law, and mixtures with the optimal one.
        const rotation = [Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle)];
        const turned = multiply(multiply(lower(start), rotation), transpose(lower(end)));
        const crossCovariance = combine(combine([0, 0, 0, 0], mixed, turned), 1 - mixed, optimal);
        expect(particleAction({ ...ends, crossCovariance })).toBeGreaterThanOrEqual(cost * (1 - 1e-12));
      }),
    );
  });

  it('is ‖b‖ between translates, of Gaussians and of samples', () => {
    const b = [3, -4];
    const shifted = { mean: [1 + b[0], 2 + b[1]], covariance: start };
    expectClose(buresWasserstein({ mean: [1, 2], covariance: start }, shifted).distance, 5, { relative: 1e-7 });
    const x = fillNormal(createRng('translates'), new Float64Array(200));
    const y = x.map((each, at) => each + b[at % 2]);
    expectClose(wasserstein2(x, y, { dim: 2 }).value, 5, { relative: 1e-12 });
  });
});

/** The Cholesky factor of a matrix of the plane. */
function lower(s: number[]): number[] {
  const first = Math.sqrt(s[0]);
  return [first, 0, s[1] / first, Math.sqrt(s[3] - (s[1] * s[1]) / s[0])];
}
