import { createRng, fillNormal, type Rng } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  featureFrechetDistance,
  gaussianFrechetDistance,
  gaussianKl,
  samplingFloor,
  wasserstein2,
} from '../src/index.js';

const scalar = fc.record({
  mean: fc.double({ min: -5, max: 5, noNaN: true }),
  sd: fc.double({ min: 0.1, max: 5, noNaN: true }),
});

const line = ({ mean, sd }: { mean: number; sd: number }) => ({ mean: [mean], covariance: [sd * sd] });

const normals =
  (dim: number, sd = 1) =>
  (rng: Rng, count: number) => ({
    points: fillNormal(rng, new Float64Array(dim * count), { sd }),
    count,
    dim,
  });

describe('gaussianFrechetDistance', () => {
  it('is √((m − m′)² + (s − s′)²) on the line', () => {
    fc.assert(
      fc.property(scalar, scalar, (p, q) => {
        const expected = (p.mean - q.mean) ** 2 + (p.sd - q.sd) ** 2;
        expectClose(gaussianFrechetDistance(line(p), line(q)).squared, expected, { absolute: 1e-13 });
      }),
    );
  });

  it('takes moments and points alike, and bounds W2 of the points from below (Gelbrich)', () => {
    const x = normals(2)(createRng(1), 80);
    const y = normals(2, 2)(createRng(2), 80);
    const { value } = gaussianFrechetDistance(x, y);
    // With n in the denominator instead of n − 1 the bound is exact; the factor √(80/79) is allowed for.
    expect(value).toBeLessThan(wasserstein2(x, y).value * Math.sqrt(80 / 79));
    const { squared, meanPart, covariancePart } = gaussianFrechetDistance(x, {
      mean: [0, 0],
      covariance: [1, 0, 0, 1],
    });
    expectClose(squared, meanPart + covariancePart);
    expect(squared).toBeLessThan(0.1);
  });

  it('refuses one point, and what is neither points nor moments', () => {
    expect(() => gaussianFrechetDistance([[1]], [[1], [2]])).toThrow('"x" expected at least 2 points, got 1');
    expect(() => gaussianFrechetDistance(3 as never, [[1], [2]])).toThrow(TypeError);
    expect(() => gaussianFrechetDistance({ mean: [0], covariance: [-1] }, [[1], [2]])).toThrow('semidefinite');
    expect(() =>
      gaussianFrechetDistance(
        [
          [1, 2],
          [3, 4],
        ],
        [[1], [2]],
      ),
    ).toThrow('"y" expected dimension 2 like "x", got dimension 1');
  });

  it('refuses points whose squares overflow', () => {
    expect(() => gaussianFrechetDistance([[1e160], [0]], [[1], [2]])).toThrow('"x" expected points whose squares');
    expect(() => gaussianKl([[1], [2]], [[1e160], [0]])).toThrow('"q" expected points whose squares');
  });

  it('calls its arguments by their names', () => {
    const unit = { mean: [0], covariance: [1] };
    expect(() => gaussianFrechetDistance({ mean: [0], covariance: [NaN] }, unit)).toThrow('"x.covariance[0]" expected');
    expect(() => gaussianFrechetDistance(unit, { mean: [NaN], covariance: [1] })).toThrow('"y.mean[0]" expected');
    expect(() => gaussianFrechetDistance(unit, { mean: [0], covariance: [-1] })).toThrow(
      '"y.covariance" expected a positive',
    );
    const skew = { mean: [0, 0], covariance: [1, 0.5, 0, 1] };
    expect(() => gaussianFrechetDistance(skew, skew)).toThrow('"x.covariance" expected a symmetric matrix');
    expect(() => gaussianFrechetDistance({ mean: [0], covariance: [1, 0] }, unit)).toThrow(
      '"x.covariance" expected length 1',
    );
  });
});

