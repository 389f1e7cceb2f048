import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trigonometricInterpolant } from '../../src/index.js';

describe('trigonometricInterpolant', () => {
  it('keeps unit variance for independent ends of unit variance', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (t) => {
        const { alpha, beta } = trigonometricInterpolant().at(t);
        expectClose(alpha ** 2 + beta ** 2, 1, { relative: 4e-16 });
      }),
    );
  });

  it('moves at the constant angular velocity π/2', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (t) => {
        const { dAlpha, dBeta } = trigonometricInterpolant().at(t);
        expectClose(dAlpha ** 2 + dBeta ** 2, Math.PI ** 2 / 4, { relative: 1e-15 });
      }),
    );
  });

  it('has exact ends, is symmetric in time to the bit, and is as noisy as told', () => {
    const interpolant = trigonometricInterpolant({ sigma: 0.1 });
    expect(interpolant.at(1)).toEqual({
      alpha: 0,
      beta: 1,
      gamma: 0.1,
      dAlpha: -Math.PI / 2,
      dBeta: 0,
      dGamma: 0,
    });
    for (const t of [0, 0.125, 0.25, 0.375]) expect(interpolant.at(1 - t).alpha).toBe(interpolant.at(t).beta);
    expect(trigonometricInterpolant().at(0.5).gamma).toBe(0);
  });

  it('has fixed bits', () => {
    // cos(π/8) and sin(π/8), correctly rounded.
    const { alpha, beta } = trigonometricInterpolant().at(0.25);
    expect([alpha, beta]).toEqual([0.9238795325112867, 0.3826834323650898]);
  });

  it('refuses noise that is no spread, and unknown options', () => {
    expect(() => trigonometricInterpolant({ sigma: -1 })).toThrow('"sigma" expected a finite number >= 0, got -1');
    expect(() => trigonometricInterpolant({ sigma: NaN })).toThrow(RangeError);
    expect(() => trigonometricInterpolant({ noise: 1 } as never)).toThrow('got "noise"');
  });
});
