import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brownianBridgeInterpolant,
  linearInterpolant,
  lipmanInterpolant,
  scheduledInterpolant,
  trigonometricInterpolant,
  type Interpolant,
} from '../../src/index.js';

const all: [string, Interpolant][] = [
  ['linearInterpolant', linearInterpolant({ sigma: 0.3 })],
  ['trigonometricInterpolant', trigonometricInterpolant({ sigma: 0.3 })],
  ['lipmanInterpolant', lipmanInterpolant({ sigma: 0.3 })],
  ['brownianBridgeInterpolant', brownianBridgeInterpolant({ sigma: 2 })],
  [
    'scheduledInterpolant',
    scheduledInterpolant({
      alpha: (t) => ({ value: 1 - t * t, derivative: -2 * t }),
      beta: (t) => ({ value: t ** 3, derivative: 3 * t * t }),
      gamma: (t) => ({ value: t * (1 - t), derivative: 1 - 2 * t }),
    }),
  ],
];

for (const [name, interpolant] of all) {
  describe(name, () => {
    it('returns the derivatives of its values', () => {
      fc.assert(
        fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), (t) => {
          const h = 2 ** -10;
          const [before, now, after] = [interpolant.at(t - h), interpolant.at(t), interpolant.at(t + h)];
          // Central differences err by h²/6 times the third derivative: at most 12 t^(-5/2) for the Brownian bridge.
          const absolute = name === 'brownianBridgeInterpolant' ? 2 * (h * h) * t ** -2.5 * (1 - t) ** -2.5 : 1e-5;
          expectClose((after.alpha - before.alpha) / (2 * h), now.dAlpha, { absolute });
          expectClose((after.beta - before.beta) / (2 * h), now.dBeta, { absolute });
          expectClose((after.gamma - before.gamma) / (2 * h), now.dGamma, { absolute });
        }),
      );
    });

    it('leads from the start to the end', () => {
      const [start, end] = [interpolant.at(0), interpolant.at(1)];
      expect([start.alpha, start.beta]).toEqual([1, 0]);
      // What is left of the noise at the end is the point of Lipman's σ.
      expect([end.alpha, end.beta]).toEqual([name === 'lipmanInterpolant' ? 0.3 : 0, 1]);
    });

    it('refuses times outside [0, 1]', () => {
      for (const t of [-0.1, 1.1, NaN, Infinity]) {
        expect(() => interpolant.at(t)).toThrow('"t" expected a number in [0, 1]');
      }
      expect(() => interpolant.at('0' as never)).toThrow(TypeError);
    });
  });
}
