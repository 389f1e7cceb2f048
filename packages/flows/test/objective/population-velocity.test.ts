import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import {
  conditionalFlowMatching,
  exactPairing,
  flowMatching,
  independentPairing,
  linearInterpolant,
  otConditionalFlowMatching,
  type Interpolant,
  type Pairing,
} from '../../src/index.js';
import { normalSource } from '../clouds.js';

// The pair N(0, 1) → N(m, s²) on the line. Its velocity is affine in x, so least squares on one batch recovers it.
const [m, s] = [3, 2];
const [source, target] = [normalSource([0]), normalSource([m], s)];

/** The line through (x, target) by least squares, with all samples at one time. */
function fitAt(t: number, pairing: Pairing, sigma: number, batchSize: number): { slope: number; atMean: number } {
  const moving = linearInterpolant({ sigma });
  const frozen: Interpolant = { at: () => moving.at(t) };
  const batch = flowMatching({ pairing, interpolant: frozen, batchSize }).draw(createRng(1));
  const [x, y] = [Array.from(batch.x), Array.from(batch.target)];
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const slope = mean(x.map((each, i) => (each - meanX) * (y[i] - meanY))) / mean(x.map((each) => (each - meanX) ** 2));
  return { slope, atMean: meanY + slope * (t * m - meanX) };
}

describe('the population velocity, which the regression estimates', () => {
  for (const t of [0, 0.3, 0.8, 1]) {
    it(`is the closed form of an independent Gaussian pair at t = ${t}`, () => {
      // v_t(x) = m + (t s² − (1−t)) / ((1−t)² + t²s² + σ²) · (x − tm): covariance of x1 − x0 with x_t over the variance
      // of x_t.
      for (const sigma of [0, 0.5]) {
        const { slope, atMean } = fitAt(t, independentPairing(source, target), sigma, 20_000);
        const expected = (t * s * s - (1 - t)) / ((1 - t) ** 2 + t * t * s * s + sigma * sigma);
        // Standard errors: residual sd at most 2.3, sd of x at least 0.8, 20,000 samples; five of them.
        expect(Math.abs(slope - expected)).toBeLessThan(0.1);
        expect(Math.abs(atMean - m)).toBeLessThan(0.1);
      }
    });

    it(`is the velocity of the displacement interpolation for the optimal pair at t = ${t}`, () => {
      // The optimal map is x ↦ m + sx, so x_t = (1−t+ts)x₀ + tm moves at (s−1)x₀ + m.
      const { slope, atMean } = fitAt(t, exactPairing(source, target), 0, 2000);
      // The error is that of the empirical means and spreads, s/√n = 0.05 at most; three of them.
      expect(Math.abs(slope - (s - 1) / (1 - t + t * s))).toBeLessThan(0.15);
      expect(Math.abs(atMean - m)).toBeLessThan(0.15);
    });
  }
});

describe('otConditionalFlowMatching', () => {
  const options = { source, target, batchSize: 256, sigma: 0.1 };

  it('differs from conditionalFlowMatching in the pairing alone', () => {
    const [independent, optimal] = [conditionalFlowMatching(options), otConditionalFlowMatching(options)].map(
      (objective) => objective.draw(createRng(2)),
    );
    expect(optimal.t).toEqual(independent.t);
    const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
    // The ends are the same points in another order: their differences add up to the same, up to float32.
    expect(Math.abs(sum(optimal.target) - sum(independent.target))).toBeLessThan(1e-3);
    const energy = (values: Float32Array) => values.reduce((total, value) => total + value * value, 0) / values.length;
    // E|x1 − x0|² is m² + 1 + s² = 14 for independent pairs and W2² = m² + (s−1)² = 10 for optimal ones; five standard
    // errors.
    expect(Math.abs(energy(independent.target) - 14)).toBeLessThan(5 * Math.sqrt((2 * 25 + 4 * 9 * 5) / 256));
    expect(Math.abs(energy(optimal.target) - 10)).toBeLessThan(5 * Math.sqrt((2 + 4 * 9) / 256) + 1);
  });

  it('names itself and refuses unknown options', () => {
    expect(otConditionalFlowMatching(options).name).toBe('ot-cfm, sigma 0.1, batch 256');
    expect(() => otConditionalFlowMatching({ ...options, epsilon: 1 } as never)).toThrow('got "epsilon"');
    expect(() => conditionalFlowMatching({ ...options, sigma: -1 })).toThrow('"sigma"');
  });
});
