import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose, expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyAffineMap,
  buresWasserstein,
  emd,
  fitGaussian,
  type Gaussian,
  gaussianBarycenter,
  gaussianMap,
} from '../../src/index.js';

/** The moments of a few random points: any covariance, singular ones included. */
const moments = (dim: number, fewest: number) =>
  fc
    .array(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: dim, maxLength: dim }), {
      minLength: fewest,
      maxLength: 9,
    })
    .map((rows) => fitGaussian(rows, { correction: 0 }));

const widened = ({ mean, covariance, dim }: Gaussian): Gaussian => ({
  mean,
  covariance: covariance.map((each, at) => each + (at % (dim + 1) === 0 ? 0.1 : 0)),
  dim,
});

const diagonal = (mean: number[], variances: number[]) => ({
  mean,
  covariance: variances.flatMap((variance, i) => variances.map((_, j) => (i === j ? variance : 0))),
});

describe('buresWasserstein', () => {
  it('is Σ (m_k − m′_k)² + (s_k − s′_k)² where covariances are diagonal', () => {
    const { cost, meanCost, covarianceCost } = buresWasserstein(diagonal([1, 2], [1, 4]), diagonal([4, -2], [9, 16]));
    expectClose(meanCost, 25);
    expectClose(covarianceCost, 4 + 4, { relative: 1e-14 });
    expectClose(cost, 33, { relative: 1e-14 });
  });

  it('is a metric, singular covariances included: 0 on the diagonal, symmetric, with the triangle inequality', () => {
    fc.assert(
      fc.property(moments(3, 1), moments(3, 1), moments(3, 1), (p, q, r) => {
        const [pq, qr, pr] = [buresWasserstein(p, q), buresWasserstein(q, r), buresWasserstein(p, r)];
        // 1e-15 of traces up to 150, times a few; its root near 0.
        expect(buresWasserstein(p, p).cost).toBeLessThan(1e-12);
        expectClose(buresWasserstein(q, p).cost, pq.cost, { absolute: 1e-11 });
        expect(pr.distance).toBeLessThanOrEqual(pq.distance + qr.distance + 1e-5);
      }),
    );
  });

  it('never exceeds the transport between points with these moments (Gelbrich)', () => {
    const cloud = (label: string, mean: number) =>
      fillNormal(createRng(4).fork(label), new Float64Array(60), { mean }).map((each) => each * each * each);
    const [x, y] = [cloud('x', 0), cloud('y', 0.3)];
    const fit = (points: Float64Array) => fitGaussian(points, { dim: 2, correction: 0 });
    const bound = buresWasserstein(fit(x), fit(y)).cost;
    expect(bound).toBeLessThan(emd(x, y, { dim: 2 }).cost);
    expect(bound).toBeGreaterThan(0.1);
  });

  it('gives Diracs their distance, and a huge offset no error', () => {
    expect(buresWasserstein({ mean: [0, 0], covariance: [0, 0, 0, 0] }, diagonal([3, 4], [0, 0])).distance).toBe(5);
    const far = buresWasserstein(diagonal([1e12, 0], [1, 1]), diagonal([1e12 + 1, 0], [1, 1]));
    expectClose(far.cost, 1, { absolute: 1e-14 });
  });

  it.each([2 ** 600, 2 ** -600, 2 ** 1000, 2 ** -1000])('scales exactly with covariances, to units of %s', (unit) => {
    const [p, q] = [
      { mean: [0, 0], covariance: [2, 1, 1, 3] },
      { mean: [0, 0], covariance: [5, -2, -2, 1] },
    ];
    const scaled = ({ mean, covariance }: typeof p) => ({ mean, covariance: covariance.map((each) => each * unit) });
    expect(buresWasserstein(scaled(p), scaled(q)).cost).toBe(buresWasserstein(p, q).cost * unit);
    expect(gaussianMap(scaled(p), scaled(q)).matrix).toEqual(gaussianMap(p, q).matrix);
  });

  it('is exact to 1e-15 of the traces, and to 1e-8 where a covariance is singular to working precision', () => {
    // Rotated by 45°, eigenvalues 1 and λ: rounding of the entries alone moves λ by 1e-16.
    const tilted = (least: number) => {
      const [mean, off] = [(1 + least) / 2, (1 - least) / 2];
      return { mean: [0, 0], covariance: [mean, off, off, mean] };
    };
    const costTo = (least: number) => buresWasserstein(tilted(least), diagonal([0, 0], [1, 1])).cost;
    expectClose(costTo(1e-2), (1 - 1e-1) ** 2, { absolute: 1e-14 });
    expectClose(costTo(1e-16), (1 - 1e-8) ** 2, { absolute: 6e-8 });
  });

  it('refuses what is no pair of normal distributions', () => {
    const p = diagonal([0, 0], [1, 1]);
    expect(() => buresWasserstein(p, { mean: [0], covariance: [1] })).toThrow('"q" expected dimension 2');
    expect(() => buresWasserstein(p, { mean: [0, 0], covariance: [1, 0, 0] })).toThrow('"q.covariance"');
    expect(() => buresWasserstein(p, { mean: [0, 0], covariance: [1, 2, 2, 1] })).toThrow('positive semidefinite');
    expect(() => buresWasserstein({ mean: [NaN], covariance: [1] }, p)).toThrow(RangeError);
    expect(() => buresWasserstein({ mean: [], covariance: [] }, p)).toThrow('at least one coordinate');
    expect(() => buresWasserstein(undefined as never, p)).toThrow(TypeError);
  });
});

