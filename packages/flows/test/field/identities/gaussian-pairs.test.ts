import { applyAffineMap, gaussianMap } from '@brenier/ot-core';
import { dormandPrince, integrate } from '@brenier/samplers';
import { expectAllClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussianField, linearInterpolant, trigonometricInterpolant } from '../../../src/index.js';
import { valuesOf } from '../field-values.js';
import { apply, combine, inverse, multiply, planeIdentity, transpose } from '../plane-matrices.js';

const method = dormandPrince({ relativeTolerance: 1e-10, absoluteTolerance: 1e-10 });
const entry = fc.double({ min: -2, max: 2, noNaN: true });
/** Covariances of (X₀, X₁) in the plane, as BBᵀ + I/10 with B of four rows. */
const jointCovariances = fc.array(entry, { minLength: 16, maxLength: 16 }).map((b) => {
  const at = (i: number, j: number) =>
    [0, 1, 2, 3].reduce((sum, k) => sum + b[4 * i + k] * b[4 * j + k], i === j ? 0.1 : 0);
  const block = (i: number, j: number) => [at(i, j), at(i, j + 1), at(i + 1, j), at(i + 1, j + 1)];
  return { covariance0: block(0, 0), covariance1: block(2, 2), crossCovariance: block(0, 2) };
});

describe('a Gaussian pair with covariance blocks Σ₀, Σ₀₁, Σ₁', () => {
  it('has v_t(x) = (((1−t)Σ₀₁ + tΣ₁) Σ_t⁻¹ − I) x / (1−t) with Σ_t = (1−t)²Σ₀ + t(1−t)(Σ₀₁ + Σ₁₀) + t²Σ₁', () => {
    const inside = fc.double({ min: 0, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(jointCovariances, inside, entry, entry, (blocks, t, x, y) => {
        // In the formula Σ₀₁ is Cov(X₁, X₀), the transpose of Cov(X₀, X₁).
        const cross = transpose(blocks.crossCovariance);
        const ofBoth = combine(cross, 1, blocks.crossCovariance);
        const spread = combine([0, 0, 0, 0], (1 - t) ** 2, blocks.covariance0);
        const law = combine(combine(spread, t * (1 - t), ofBoth), t * t, blocks.covariance1);
        const towards = combine(combine(cross, -t, cross), t, blocks.covariance1);
        const slope = combine(multiply(towards, inverse(law)), -1, planeIdentity);
        const expected = apply(slope, [x, y]).map((each) => each / (1 - t));
        const field = gaussianField({ mean0: [0, 0], mean1: [0, 0], ...blocks });
        // Condition numbers reach 1e4, and 1 − t loses a digit or two in the formula.
        expectAllClose(valuesOf(field, [x, y], t), expected, { relative: 1e-9, absolute: 1e-9 });
        expectAllClose(field.marginal(t).covariance, law, { relative: 1e-12 });
      }),
    );
  });

  it('flows to the optimal map at t = 1, if the ends are independent and jointly diagonalisable', () => {
    const rotation = [0.6, -0.8, 0.8, 0.6];
    const withAxes = (a: number, b: number) => multiply(multiply(rotation, [a, 0, 0, b]), transpose(rotation));
    const [start, end] = [withAxes(4, 0.25), withAxes(1, 9)];
    const ends = { mean0: [1, 0], mean1: [-2, 3], covariance0: start, covariance1: end };
    const x0 = [1, 0, 2, -1, -3, 0.5, 0, 4];
    const { final } = integrate(gaussianField(ends), x0, { method });
    const map = gaussianMap({ mean: ends.mean0, covariance: start }, { mean: ends.mean1, covariance: end });
    // The integrator's tolerance per step, over a few dozen steps.
    expectAllClose(final, applyAffineMap(map, x0).points, { relative: 1e-8 });
  });

  it('flows to another map at t = 1, if the ends are independent and not jointly diagonalisable', () => {
    const [start, end] = [
      [4, 0, 0, 0.25],
      [2, 1.5, 1.5, 2],
    ];
    const field = gaussianField({ mean0: [0, 0], mean1: [0, 0], covariance0: start, covariance1: end });
    const { final } = integrate(field, [1, 0, 0, 1], { method });
    const flow = transpose(final);
    // It carries one law to the other, but its matrix is not symmetric, as that of a gradient is.
    expectAllClose(multiply(multiply(flow, start), transpose(flow)), end, { relative: 1e-8 });
    expect(Math.abs(flow[1] - flow[2])).toBeGreaterThan(0.1);
  });

  it('follows the displacement interpolation at constant speed, if the coupling is the optimal one', () => {
    const [start, end] = [
      [4, 0, 0, 0.25],
      [2, 1.5, 1.5, 2],
    ];
    const { matrix } = gaussianMap({ mean: [0, 0], covariance: start }, { mean: [1, 2], covariance: end });
    const crossCovariance = multiply(start, transpose(matrix));
    const field = gaussianField({
      mean0: [0, 0],
      mean1: [1, 2],
      covariance0: start,
      covariance1: end,
      crossCovariance,
    });
    const x = [1, 2];
    const image = apply(matrix, x).map((each, k) => each + [1, 2][k]);
    const velocity = image.map((each, k) => each - x[k]);
    for (const t of [0, 0.3, 0.7, 1]) {
      const onTheWay = x.map((each, k) => (1 - t) * each + t * image[k]);
      // The joint covariance is singular: its factor keeps about 1e-15 of it, whose root over the least spread is the error.
      expectAllClose(valuesOf(field, onTheWay, t), velocity, { relative: 1e-6 });
    }
  });
});

describe('independent ends of unit variance', () => {
  const ends = { mean0: [0, 0], mean1: [0, 0], covariance0: 1, covariance1: 1 };

  it('keep unit variance along the trigonometric interpolant', () => {
    const field = gaussianField(ends, { interpolant: trigonometricInterpolant() });
    for (const t of [0, 0.1, 0.25, 0.5, 0.8, 1])
      expectAllClose(field.marginal(t).covariance, planeIdentity, { relative: 1e-15 });
    expect(Math.max(...valuesOf(field, [1, -2], 0.4).map(Math.abs))).toBeLessThan(1e-15);
  });

  it('have variance 0.5 at t = ½ along the linear interpolant', () => {
    expect(gaussianField(ends, { interpolant: linearInterpolant() }).marginal(0.5).covariance).toEqual(
      Float64Array.of(0.5, 0, 0, 0.5),
    );
  });
});
