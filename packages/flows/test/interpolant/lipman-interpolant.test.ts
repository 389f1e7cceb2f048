import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearInterpolant, lipmanInterpolant } from '../../src/index.js';

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const coordinate = fc.double({ min: -100, max: 100, noNaN: true });

describe('lipmanInterpolant', () => {
  it('has the published velocity (x₁ − (1−σ)x_t)/(1 − (1−σ)t), the noise standing as the start', () => {
    fc.assert(
      fc.property(unit, fc.double({ min: 0.01, max: 1, noNaN: true }), coordinate, coordinate, (t, sigma, x0, x1) => {
        const { alpha, beta, dAlpha, dBeta } = lipmanInterpolant({ sigma }).at(t);
        const x = alpha * x0 + beta * x1;
        const published = (x1 - (1 - sigma) * x) / (1 - (1 - sigma) * t);
        // The published form loses up to two digits where it divides by σ = 0.01; numbers are of size 100.
        expectClose(dAlpha * x0 + dBeta * x1, published, { absolute: 1e-10 });
      }),
    );
  });

  it('is the linear interpolant without noise where sigma is 0', () => {
    for (const t of [0, 0.3, 1]) expect(lipmanInterpolant().at(t)).toEqual(linearInterpolant().at(t));
  });

  it('ends with noise of exactly sigma, also where 1 − sigma is not exact', () => {
    for (const sigma of [1e-9, 0.1, 0.7, 1]) expect(lipmanInterpolant({ sigma }).at(1).alpha).toBe(sigma);
  });

  it('refuses a sigma outside [0, 1], and unknown options', () => {
    for (const sigma of [-0.1, 1.5, NaN]) {
      expect(() => lipmanInterpolant({ sigma })).toThrow('"sigma" expected a number in [0, 1]');
    }
    expect(() => lipmanInterpolant({ sigmaMin: 0.1 } as never)).toThrow('got "sigmaMin"');
  });
});
