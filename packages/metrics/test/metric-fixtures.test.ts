import { readFileSync } from 'node:fs';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  densityCoverage,
  energyDistance,
  featureFrechetDistance,
  gaussianKl,
  maximumMeanDiscrepancy,
  precisionRecall,
  wasserstein1,
} from '../src/index.js';

interface Discrepancy {
  readonly squared: number;
  readonly unbiased: number;
}

interface Case {
  readonly dim: number;
  readonly x: number[];
  readonly y: number[];
  readonly wasserstein1: number;
  readonly energy: number;
  readonly gaussian: Discrepancy;
  readonly laplace: Discrepancy;
  readonly frechet: number;
  readonly kl: number;
  readonly manifold: {
    readonly precision: number;
    readonly recall: number;
    readonly density: number;
    readonly coverage: number;
  };
}

// POT 0.9.7.post1, scipy, torch and numpy: fixtures/make-metric-fixtures.py.
const { cases } = JSON.parse(readFileSync(new URL('./fixtures/metrics.json', import.meta.url), 'utf8')) as {
  readonly cases: Case[];
};

// Both sides round sums of a few thousand float64 terms of order 1; sqrtm of scipy is the least exact of all.
const close = { relative: 1e-10, absolute: 1e-12 };

describe.each(cases)('in dimension $dim', ({ x, y, dim, ...expected }) => {
  it('W1 is that of POT', () => {
    expectClose(wasserstein1(x, y, { dim }).value, expected.wasserstein1, close);
  });

  it('the energy distance is that of scipy', () => {
    expectClose(energyDistance(x, y, { dim }).squared, expected.energy, close);
  });

  it('the discrepancies are those of numpy, for two widths and for one', () => {
    const gaussian = maximumMeanDiscrepancy(x, y, { dim, bandwidth: [1, 2] });
    expectClose(gaussian.squared, expected.gaussian.squared, close);
    expectClose(gaussian.unbiased, expected.gaussian.unbiased, close);
    const laplace = maximumMeanDiscrepancy(x, y, { dim, kernel: 'laplace', bandwidth: 1.5 });
    expectClose(laplace.squared, expected.laplace.squared, close);
    expectClose(laplace.unbiased, expected.laplace.unbiased, close);
  });

  it('the Fréchet distance is that of scipy’s sqrtm', () => {
    expectClose(featureFrechetDistance(x, y, { dim }).squared, expected.frechet, { relative: 1e-9 });
  });

  it('the divergence of fitted normal distributions is that of torch', () => {
    const shaped = (data: number[]) => ({ data, shape: [data.length / dim, dim] });
    expectClose(gaussianKl(shaped(x), shaped(y)).value, expected.kl, { relative: 1e-10 });
  });

  it('precision, recall, density and coverage are those of numpy', () => {
    const options = { dim, neighbours: 4 };
    expect({ ...precisionRecall(x, y, options), ...densityCoverage(x, y, options) }).toEqual(expected.manifold);
  });
});