describe('featureFrechetDistance', () => {
  it('is 0 between equal sets, and takes dead features', () => {
    const features = Array.from({ length: 20 }, (_, i) => [i % 5, 0, (i * i) % 7]);
    expect(featureFrechetDistance(features, features).squared).toBeLessThan(1e-12);
  });

  it('has the floor dim(dim + 5)/(2n) of its documentation, to first order', () => {
    const floorOf = (count: number) =>
      samplingFloor(createRng(5), normals(8), count, {
        metric: (x, y) => featureFrechetDistance(x, y).squared,
        repeats: 10,
      }).mean;
    const [few, many] = [floorOf(200), floorOf(800)];
    // ‖mean difference‖² has the mean 2d/n, and ¼‖Σ₁ − Σ₂‖² the mean d(d + 1)/(2n): 0.26 and a quarter of it. Ten repeats
    // with a spread of about 15 % each.
    expectClose(few, (8 * 13) / 400, { relative: 0.2 });
    expectClose(many, (8 * 13) / 1600, { relative: 0.2 });
  });

  it('refuses fewer than two samples and flat features without a dimension', () => {
    expect(() => featureFrechetDistance([[1]], [[1]])).toThrow('at least 2 points');
    expect(() => featureFrechetDistance([1, 2], [3, 4])).toThrow('"dim"');
    expect(() => featureFrechetDistance([[1]], [[1]], { count: 2 } as never)).toThrow('got "count"');
  });
});

