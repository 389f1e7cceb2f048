import { createRng, fillNormal, fillUniform } from '@brenier/random';
import { emd, wasserstein1d } from '@brenier/ot-core';
import { dormandPrince, integrate } from '@brenier/samplers';
import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussianMixtureField, type ClosedFormField, type JointComponent } from '../../../src/index.js';
import { logDensityAt } from '../field-values.js';

const part = (mean0: number, mean1: number, crossCovariance: number): JointComponent => ({
  ...{ weight: 1, mean0: [mean0], mean1: [mean1] },
  ...{ covariance0: 0.5, covariance1: 0.8, crossCovariance },
});
const couplings: [string, JointComponent[]][] = [
  ['sorted modes', [part(-2, 0, 0.3), part(1, 3, 0.3)]],
  ['crossed modes', [part(-2, 3, 0), part(1, 0, 0)]],
  ['crossed modes whose pairs are turned round', [part(-2, 3, -0.5), part(1, 0, -0.5)]],
  ['independent modes', [part(-2, 3, 0), part(1, 0, 0), part(-2, 0, 0), part(1, 3, 0)]],
];
const x0 = [-3.5, -2, -1, -0.2, 0.7, 2, 3];

describe('on the line', () => {
  it.each(couplings)('any coupling with a unique flow gives the monotone map at t = 1: %s', (_, components) => {
    const field = gaussianMixtureField(components);
    const method = dormandPrince({ relativeTolerance: 1e-9, absoluteTolerance: 1e-9 });
    const { final } = integrate(field, x0, { method });
    for (let i = 1; i < x0.length; i++) expect(final[i]).toBeGreaterThan(final[i - 1]);
    // The monotone map is G⁻¹ ∘ F; Simpson's rule on 600 intervals of a smooth integrand errs by less than the integrator.
    for (let i = 0; i < x0.length; i++) {
      expectClose(cumulative(field, 1, final[i]), cumulative(field, 0, x0[i]), { absolute: 1e-7 });
    }
  });

  it('W₂² = ∫₀¹ |F⁻¹(u) − G⁻¹(u)|² du, for any counts', () => {
    const rng = createRng('quantiles');
    for (const [n, m] of [
      [1, 5],
      [6, 4],
      [12, 30],
    ]) {
      const x = fillNormal(rng.fork(`x${n}`), new Float64Array(n));
      const y = fillUniform(rng.fork(`y${m}`), new Float64Array(m));
      const [sortedX, sortedY] = [x.slice().sort(), y.slice().sort()];
      // Quantile functions are steps, constant on each of n·m equal intervals.
      let integral = 0;
      for (let k = 0; k < n * m; k++)
        integral += (sortedX[Math.floor(k / m)] - sortedY[Math.floor(k / n)]) ** 2 / (n * m);
      expectClose(wasserstein1d(x, y, { p: 2 }).cost, integral, { relative: 1e-12 });
      expectClose(emd(x, y, { dim: 1 }).cost, integral, { relative: 1e-12 });
    }
  });

  it('sorted matching is optimal for equal counts', () => {
    const numbers = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(numbers, numbers, (x, y) => {
        const ascending = (values: number[]) => Float64Array.from(values).sort();
        const [sortedX, sortedY] = [ascending(x), ascending(y)];
        const sorted = sortedX.reduce((sum, each, i) => sum + (each - sortedY[i]) ** 2, 0) / x.length;
        expectClose(emd(x, y, { dim: 1 }).cost, sorted, { relative: 1e-12, absolute: 1e-12 });
      }),
    );
  });
});

/** The distribution function of the law at t, by Simpson's rule from far below. */
function cumulative(field: ClosedFormField, t: number, x: number): number {
  const [from, intervals] = [-12, 600];
  const step = (x - from) / intervals;
  let sum = 0;
  for (let k = 0; k <= intervals; k++) {
    const weight = k === 0 || k === intervals ? 1 : k % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(logDensityAt(field, [from + k * step], t));
  }
  return (sum * step) / 3;
}
