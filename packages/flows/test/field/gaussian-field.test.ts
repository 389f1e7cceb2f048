import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  brownianBridgeInterpolant,
  gaussianField,
  lipmanInterpolant,
  linearInterpolant,
  type JointGaussian,
} from '../../src/index.js';
import { logDensityAt, valuesOf } from './field-values.js';
import { correlatedPair } from './sample-fields.js';

const line = (covariance0: number, covariance1: number, crossCovariance = 0): JointGaussian => ({
  ...{ mean0: [0], mean1: [3], covariance0, covariance1, crossCovariance },
});

describe('gaussianField', () => {
  it('is the velocity m + (ts² − (1−t))/((1−t)² + t²s² + σ²)·(x − tm) on the line, noise included', () => {
    // From N(0, 1) to N(3, 4), independent: covariance of X₁ − X₀ with X_t over the variance of X_t.
    for (const sigma of [0, 0.5]) {
      const field = gaussianField(line(1, 4), { interpolant: linearInterpolant({ sigma }) });
      for (const t of [0, 0.25, 0.9, 1]) {
        const slope = (4 * t - (1 - t)) / ((1 - t) ** 2 + 4 * t * t + sigma * sigma);
        expectClose(valuesOf(field, [2], t)[0], 3 + slope * (2 - 3 * t), { relative: 1e-14 });
      }
    }
  });

  it('is the optimal velocity of Lipman et al. from noise to a point, up to and at the end', () => {
    // (x₁ − (1−σ)x)/(1 − (1−σ)t), their equation (21), which their interpolant from N(0, 1) gives exactly.
    const sigma = 0.1;
    const field = gaussianField(line(1, 0), { interpolant: lipmanInterpolant({ sigma }) });
    for (const t of [0, 0.5, 0.999, 1]) {
      expectClose(valuesOf(field, [0.7], t)[0], (3 - (1 - sigma) * 0.7) / (1 - (1 - sigma) * t), { relative: 1e-13 });
    }
  });

  it('has a limit at the ends of a Brownian bridge, where the noise sets in like √t', () => {
    // γγ' is ±σ²/2 there: slopes (−1 + σ²/2)/1 at 0 and (4 − σ²/2)/4 at 1.
    const sigma = 0.8;
    const bridge = brownianBridgeInterpolant({ sigma });
    // The rate of the variance is given, or its limit is read 1e-12 further in.
    const withoutRate = { at: (t: number) => ({ ...bridge.at(t), dVariance: undefined }) };
    for (const [interpolant, relative] of [
      [bridge, 1e-15],
      [withoutRate, 1e-11],
    ] as const) {
      const field = gaussianField(line(1, 4), { interpolant });
      expectClose(valuesOf(field, [1], 0)[0], 3 + (-1 + sigma ** 2 / 2), { relative });
      expectClose(valuesOf(field, [1], 1)[0], 3 + ((4 - sigma ** 2 / 2) / 4) * (1 - 3), { relative });
    }
  });

  it('keeps its digits until a path ends in a point, and refuses the point itself', () => {
    const field = gaussianField(line(1, 0));
    for (const gap of [1e-3, 1e-9, 1e-15]) {
      const t = 1 - gap;
      const x = 3 * t + 2 * (1 - t);
      // x is 2 standard deviations from the mean: the velocity is 3 − 2 wherever that is; x and t carry rounding of 1e-16.
      expectClose(valuesOf(field, [x], t)[0], 1, { absolute: 1e-15 / gap });
    }
    expect(() => valuesOf(field, [3], 1)).toThrow('"t" expected a time at which X_t has a density, got 1');
    expect(() => logDensityAt(field, [3], 1)).toThrow(RangeError);
    expect(field.marginal(1)).toEqual({ mean: Float64Array.of(3), covariance: Float64Array.of(0), dim: 1 });
    expect(valuesOf(gaussianField(line(0, 1)), [1], 1)[0]).toBe(1);
    expect(() => valuesOf(gaussianField(line(0, 1)), [0], 0)).toThrow(RangeError);
  });

  it('keeps its digits until a path ends in a plane, whichever way it lies', () => {
    const half = Math.SQRT1_2;
    // Onto the diagonal: the covariance (1, 1; 1, 1) has no width across.
    const field = gaussianField({ mean0: [0, 0], mean1: [0, 0], covariance0: 1, covariance1: [1, 1, 1, 1] });
    for (const gap of [1e-2, 1e-6, 1e-10, 1e-12]) {
      const t = 1 - gap;
      const across = [half * gap, -half * gap];
      // Along (1, −1) the law is (1−t)X₀, whose velocity at (1−t)x₀ is −x₀; the width of 1e-12 is left with four digits.
      expectAllClose(valuesOf(field, across, t), [-half, half], { absolute: 1e-15 / gap });
    }
    expect(() => valuesOf(field, [0, 0], 1)).toThrow(RangeError);
  });

  it('refuses a time at which opposite ends meet in a point', () => {
    const field = gaussianField({ mean0: [0], mean1: [0], covariance0: 1, covariance1: 1, crossCovariance: -1 });
    expectClose(valuesOf(field, [0.5], 0.25)[0], -2, { relative: 1e-12 });
    expect(() => valuesOf(field, [0], 0.5)).toThrow(RangeError);
  });

  it('does not lose the law in a huge offset, nor in coordinates of very different scales', () => {
    const offset = 2 ** 30;
    const shifted = { ...correlatedPair, mean0: [offset, offset], mean1: [offset + 3, offset - 2] };
    const centred = { ...correlatedPair, mean0: [0, 0], mean1: [3, -2] };
    expect(valuesOf(gaussianField(shifted), [offset + 1, offset + 2], 0.5)).toEqual(
      valuesOf(gaussianField(centred), [1, 2], 0.5),
    );
    // Coordinates in units of 1e100 and 1e-100, correlated: the field scales along.
    const scales = [1e100, 1e-100];
    const scaled = (m: number[]) => m.map((entry, at) => entry * scales[at >> 1] * scales[at & 1]);
    const joint = {
      ...{ mean0: [0, 0], mean1: [0, 0] },
      ...{ covariance0: [2, 0.5, 0.5, 1], covariance1: [1, -0.3, -0.3, 2], crossCovariance: [0.2, 0.1, -0.4, 0.3] },
    };
    const large = gaussianField({
      ...{ mean0: [0, 0], mean1: [0, 0], covariance0: scaled(joint.covariance0) },
      ...{ covariance1: scaled(joint.covariance1), crossCovariance: scaled(joint.crossCovariance) },
    });
    const expected = valuesOf(gaussianField(joint), [1, 2], 0.5).map((each, k) => each * scales[k]);
    const values = valuesOf(large, [1e100, 2e-100], 0.5);
    for (const k of [0, 1]) expectClose(values[k], expected[k], { relative: 1e-12 });
  });

  it('has the log density of its marginal', () => {
    const field = gaussianField(correlatedPair);
    const { mean, covariance } = field.marginal(0.3);
    const determinant = covariance[0] * covariance[3] - covariance[1] * covariance[2];
    const [a, b] = [1 - mean[0], 2 - mean[1]];
    const square = (covariance[3] * a * a - 2 * covariance[1] * a * b + covariance[0] * b * b) / determinant;
    const expected = -0.5 * square - 0.5 * Math.log(determinant) - Math.log(2 * Math.PI);
    expectClose(logDensityAt(field, [1, 2], 0.3), expected, { relative: 1e-13 });
  });

  it('takes any number of coordinates, and noise that is smaller than their rounding', () => {
    const dim = 30;
    const b = fillNormal(createRng('factor'), new Float64Array(4 * dim * dim));
    const joint = (i: number, j: number) =>
      b.subarray(i * 2 * dim, (i + 1) * 2 * dim).reduce((sum, each, k) => sum + each * b[j * 2 * dim + k], 0);
    const block = (rows: number, columns: number) =>
      Array.from({ length: dim * dim }, (_, at) => joint(rows + Math.floor(at / dim), columns + (at % dim)));
    const zeros = new Float64Array(dim);
    const ends = {
      ...{ mean0: zeros, mean1: zeros, covariance0: block(0, 0), covariance1: block(dim, dim) },
      crossCovariance: block(0, dim),
    };
    const x = fillNormal(createRng('x'), new Float64Array(dim));
    const plain = valuesOf(gaussianField(ends), x, 0.5);
    const noisy = valuesOf(gaussianField(ends, { interpolant: linearInterpolant({ sigma: 1e-12 }) }), x, 0.5);
    // Condition of about 1e4 for a random matrix of this size.
    expectAllClose(noisy, plain, { relative: 1e-10 });
  });

  it('refuses what is no law, naming it', () => {
    const pair = { mean0: [0, 0], mean1: [0, 0], covariance0: 1, covariance1: 1 };
    const refuse = (change: object, message: string) =>
      expect(() => gaussianField({ ...pair, ...change })).toThrow(message);
    refuse({ covariance0: -1 }, '"covariance0" expected a positive semidefinite matrix');
    refuse({ covariance1: [1, 2, 2, 1] }, '"covariance1" expected a positive semidefinite matrix');
    refuse({ covariance1: [1, 0.5, 0.4, 1] }, '"covariance1" expected a symmetric matrix');
    refuse({ covariance0: [1, 0, 0] }, '"covariance0" expected length 4, got 3');
    refuse({ covariance0: [1, NaN, NaN, 1] }, '"covariance0[1]" expected a finite number, got NaN');
    refuse({ crossCovariance: 1.1 }, '"crossCovariance" expected a covariance that ends of these covariances can have');
    refuse({ covariance0: 0, crossCovariance: 0.1 }, '"crossCovariance"');
    refuse({ mean1: [0] }, '"mean1" expected length 2, got 1');
    refuse({ mean0: [] }, '"mean0" expected at least one coordinate');
    refuse({ mean0: [Infinity, 0] }, '"mean0[0]"');
    refuse({ covariance: 1 }, 'got "covariance"');
    expect(() => gaussianField(pair, { sigma: 1 } as never)).toThrow('got "sigma"');
    expect(() => gaussianField(pair, { interpolant: {} } as never)).toThrow('"interpolant.at" expected a function');
    expect(() => gaussianField(pair, { interpolant: null } as never)).toThrow('"interpolant" expected an object');
  });

  it('refuses an interpolant that gives no numbers', () => {
    const broken = { at: () => ({ ...linearInterpolant().at(0.5), dBeta: NaN }) };
    expect(() => valuesOf(gaussianField(line(1, 1), { interpolant: broken }), [0], 0.5)).toThrow(
      'interpolant.at(0.5).dBeta',
    );
    const steep = { at: () => ({ ...linearInterpolant().at(0.5), gamma: 1, dGamma: Infinity }) };
    expect(() => valuesOf(gaussianField(line(1, 1), { interpolant: steep }), [0], 0.5)).toThrow('dGamma');
  });
});