describe('gaussianKl', () => {
  it('is log(s′/s) + (s² + (m − m′)²)/(2s′²) − ½ on the line', () => {
    fc.assert(
      fc.property(scalar, scalar, (p, q) => {
        const expected = Math.log(q.sd / p.sd) + (p.sd ** 2 + (p.mean - q.mean) ** 2) / (2 * q.sd ** 2) - 0.5;
        expectClose(gaussianKl(line(p), line(q)).value, expected, { relative: 1e-11, absolute: 1e-12 });
      }),
    );
  });

  it('keeps the digits of a tiny divergence: (δ²)/4 for variances 1 + δ and 1', () => {
    // ½(δ − log(1 + δ)) = δ²/4 − δ³/6 + …
    expectClose(gaussianKl(line({ mean: 0, sd: Math.sqrt(1 + 1e-6) }), line({ mean: 0, sd: 1 })).value, 0.25e-12, {
      relative: 1e-3,
    });
  });

  it('adds over independent coordinates, and ignores covariances where told to', () => {
    const p = { mean: [1, 0], covariance: [1, 0.5, 0.5, 1] };
    const q = { mean: [0, 0], covariance: [1, 0, 0, 1] };
    const full = gaussianKl(p, q);
    // ½(tr − 2 − log det) = −½ log ¾, and ½ for the mean.
    expectClose(full.value, 0.5 - 0.5 * Math.log(0.75));
    expectClose(full.perDimension, full.value / 2);
    expectClose(gaussianKl(p, q, { covariance: 'diagonal' }).value, 0.5);
  });

  it('is infinite from a singular distribution, and refuses a singular reference', () => {
    const dirac = { mean: [0], covariance: [0] };
    expect(gaussianKl(dirac, { mean: [0], covariance: [1] }).value).toBe(Infinity);
    expect(() => gaussianKl({ mean: [0], covariance: [1] }, dirac)).toThrow(
      '"q.covariance" expected a positive definite',
    );
  });

  it('refuses a reference fitted to points in a hyperplane, which only rounding makes definite', () => {
    const plane = { mean: [0, 0], covariance: identity(2) };
    const few = [
      [0.1, 0.2],
      [0.4, 0.7],
    ];
    expect(() => gaussianKl(plane, few)).toThrow(
      new RangeError('"q" expected more than 2 points for a full covariance, got 2'),
    );
    // The variances alone are definite, and of two points apart in either coordinate.
    expect(gaussianKl(plane, few, { covariance: 'diagonal' }).value).toBeLessThan(Infinity);
    for (let seed = 0; seed < 20; seed++) {
      const { points, count } = normals(2)(createRng(seed), 10 + 50 * seed);
      // The third coordinate is 3 times the first minus the second.
      const flat = Array.from({ length: count }, (_, i) => {
        const [u, v] = [points[2 * i], points[2 * i + 1]];
        return [u, v, 3 * u - v];
      });
      expect(() => gaussianKl({ mean: [0, 0, 0], covariance: identity(3) }, flat)).toThrow(
        '"q" expected points that span',
      );
    }
  });

  it('takes a reference fitted to points whose coordinates have very different units', () => {
    const { points } = normals(2)(createRng(1), 50);
    const inUnits = (unit: number) => Array.from({ length: 50 }, (_, i) => [points[2 * i], unit * points[2 * i + 1]]);
    const of = (unit: number) => gaussianKl({ mean: [0, 0], covariance: [1, 0, 0, unit * unit] }, inUnits(unit)).value;
    expectClose(of(2 ** -40), of(1), { relative: 1e-9 });
  });

  it('is finite from a distribution that is narrow, in one coordinate or in all', () => {
    const q = { mean: [0], covariance: [1] };
    // ½(s² − 1 − log s²).
    const expected = (variance: number) => (variance - 1 - Math.log(variance)) / 2;
    for (const variance of [1e-300, 1e-16, 1e-13, 1e-6, 2 ** -10, 1e-3]) {
      const one = gaussianKl({ mean: [0], covariance: [variance] }, q).value;
      expectClose(one, expected(variance), { relative: 1e-13 });
      const diagonal = { mean: [0, 0], covariance: [variance, 0, 0, 1] };
      expectClose(gaussianKl(diagonal, { mean: [0, 0], covariance: identity(2) }).value, expected(variance), {
        relative: 1e-13,
      });
    }
    // (1 ± ½)·1e-20: only their ratio says whether the matrix is singular.
    const correlated = { mean: [0, 0], covariance: [1e-20, 0.5e-20, 0.5e-20, 1e-20] };
    const both = expected(1.5e-20) + expected(0.5e-20);
    expectClose(gaussianKl(correlated, { mean: [0, 0], covariance: identity(2) }).value, both, { relative: 1e-13 });
  });

  it('is infinite from points in a hyperplane, and refuses any negative variance', () => {
    const q = { mean: [0, 0, 0], covariance: identity(3).map((each) => 1e-6 * each) };
    for (let seed = 0; seed < 20; seed++) {
      expect(gaussianKl(normals(3, 10)(createRng(seed), 3), q).value).toBe(Infinity);
    }
    const negative = { mean: [0], covariance: [-1e-9] };
    expect(() => gaussianKl(negative, { mean: [0], covariance: [1] })).toThrow('"p.covariance" expected a positive');
  });

  it('has the floor dim(dim + 3)/(4n) of its documentation', () => {
    const { values } = samplingFloor(createRng(2), normals(5), 1000, {
      metric: (x) => gaussianKl(x, { mean: new Float64Array(5), covariance: identity(5) }).value,
      repeats: 40,
    });
    const mean = values.reduce((sum, each) => sum + each, 0) / 40;
    // χ² with 20 degrees of freedom over 2n: sd 0.32 of the mean, over 40 repeats 5 %; four of them.
    expectClose(mean, (5 * 8) / 4000, { relative: 0.2 });
  });

  it('refuses mismatched shapes and unknown options', () => {
    const p = { mean: [0], covariance: [1] };
    expect(() => gaussianKl(p, { mean: [0, 0], covariance: [1, 0, 0, 1] })).toThrow('"q.mean"');
    expect(() => gaussianKl(p, { mean: [0], covariance: [1, 0] })).toThrow('"q.covariance"');
    expect(() => gaussianKl(p, p, { covariance: 'none' as never })).toThrow('"covariance"');
    expect(() => gaussianKl({ mean: [0], covariance: [-1] }, p)).toThrow(RangeError);
    expect(() => gaussianKl({ mean: [NaN], covariance: [1] }, p)).toThrow(RangeError);
    expect(() => gaussianKl({ mean: [], covariance: [] }, p)).toThrow('"p.mean" expected at least one coordinate');
    expect(() => gaussianKl({ mean: [0] } as never, p)).toThrow('"p.covariance" expected a typed array');
    expect(() => gaussianKl(p, { mean: [0], covariance: [NaN] })).toThrow('"q.covariance[0]" expected a finite number');
    const skew = { mean: [0, 0], covariance: [1, 0.5, 0, 1] };
    const plane = { mean: [0, 0], covariance: identity(2) };
    expect(() => gaussianKl(skew, plane)).toThrow(
      '"p.covariance" expected a symmetric matrix, got 0 at [1, 0] and 0.5',
    );
    expect(() => gaussianKl(plane, skew)).toThrow('"q.covariance" expected a symmetric matrix');
  });
});

function identity(dim: number): Float64Array {
  return Float64Array.from({ length: dim * dim }, (_, at) => Number(at % (dim + 1) === 0));
}
