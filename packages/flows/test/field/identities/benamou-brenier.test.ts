import { trajectoryEnergy, wasserstein2 } from '@brenier/metrics';
import { buresWasserstein, emd, gaussianMap, type PermutationCoupling } from '@brenier/ot-core';
import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { gaussianField, type JointGaussian } from '../../../src/index.js';
import { jacobianOf, valuesOf } from '../field-values.js';
import { fluidAction } from '../gaussian-actions.js';
import { apply, combine, inverse, multiply, planeIdentity, trace, transpose } from '../plane-matrices.js';

const start = [4, 0.6, 0.6, 0.25];
const end = [2, 1.5, 1.5, 2];
const [from, to] = [
  { mean: [0, 0], covariance: start },
  { mean: [1, -2], covariance: end },
];
const pair = (crossCovariance: number | number[]): JointGaussian => ({
  ...{ mean0: from.mean, mean1: to.mean, covariance0: start, covariance1: end, crossCovariance },
});
const optimalPair = pair(multiply(start, transpose(gaussianMap(from, to).matrix)));
const squared = buresWasserstein(from, to).cost;

describe('the displacement interpolation of two finite measures', () => {
  const rng = createRng('displacement');
  const dim = 2;
  const x0 = fillNormal(rng.fork(0), new Float64Array(2 * 80));
  const x1 = fillNormal(rng.fork(1), new Float64Array(2 * 80), { mean: 1, sd: 2 });
  const plan = emd(x0, x1, { dim });
  const { columnOfRow } = plan.coupling as PermutationCoupling;
  const at = (t: number) => x0.map((x, i) => (1 - t) * x + t * x1[columnOfRow[Math.floor(i / dim)] * dim + (i % dim)]);

  it('has W₂(μ_s, μ_t) = |s − t| W₂(μ₀, μ₁)', () => {
    for (const [s, t] of [
      [0, 0.25],
      [0.2, 0.7],
      [0.9, 0.4],
      [0.5, 0.5],
    ]) {
      // Both sides are exact solutions, compared as squares; where s = t the points agree to rounding.
      const expected = (s - t) ** 2 * plan.cost;
      expectClose(wasserstein2(at(s), at(t), { dim }).squared, expected, { relative: 1e-11, absolute: 1e-28 });
    }
  });

  it('has the action W₂²(μ₀, μ₁)', () => {
    const times = Float64Array.of(0, 0.1, 0.35, 0.8, 1);
    const states = [...times].map(at);
    expectClose(trajectoryEnergy(times, states, { dim }), plan.cost, { relative: 1e-12 });
  });

  it('has less action than any other way to pair the points', () => {
    const shifted = columnOfRow.map((_, i) => columnOfRow[(i + 1) % columnOfRow.length]);
    const ends = x0.map((_, i) => x1[shifted[Math.floor(i / dim)] * dim + (i % dim)]);
    expect(trajectoryEnergy(Float64Array.of(0, 1), [x0, ends], { dim })).toBeGreaterThan(plan.cost);
  });
});

describe('the field of the optimal Gaussian coupling', () => {
  it('has the action W₂², and no other coupling of the ends has less', () => {
    // Simpson's rule on a smooth integrand; the joint covariance is singular, which costs half of the digits.
    expectClose(fluidAction(gaussianField(optimalPair)), squared, { relative: 1e-6 });
    for (const cross of [0, 0.2, -0.2, [0.1, 0.3, -0.2, 0.1]]) {
      expect(fluidAction(gaussianField(pair(cross)))).toBeGreaterThan(squared);
    }
  });

  it('is a geodesic: W₂(μ_s, μ_t) = |s − t| W₂(μ₀, μ₁)', () => {
    const { marginal } = gaussianField(optimalPair);
    for (const [s, t] of [
      [0, 0.4],
      [0.25, 0.75],
      [0.6, 1],
    ]) {
      expectClose(buresWasserstein(marginal(s), marginal(t)).cost, (s - t) ** 2 * squared, { relative: 1e-9 });
    }
  });
});

describe('the divergence-free part of a field', () => {
  // Correlated ends whose velocity turns. With the score s = −Σ⁻¹(x − m), a skew matrix S makes the field S s, of no divergence
  // against the density: div(p S s) = div(S ∇p) = 0. One S makes v − S s a gradient.
  const field = gaussianField(pair([0.2, 0.4, -0.3, 0.1]));
  const t = 0.4;
  const { mean, covariance } = field.marginal(t);
  const slope = jacobianOf(field, mean, t);
  const precision = inverse(covariance);
  const quarterTurn = [0, -1, 1, 0];
  const turning = multiply(quarterTurn, precision);
  const amount = (slope[2] - slope[1]) / (turning[2] - turning[1]);
  const divergenceFree = combine([0, 0, 0, 0], amount, turning);
  const gradientPart = combine(slope, -amount, turning);
  /** E⟨A(X−m), B(X−m)⟩ under the law at t. */
  const product = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    trace(multiply(multiply(a, covariance), transpose(b)));

  it('leaves the density unchanged: div w + ⟨w, ∇log p⟩ = 0 everywhere', () => {
    expect(Math.abs(amount)).toBeGreaterThan(0.1);
    for (const x of [
      [0, 0],
      [1, -2],
      [-3, 0.5],
    ]) {
      const w = apply(divergenceFree, [x[0] - mean[0], x[1] - mean[1]]);
      const score = valuesOf(field.score, x, t);
      expectClose(trace(divergenceFree) + w[0] * score[0] + w[1] * score[1], 0, { absolute: 1e-12 });
    }
  });

  it('leaves the density unchanged: with it and without, Σ_t changes by KΣ_t + Σ_tKᵀ', () => {
    const change = (k: ArrayLike<number>) => {
      const half = multiply(k, covariance);
      return combine(half, 1, transpose(half));
    };
    const [before, after] = [field.marginal(t - 1e-5).covariance, field.marginal(t + 1e-5).covariance];
    const measured = combine(after, -1, before).map((entry) => entry / 2e-5);
    // Central differences of a quadratic are exact but for rounding, 1e-16 over 1e-5.
    expectAllClose(change(slope), measured, { relative: 1e-9 });
    expectAllClose(change(gradientPart), measured, { relative: 1e-9 });
  });

  it('is orthogonal to the gradient part, which has the least action of all fields that move the density alike', () => {
    expectClose(gradientPart[1], gradientPart[2], { absolute: 1e-14 });
    expectClose(product(gradientPart, divergenceFree), 0, { absolute: 1e-13 });
    const least = product(gradientPart, gradientPart);
    for (const factor of [-2, -0.5, 0.1, 1, 3]) {
      const other = combine(gradientPart, factor, turning);
      expectClose(product(other, other), least + factor ** 2 * product(turning, turning), { relative: 1e-12 });
    }
  });

  it('is the whole field where a round Gaussian only turns', () => {
    const crossCovariance = transpose(quarterTurn);
    const round = gaussianField({ mean0: [0, 0], mean1: [0, 0], covariance0: 2, covariance1: 2, crossCovariance });
    // Half way between equal ends Cov(X₁ − X₀, X_½) = ½(Cᵀ − C), and the variance is at its least, 1.
    expectAllClose(jacobianOf(round, [0, 0], 0.5), quarterTurn, { absolute: 1e-15 });
    expectAllClose(round.marginal(0.5).covariance, planeIdentity, { relative: 1e-15 });
  });
});
