import { describe, expect, it } from 'vitest';
import { exactBridgeEnergy } from '../../src/exact-bridge/exact-bridge-energy.js';

describe('the energy of the exact bridge', () => {
  it('is known to half a percent, between the least energy and the independent coupling', () => {
    const { pathEnergy, error } = exactBridgeEnergy('eightGaussians', 1);
    // W2² is 14.9 ± 0.13, from samples.
    expect(pathEnergy).toBeGreaterThan(14.8);
    expect(pathEnergy).toBeLessThan(15.3);
    expect(error).toBeLessThan(0.005 * pathEnergy);
  });

  it('grows with σ', () => {
    const energies = [2, 4].map((sigma) => exactBridgeEnergy('moonsToEightGaussians', sigma).pathEnergy);
    expect(energies[1]).toBeGreaterThan(energies[0] + 1);
  });
});
