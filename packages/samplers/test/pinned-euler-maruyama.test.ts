import { createRng, fillNormal } from '@brenier/random';
import { convergenceOrder, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { eulerMaruyama, integrateSde, pinnedEulerMaruyama, type ArrayField } from '../src/index.js';
import { scalarField } from './fields.js';
import { arrivalVariance, equalTimes } from './gaussian-bridge-arrival.js';

const sigma = 1.3;
const method = pinnedEulerMaruyama();
const towards = (end: number, T: number): ArrayField => scalarField((x, t) => (end - x) / Math.abs(T - t));

describe('pinnedEulerMaruyama', () => {
  it('arrives at a single end point without error, in any number of steps and in either direction of time', () => {
    for (const numSteps of [1, 2, 7, 20]) {
      const options = { method, diffusion: sigma, numSteps };
      const { final } = integrateSde(createRng(numSteps), towards(2, 1), [-1, 0, 5], options);
      final.forEach((x) => expectClose(x, 2, { absolute: 1e-14 }));
      const back = scalarField((x, t) => -(2 - x) / t);
      const reversed = integrateSde(createRng(numSteps), back, [-1, 0, 5], { ...options, from: 1, to: 0 });
      reversed.final.forEach((x) => expectClose(x, 2, { absolute: 1e-14 }));
    }
  });

  it('has the law of the Brownian bridge at every step, however few there are', () => {
    const n = 40_000;
    const times = [0, 0.2, 0.7, 1];
    const start = new Float64Array(n).fill(-1);
    const { states } = integrateSde(createRng(0), towards(2, 1), start, { method, diffusion: sigma, times });
    times.forEach((t, k) => {
      const mean = states[k].reduce((sum, x) => sum + x, 0) / n;
      const variance = states[k].reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
      const expected = sigma * sigma * t * (1 - t);
      // Four standard errors of 40,000 draws.
      expectClose(mean, -1 + 3 * t, { absolute: 4 * Math.sqrt(expected / n) + 1e-14 });
      expectClose(variance, expected, { relative: 4 * Math.sqrt(2 / n), absolute: 1e-14 });
    });
  });

  it('makes ends of a smooth law too narrow, by about σ²h·log(1/h)', () => {
    const counts = [10, 20, 40, 80, 160, 320];
    const errors = counts.map((numSteps) => arrivalVariance(method, equalTimes(numSteps), sigma, 1) - 1);
    errors.forEach((error) => expect(error).toBeLessThan(0));
    const { order } = convergenceOrder(
      counts.map((n) => Math.log(n) / n),
      errors.map(Math.abs),
    );
    // Exact variances: only the next term of the expansion tilts the fit.
    expect(Math.abs(order - 1)).toBeLessThan(0.1);
  });

  it('is Euler–Maruyama where there is no noise, and differs from it by the size of the noise alone', () => {
    const x0 = fillNormal(createRng(1), new Float64Array(10));
    const still = { numSteps: 9, diffusion: 0 };
    const pinned = integrateSde(createRng(2), towards(1, 1.5), x0, { method, ...still });
    const plain = integrateSde(createRng(2), towards(1, 1.5), x0, { method: eulerMaruyama(), ...still });
    expect(pinned).toEqual(plain);
    const single = { times: [0, 0.25, 1], diffusion: sigma };
    const first = (used: typeof method) =>
      integrateSde(
        createRng(3),
        scalarField(() => 0),
        [0],
        { method: used, ...single },
      ).states[1][0];
    // (1 − 0.25)/(1 − 0) of the variance.
    expectClose(first(method) / first(eulerMaruyama()), Math.sqrt(0.75), { relative: 1e-14 });
  });

  it('refuses a method whose factor is no factor', () => {
    const broken = { ...method, noiseFactor: () => NaN };
    expect(() => integrateSde(createRng(0), towards(1, 1), [0], { method: broken, diffusion: 1, numSteps: 2 })).toThrow(
      '"method.noiseFactor(…)" expected a finite number >= 0, got NaN',
    );
  });
});
