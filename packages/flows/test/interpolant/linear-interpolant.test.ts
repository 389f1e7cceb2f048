import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearInterpolant } from '../../src/index.js';

describe('linearInterpolant', () => {
  it('starts at x0, ends at x1 and spreads by sigma throughout', () => {
    const interpolant = linearInterpolant({ sigma: 0.3 });
    expect(interpolant.at(0)).toEqual({ alpha: 1, beta: 0, gamma: 0.3, dAlpha: -1, dBeta: 1, dGamma: 0 });
    expect(interpolant.at(1)).toEqual({ alpha: 0, beta: 1, gamma: 0.3, dAlpha: -1, dBeta: 1, dGamma: 0 });
    expect(linearInterpolant().at(0.5).gamma).toBe(0);
  });

  it('returns the derivatives of its values', () => {
    const interpolant = linearInterpolant({ sigma: 0.3 });
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (t) => {
        const h = 2 ** -10;
        const [before, now, after] = [interpolant.at(t - h), interpolant.at(t), interpolant.at(t + h)];
        // Central differences of straight lines are exact up to rounding, 2⁻⁵³ / h.
        expectClose((after.alpha - before.alpha) / (2 * h), now.dAlpha, { absolute: 1e-12 });
        expectClose((after.beta - before.beta) / (2 * h), now.dBeta, { absolute: 1e-12 });
        expectClose((after.gamma - before.gamma) / (2 * h), now.dGamma, { absolute: 1e-12 });
      }),
    );
  });

  it('has half the variance in the middle for independent ends of unit variance', () => {
    const { alpha, beta } = linearInterpolant().at(0.5);
    expect(alpha ** 2 + beta ** 2).toBe(0.5);
  });

  it('refuses times outside [0, 1] and noise that is no spread', () => {
    for (const t of [-0.1, 1.1, NaN])
      expect(() => linearInterpolant().at(t)).toThrow('"t" expected a number in [0, 1]');
    expect(() => linearInterpolant({ sigma: -1 })).toThrow('"sigma" expected a finite number >= 0, got -1');
    expect(() => linearInterpolant({ sigma: Infinity })).toThrow(RangeError);
    expect(() => linearInterpolant({ sigma: '0' as never })).toThrow(TypeError);
    expect(() => linearInterpolant({ noise: 1 } as never)).toThrow('got "noise"');
  });
});