describe('gaussianMap', () => {
  it('carries the source to the target, at the cost of W2', () => {
    fc.assert(
      fc.property(moments(3, 4).map(widened), moments(3, 1), (p, q) => {
        const map = gaussianMap(p, q);
        const { points } = applyAffineMap(map, p.mean);
        expectAllClose(points, q.mean, { absolute: 1e-13 });
        const dim = p.dim;
        const image = Float64Array.from({ length: dim * dim }, (_, at) => {
          let sum = 0;
          for (let k = 0; k < dim; k++)
            for (let l = 0; l < dim; l++)
              sum +=
                map.matrix[Math.floor(at / dim) * dim + k] *
                p.covariance[k * dim + l] *
                map.matrix[(at % dim) * dim + l];
          return sum;
        });
        // The condition of p is at most 25·9/0.1 · a few: 1e-16 · 1e4 · traces of 100.
        expectAllClose(image, q.covariance, { absolute: 1e-9 });
        const trace = (matrix: Float64Array) => matrix.reduce((sum, each, at) => sum + (at % (dim + 1) ? 0 : each), 0);
        const correlation = Array.from({ length: dim * dim }, (_, at) => map.matrix[at] * p.covariance[at]);
        const cost = trace(p.covariance) + trace(q.covariance) - 2 * correlation.reduce((sum, each) => sum + each, 0);
        expectClose(buresWasserstein(p, q).covarianceCost, cost, { absolute: 1e-9 });
      }),
    );
  });

  it('keeps the digits of a direction in which the target nearly vanishes', () => {
    // The map scales axis by axis, by √(λ_q/λ_p). The product of the small variances is below the rounding of that of the large ones.
    const { matrix } = gaussianMap(diagonal([0, 0], [0.1, 0.05]), diagonal([0, 0], [0.1, 7e-17]));
    expectAllClose(matrix, [1, 0, 0, Math.sqrt(7e-17 / 0.05)], { absolute: 1e-15 });
  });

  it('is the identity between equals, and constant towards a Dirac', () => {
    const p = diagonal([1, 2], [3, 4]);
    expectAllClose(gaussianMap(p, p).matrix, [1, 0, 0, 1], { absolute: 1e-15 });
    expect(applyAffineMap(gaussianMap(p, diagonal([7, 8], [0, 0])), [[5, 5]]).points).toEqual(Float64Array.of(7, 8));
  });

  it('refuses a singular source, from which there need be no map', () => {
    expect(() => gaussianMap(diagonal([0, 0], [1, 0]), diagonal([0, 0], [1, 1]))).toThrow('singular');
  });

  it('refuses maps and points that do not fit', () => {
    const map = gaussianMap(diagonal([0, 0], [1, 1]), diagonal([0, 0], [1, 1]));
    expect(() => applyAffineMap(map, [[1]])).toThrow('"points"');
    expect(() => applyAffineMap({ ...map, to: [0, 0] } as never, [[1, 1]])).toThrow('"map.to"');
    expect(() => applyAffineMap({ ...map, matrix: new Float64Array(3) }, [[1, 1]])).toThrow('"map.matrix"');
    expect(() => applyAffineMap({ ...map, from: Float64Array.of(0, NaN) }, [[1, 1]])).toThrow('"map.from[1]"');
    expect(() => applyAffineMap({ ...map, to: Float64Array.of(Infinity, 0) }, [[1, 1]])).toThrow('"map.to[0]"');
    expect(() => applyAffineMap(undefined as never, [[1, 1]])).toThrow(TypeError);
  });
});

