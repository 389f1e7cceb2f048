import { describe, expect, it } from 'vitest';
import { BRIDGE_COVARIANCE, bridgeVariance, exactIterates } from '../../src/gaussian/exact-iterates.js';

describe('the exact half-iterations of the Gaussian experiment', () => {
  it('approach (√5 − 1)/2, the covariance of the bridge', () => {
    expect(BRIDGE_COVARIANCE).toBeCloseTo((Math.sqrt(5) - 1) / 2, 12);
    for (const method of ['DSBM-IMF', 'DSBM-IPF', 'DSB'] as const) {
      expect(exactIterates(method, 40).at(-1)).toBeCloseTo(BRIDGE_COVARIANCE, 10);
    }
  });

  it('are ratios of Fibonacci numbers for proportional fitting', () => {
    const ratios = [1 / 2, 2 / 3, 3 / 5, 5 / 8, 8 / 13, 13 / 21];
    exactIterates('DSBM-IPF', 6).forEach((each, k) => expect(each).toBeCloseTo(ratios[k], 12));
    expect(exactIterates('DSB', 6)).toEqual(exactIterates('DSBM-IPF', 6));
  });

  it('begin at e^(−π/(3√3)) for Markovian fitting from independent ends, and approach from below', () => {
    // ∫ dt/(1 − t + t²) over [0, 1] = 2π/(3√3).
    const iterates = exactIterates('DSBM-IMF', 6);
    expect(iterates[0]).toBeCloseTo(Math.exp(-Math.PI / (3 * Math.sqrt(3))), 9);
    iterates.forEach((each, k) => expect(each).toBeGreaterThan(k === 0 ? 0 : iterates[k - 1]));
    expect(iterates[5]).toBeLessThanOrEqual(BRIDGE_COVARIANCE);
    // The contraction is geometric: each step leaves about a ninth of the distance.
    const distances = iterates.slice(0, 4).map((each) => BRIDGE_COVARIANCE - each);
    distances.slice(1).forEach((each, k) => expect(each / distances[k]).toBeCloseTo(0.115, 1));
  });

  it('have the law of the bridge at every time', () => {
    expect([bridgeVariance(0), bridgeVariance(1)]).toEqual([1, 1]);
    expect(bridgeVariance(0.5)).toBeCloseTo(0.5 + Math.sqrt(5) / 4, 12);
  });
});
