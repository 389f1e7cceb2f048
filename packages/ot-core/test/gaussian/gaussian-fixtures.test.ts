import { readFileSync } from 'node:fs';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { buresWasserstein, gaussianBarycenter, gaussianMap, symmetricEigen } from '../../src/index.js';

interface Case {
  readonly dim: number;
  readonly means: number[][];
  readonly covariances: number[][];
  readonly distance: number;
  readonly eigenvalues: number[];
  readonly map: number[];
  readonly barycenter: { readonly mean: number[]; readonly covariance: number[] };
}

// POT 0.9.7.post1 and numpy: fixtures/make-gaussian-fixtures.py.
const { cases } = JSON.parse(readFileSync(new URL('../fixtures/gaussian-transport.json', import.meta.url), 'utf8')) as {
  readonly cases: Case[];
};

describe.each(cases)('normal distributions in dimension $dim', (given) => {
  const gaussians = given.means.map((mean, i) => ({ mean, covariance: given.covariances[i] }));

  it('have the eigenvalues that numpy finds', () => {
    expectAllClose(symmetricEigen(given.covariances[0], given.dim).values, given.eigenvalues, { relative: 1e-12 });
  });

  it('are as far apart as in POT', () => {
    // POT takes two square roots by eigenvalues: its error is about 1e-15 of the traces, ours too.
    expectClose(buresWasserstein(gaussians[0], gaussians[1]).distance, given.distance, { relative: 1e-10 });
  });

  it('are mapped as in POT', () => {
    const { matrix } = gaussianMap(gaussians[0], gaussians[1]);
    expectAllClose(matrix, given.map, { relative: 1e-9, absolute: 1e-10 });
  });

  it('have the barycenter of POT', () => {
    const { mean, covariance, status } = gaussianBarycenter(gaussians, { weights: [2, 3, 5] });
    expect(status).toBe('converged');
    expectAllClose(mean, given.barycenter.mean, { relative: 1e-12, absolute: 1e-14 });
    expectAllClose(covariance, given.barycenter.covariance, { relative: 1e-8, absolute: 1e-9 });
  });
});
