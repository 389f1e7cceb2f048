import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brownianBridgeInterpolant, linearInterpolant } from '../../src/index.js';

const inside = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const sigmas = fc.double({ min: 0.01, max: 10, noNaN: true });
const coordinate = fc.double({ min: -10, max: 10, noNaN: true });

describe('brownianBridgeInterpolant', () => {
  it('has the variance σ²t(1−t) of a Brownian motion pinned at both ends', () => {
    fc.assert(
      fc.property(inside, sigmas, (t, sigma) => {
        expectClose(brownianBridgeInterpolant({ sigma }).at(t).gamma ** 2, sigma ** 2 * t * (1 - t), {
          relative: 1e-14,
        });
      }),
    );
  });

  it('gives the rate of its variance, which is finite where that of its width is not', () => {
    fc.assert(
      fc.property(inside, sigmas, (t, sigma) => {
        const { gamma, dGamma, dVariance } = brownianBridgeInterpolant({ sigma }).at(t);
        expectClose(dVariance!, 2 * gamma * dGamma, { relative: 1e-14, absolute: 1e-14 });
      }),
    );
  });

  it('has the published velocity (1−2t)/(2t(1−t))·(x_t − μ_t) + x₁ − x₀', () => {
    fc.assert(
      fc.property(inside, sigmas, coordinate, coordinate, coordinate, (t, sigma, x0, x1, epsilon) => {
        const { alpha, beta, gamma, dAlpha, dBeta, dGamma } = brownianBridgeInterpolant({ sigma }).at(t);
        const mean = alpha * x0 + beta * x1;
        const x = mean + gamma * epsilon;
        const published = ((1 - 2 * t) / (2 * t * (1 - t))) * (x - mean) + x1 - x0;
        // x − μ loses the digits of x, of size 10 to 30, and is divided by up to 2·0.001.
        expectClose(dAlpha * x0 + dBeta * x1 + dGamma * epsilon, published, { absolute: 1e-11 });
      }),
    );
  });

  it('has a derivative that is infinite at the ends, and a margin that keeps training away from them', () => {
    const bridge = brownianBridgeInterpolant({ sigma: 2 });
    const drift = { dAlpha: -1, dBeta: 1 };
    expect(bridge.at(0)).toEqual({ alpha: 1, beta: 0, gamma: 0, ...drift, dGamma: Infinity, dVariance: 4 });
    expect(bridge.at(1)).toEqual({ alpha: 0, beta: 1, gamma: 0, ...drift, dGamma: -Infinity, dVariance: -4 });
    expect(bridge.timeMargin).toBe(1e-3);
  });

  it('is the linear interpolant where sigma is 0, without a margin', () => {
    const straight = brownianBridgeInterpolant({ sigma: 0 });
    for (const t of [0, 0.25, 1]) expect(straight.at(t)).toMatchObject(linearInterpolant().at(t));
    expect(straight.timeMargin).toBe(0);
  });

  it('refuses a diffusion that is none, and unknown options', () => {
    expect(() => brownianBridgeInterpolant({ sigma: -1 })).toThrow('"sigma" expected a finite number >= 0, got -1');
    expect(() => brownianBridgeInterpolant({ sigma: Infinity })).toThrow(RangeError);
    expect(() => brownianBridgeInterpolant({ epsilon: 2 } as never)).toThrow('got "epsilon"');
  });
});