describe('gaussianBarycenter', () => {
  it('averages means and standard deviations where covariances commute', () => {
    const { mean, covariance, status } = gaussianBarycenter([diagonal([0, 0], [1, 4]), diagonal([8, 4], [9, 16])], {
      weights: [3, 1],
    });
    expect(status).toBe('converged');
    expectAllClose(mean, [2, 1]);
    expectAllClose(covariance, [1.5 * 1.5, 0, 0, 2.5 * 2.5], { absolute: 1e-14 });
  });

  it('is the distribution whose optimal maps to the members average to the identity', () => {
    fc.assert(
      fc.property(moments(2, 3).map(widened), moments(2, 3).map(widened), moments(2, 3).map(widened), (p, q, r) => {
        const centre = gaussianBarycenter([p, q, r]);
        const maps = [p, q, r].map((each) => gaussianMap(centre, each).matrix);
        const mean = maps[0].map((each, at) => (each + maps[1][at] + maps[2][at]) / 3);
        // A tolerance of 1e-12 of the covariance, times condition numbers up to about 1e3.
        expectAllClose(mean, [1, 0, 0, 1], { absolute: 1e-6 });
      }),
      { numRuns: 30 },
    );
  });

  it.each([1e-8, 1e-12])('of twice the same distribution is that, at a ratio of variances of %s', (ratio) => {
    const p = { mean: [0, 0], covariance: [1, 0, 0, ratio] };
    const { status, covariance } = gaussianBarycenter([p, p]);
    expect(status).toBe('converged');
    expectAllClose(covariance, p.covariance, { relative: 1e-14 });
  });

  it('scales with covariances of any size', () => {
    const members = [
      [2, 1, 1, 3],
      [5, -2, -2, 1],
    ];
    const of = (unit: number) =>
      gaussianBarycenter(members.map((each) => ({ mean: [0, 0], covariance: each.map((entry) => entry * unit) })));
    for (const unit of [2 ** 600, 2 ** -600]) {
      expect(of(unit).covariance).toEqual(of(1).covariance.map((each) => each * unit));
    }
  });

  it('says so where it is stopped early', () => {
    const tilted = { mean: [0, 0], covariance: [2, 1.9, 1.9, 2] };
    const stopped = gaussianBarycenter([tilted, diagonal([0, 0], [9, 0.1])], { maxIterations: 1 });
    expect(stopped.status).toBe('max-iterations');
    expect(stopped.iterations).toBe(1);
  });

  it('refuses an empty list, mixed dimensions, singular members and bad weights', () => {
    const p = diagonal([0, 0], [1, 1]);
    expect(() => gaussianBarycenter([])).toThrow('at least one');
    expect(() => gaussianBarycenter(p as never)).toThrow(TypeError);
    expect(() => gaussianBarycenter([p, { mean: [0], covariance: [1] }])).toThrow('dimension 2');
    expect(() => gaussianBarycenter([p, diagonal([0, 0], [1, 0])])).toThrow('singular');
    expect(() => gaussianBarycenter([p, p], { weights: [1] })).toThrow('"weights"');
    expect(() => gaussianBarycenter([p, p], { weights: [1, -1] })).toThrow(RangeError);
    expect(() => gaussianBarycenter([p], { steps: 3 } as never)).toThrow('got "steps"');
  });
});

describe('fitGaussian', () => {
  it('divides by n − 1 unless told otherwise', () => {
    const points = [
      [0, 0],
      [2, 0],
      [1, 3],
    ];
    expectAllClose(fitGaussian(points).covariance, [1, 0, 0, 3], { absolute: 1e-15 });
    expectAllClose(fitGaussian(points, { correction: 0 }).covariance, [2 / 3, 0, 0, 2], { absolute: 1e-15 });
  });

  it('does not lose the covariance in a huge offset, and sums across blocks', () => {
    const x = fillNormal(createRng(0), new Float64Array(2 * 9000)).map((each) => Math.round(each * 1024) / 1024);
    const near = fitGaussian(x, { dim: 2 });
    const far = fitGaussian(
      x.map((each) => each + 2 ** 30),
      { dim: 2 },
    );
    expectAllClose(far.covariance, near.covariance, { relative: 1e-9, absolute: 1e-12 });
    // Standard errors √(2/9000) of a variance and √(1/9000) of a covariance; four of them.
    expectAllClose(near.covariance, [1, 0, 0, 1], { absolute: 0.06 });
  });

  it('scales with the points to the last bit, up to where the covariance itself leaves float64', () => {
    const x = fillNormal(createRng(0), new Float64Array(2 * 1000));
    const { mean, covariance } = fitGaussian(x, { dim: 2 });
    for (const exponent of [-400, 300, 395, 420, 500, 510]) {
      const scaled = fitGaussian(
        x.map((each) => each * 2 ** exponent),
        { dim: 2 },
      );
      expect(scaled.mean).toEqual(mean.map((each) => each * 2 ** exponent));
      expect(scaled.covariance).toEqual(covariance.map((each) => each * 2 ** exponent * 2 ** exponent));
    }
    const beyond = fitGaussian([[-(2 ** 520)], [2 ** 520]], { correction: 0 });
    expect(beyond).toEqual({ mean: Float64Array.of(0), covariance: Float64Array.of(Infinity), dim: 1 });
  });

  it('is a Dirac for duplicates, and for one point without correction', () => {
    expect(fitGaussian([[2], [2], [2]]).covariance).toEqual(Float64Array.of(0));
    expect(fitGaussian([[5, 6]], { correction: 0 })).toEqual({
      mean: Float64Array.of(5, 6),
      covariance: new Float64Array(4),
      dim: 2,
    });
    expect(() => fitGaussian([[5, 6]])).toThrow('"points" expected at least 2 points, got 1');
  });

  it('refuses what is no cloud', () => {
    expect(() => fitGaussian([])).toThrow(RangeError);
    expect(() => fitGaussian([[NaN], [1]])).toThrow(RangeError);
    expect(() => fitGaussian([[1], [2]], { correction: 2 as never })).toThrow('"correction"');
    expect(() => fitGaussian([[1], [2]], { weights: [1, 1] } as never)).toThrow('got "weights"');
  });
});
