import { emd, gaussianMap, type PermutationCoupling } from '@brenier/ot-core';
import { createRng, fillNormal } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { empiricalField, gaussianField, linearInterpolant, type JointGaussian } from '../../../src/index.js';
import { logDensityAt, valuesOf } from '../field-values.js';
import { fluidAction, meanConditionalVariance, particleAction } from '../gaussian-actions.js';
import { multiply, transpose } from '../plane-matrices.js';

const [start, end] = [
  [4, 0.6, 0.6, 0.25],
  [2, 1.5, 1.5, 2],
];
const pair = (crossCovariance: number | number[]): JointGaussian => ({
  ...{ mean0: [0, 0], mean1: [1, -2], covariance0: start, covariance1: end, crossCovariance },
});

describe('the particle action E‖X₁ − X₀‖²', () => {
  it('is the fluid action plus E Var(velocity | position), for Gaussian ends', () => {
    for (const cross of [0, 0.2, [0.2, 0.4, -0.3, 0.1]]) {
      const joint = pair(cross);
      const variance = meanConditionalVariance(joint);
      // Simpson's rule on both sides, of integrands that vary over a tenth of the time.
      expectClose(fluidAction(gaussianField(joint)) + variance, particleAction(joint), { relative: 1e-8 });
      expect(variance).toBeGreaterThan(0.1);
    }
  });

  it('is the fluid action alone for the optimal coupling: its variance term is 0', () => {
    const { matrix } = gaussianMap({ mean: [0, 0], covariance: start }, { mean: [1, -2], covariance: end });
    const joint = pair(multiply(start, transpose(matrix)));
    // The joint covariance is singular, so the field keeps half of the digits.
    expectClose(fluidAction(gaussianField(joint)), particleAction(joint), { relative: 1e-6 });
  });

  it('is the fluid action plus E Var(velocity | position), for finitely many pairs with noise', () => {
    const pairs = { x0: [-1, 0, 2], x1: [2, 0.5, -1] };
    const sigma = 0.4;
    const field = empiricalField(pairs, { dim: 1, interpolant: linearInterpolant({ sigma }) });
    let [fluid, variance] = [0, 0];
    const [times, places] = [20, 200];
    for (let a = 0; a < times; a++) {
      const t = (a + 0.5) / times;
      for (let b = 0; b < places; b++) {
        const x = -5 + (11 * (b + 0.5)) / places;
        const mass = (Math.exp(logDensityAt(field, [x], t)) * 11) / places / times;
        const [velocity] = valuesOf(field, [x], t);
        fluid += mass * velocity * velocity;
        variance += mass * spread(x, t, velocity);
      }
    }
    const particles = pairs.x0.reduce((sum, x, i) => sum + (pairs.x1[i] - x) ** 2, 0) / 3;
    // Midpoint sums: exact in x to rounding, for a smooth integrand that vanishes at the ends, and at every t the two parts add up to
    // the same.
    expectClose(fluid + variance, particles, { relative: 1e-9 });
    expect(variance).toBeGreaterThan(1);

    /** Var(X₁ − X₀ | X_t = x) from the densities of the pairs. */
    function spread(x: number, t: number, mean: number): number {
      const weights = pairs.x0.map((x0, i) =>
        Math.exp(-((x - (1 - t) * x0 - t * pairs.x1[i]) ** 2) / (2 * sigma * sigma)),
      );
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return weights.reduce((sum, w, i) => sum + (w / total) * (pairs.x1[i] - pairs.x0[i] - mean) ** 2, 0);
    }
  });
});

describe('the pairs of an optimal coupling', () => {
  const count = 60;
  const rng = createRng('monotone');
  const x0 = fillNormal(rng.fork(0), new Float64Array(2 * count));
  const x1 = fillNormal(rng.fork(1), new Float64Array(2 * count), { mean: 1, sd: 2 });
  const { columnOfRow } = emd(x0, x1, { dim: 2 }).coupling as PermutationCoupling;
  const from = (i: number) => [x0[2 * i], x0[2 * i + 1]];
  const to = (i: number) => [x1[2 * columnOfRow[i]], x1[2 * columnOfRow[i] + 1]];
  const square = (x: number[], y: number[]) => (x[0] - y[0]) ** 2 + (x[1] - y[1]) ** 2;

  it('are cyclically monotone: no 2-cycle improves', () => {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) {
        const kept = square(from(i), to(i)) + square(from(j), to(j));
        // The solver is exact up to its certificate, 1e-12 of the largest cost of about 100.
        expect(kept).toBeLessThanOrEqual(square(from(i), to(j)) + square(from(j), to(i)) + 1e-10);
      }
    }
  });

  it('are cyclically monotone: no longer cycle improves', () => {
    const cycles = fc.uniqueArray(fc.nat({ max: count - 1 }), { minLength: 3, maxLength: 8 });
    fc.assert(
      fc.property(cycles, (cycle) => {
        const sum = (cost: (i: number, next: number) => number) =>
          cycle.reduce((total, i, k) => total + cost(i, cycle[(k + 1) % cycle.length]), 0);
        const kept = sum((i) => square(from(i), to(i)));
        expect(kept).toBeLessThanOrEqual(sum((i, next) => square(from(i), to(next))) + 1e-10);
      }),
    );
  });

  it('do not cross: they stay (1−t)‖xᵢ − xⱼ‖ and t‖yᵢ − yⱼ‖ apart', () => {
    let least = Infinity;
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) {
        for (const t of [0.1, 0.5, 0.8]) {
          const at = (k: number) => from(k).map((x, axis) => (1 - t) * x + t * to(k)[axis]);
          const bound = Math.max((1 - t) ** 2 * square(from(i), from(j)), t * t * square(to(i), to(j)));
          least = Math.min(least, square(at(i), at(j)) / bound);
        }
      }
    }
    // The inner product of the differences is not negative, to the certificate; the points are at least 0.01 apart.
    expect(least).toBeGreaterThanOrEqual(1 - 1e-6);
  });

  it('do cross where they are not optimal: 2-cycles that improve meet in the middle', () => {
    const field = empiricalField({ x0: [-1, 1], x1: [1, -1] }, { dim: 1, interpolant: linearInterpolant() });
    expect(valuesOf(field, [0], 0.5)).toEqual(Float64Array.of(0));
    expect(emd([-1, 1], [1, -1], { dim: 1 }).cost).toBe(0);
  });
});
