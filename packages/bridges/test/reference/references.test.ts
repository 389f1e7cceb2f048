import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backwardPinnedDrift,
  brownian,
  forwardPinnedDrift,
  ornsteinUhlenbeck,
  type Reference,
} from '../../src/index.js';

const sigmas = fc.double({ min: 0.01, max: 20, noNaN: true });
const rates = fc.oneof(fc.constant(0), fc.double({ min: 1e-12, max: 30, noNaN: true }));
const times = fc.double({ min: 0.01, max: 0.99, noNaN: true });

describe('a reference', () => {
  it('forgets what came before the present: its laws compose (Chapman–Kolmogorov)', () => {
    fc.assert(
      fc.property(sigmas, rates, times, times, (sigma, rate, u, v) => {
        const reference = ornsteinUhlenbeck({ sigma, rate });
        const [s, t] = [Math.min(u, v), Math.max(u, v)];
        const first = reference.transition(0, s);
        const second = reference.transition(s, t);
        const whole = reference.transition(0, t);
        expectClose(first.factor * second.factor, whole.factor, { relative: 1e-13 });
        expectClose(second.factor ** 2 * first.variance + second.variance, whole.variance, { relative: 1e-13 });
      }),
    );
  });

  it('is between two known ends what Bayes makes of the laws before and after', () => {
    fc.assert(
      fc.property(sigmas, rates, times, (sigma, rate, t) => {
        const reference = ornsteinUhlenbeck({ sigma, rate });
        const before = reference.transition(0, t);
        const after = reference.transition(t, 1);
        const variance = 1 / (1 / before.variance + after.factor ** 2 / after.variance);
        const { alpha, beta, gamma } = reference.pinned(t);
        expectClose(gamma ** 2, variance, { relative: 1e-12 });
        expectClose(alpha, (variance * before.factor) / before.variance, { relative: 1e-12 });
        expectClose(beta, (variance * after.factor) / after.variance, { relative: 1e-12 });
      }),
    );
  });

  it('is Brownian motion at rate 0 to the last bit, and nearly so at tiny rates', () => {
    fc.assert(
      fc.property(sigmas, times, (sigma, t) => {
        const motion = brownian({ sigma });
        const still = ornsteinUhlenbeck({ sigma, rate: 0 });
        expect(still.transition(0.25 * t, t)).toEqual(motion.transition(0.25 * t, t));
        expect(still.pinned(t)).toEqual(motion.pinned(t));
        const slow = ornsteinUhlenbeck({ sigma, rate: 1e-14 });
        // What the rate changes is of order 1e-14; the naive quotient (1 − e^(−2rτ))/(2r) would be off by percents.
        expectClose(slow.transition(0, t).variance, motion.transition(0, t).variance, { relative: 1e-13 });
        expectClose(slow.pinned(t).gamma, motion.pinned(t).gamma, { relative: 1e-13 });
      }),
    );
  });

  it('forgets both ends in between where the rate is huge', () => {
    const { alpha, beta, gamma } = ornsteinUhlenbeck({ sigma: 2, rate: 1e6 }).pinned(0.5);
    expect([alpha, beta]).toEqual([0, 0]);
    expectClose(gamma, Math.sqrt(4 / 2e6), { relative: 1e-14 });
  });

  it('refuses parameters and times that mean nothing', () => {
    expect(() => brownian({ sigma: 0 })).toThrow('"sigma" expected a finite number > 0, got 0');
    expect(() => brownian({ sigma: NaN })).toThrow(RangeError);
    expect(() => brownian({ sigma: 1e200 })).toThrow('"sigma" expected a number in [1e-100, 1e+100]');
    expect(() => brownian({ sigma: '1' } as never)).toThrow(TypeError);
    expect(() => brownian({ rate: 1 } as never)).toThrow('expected only the options "sigma"');
    expect(() => ornsteinUhlenbeck({ rate: -1 })).toThrow('"rate" expected a finite number >= 0');
    expect(() => ornsteinUhlenbeck({ rate: Infinity })).toThrow(RangeError);
    expect(() => ornsteinUhlenbeck({ speed: 1 } as never)).toThrow('expected only the options "sigma", "rate"');
    for (const reference of [brownian(), ornsteinUhlenbeck()]) {
      expect(() => reference.transition(0.5, 0.4)).toThrow('"t" expected a number in [0.5, 1]');
      expect(() => reference.transition(-0.1, 0.4)).toThrow('"s" expected a number in [0, 1]');
      expect(() => reference.pinned(NaN)).toThrow('"t" expected a number in [0, 1]');
    }
  });
});

describe('pinned drifts', () => {
  it('add up to σ² times the score of the bridge between both ends', () => {
    fc.assert(
      fc.property(sigmas, rates, times, (sigma, rate, t) => {
        const reference = ornsteinUhlenbeck({ sigma, rate });
        const { alpha, beta, gamma } = reference.pinned(t);
        const forward = forwardPinnedDrift(reference, t);
        const backward = backwardPinnedDrift(reference, t);
        const [x0, x1, x] = [0.7, -1.3, 0.4];
        const sum = (forward.state + backward.state) * x + forward.end * x1 + backward.end * x0;
        const score = (alpha * x0 + beta * x1 - x) / gamma ** 2;
        // Relative to the summands, which may cancel.
        const scale = Math.abs(forward.state) + Math.abs(backward.state);
        expectClose(sum, sigma ** 2 * score, { absolute: 1e-12 * scale });
      }),
    );
  });

  it('are r/sinh(rτ) of the end minus r·coth(rτ) of the state, τ away from it, in either direction of time', () => {
    fc.assert(
      fc.property(sigmas, fc.double({ min: 0.01, max: 30, noNaN: true }), times, (sigma, rate, t) => {
        const reference = ornsteinUhlenbeck({ sigma, rate });
        for (const [drift, span] of [
          [forwardPinnedDrift(reference, t), 1 - t],
          [backwardPinnedDrift(reference, t), t],
        ] as const) {
          expectClose(drift.end, rate / Math.sinh(rate * span), { relative: 1e-12 });
          expectClose(drift.state, -rate / Math.tanh(rate * span), { relative: 1e-12 });
        }
      }),
    );
  });

  it('do not depend on σ', () => {
    for (const rate of [0, 0.5]) {
      const [quiet, loud] = [1e-3, 1e3].map((sigma) => forwardPinnedDrift(ornsteinUhlenbeck({ sigma, rate }), 0.3));
      expectClose(quiet.end, loud.end, { relative: 1e-14 });
      expectClose(quiet.state, loud.state, { relative: 1e-14 });
    }
  });

  it('are not defined at the end they lead to', () => {
    expect(() => forwardPinnedDrift(brownian(), 1)).toThrow('"t" expected');
    expect(() => backwardPinnedDrift(brownian(), 0)).toThrow('"t" expected');
    expect(forwardPinnedDrift(brownian(), 0)).toEqual({ state: -1, end: 1 });
    expect(backwardPinnedDrift(brownian(), 1)).toEqual({ state: -1, end: 1 });
  });

  it('refuse what is no reference', () => {
    const broken = { sigma: 1, rate: 0, name: 'x', pinned: () => ({}) } as unknown as Reference;
    expect(() => forwardPinnedDrift(broken, 0.5)).toThrow('"reference.transition" expected a function');
    expect(() => backwardPinnedDrift(undefined as never, 0.5)).toThrow('"reference" expected a reference such as');
  });
});
