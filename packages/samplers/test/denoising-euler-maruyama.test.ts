import { createRng } from '@brenier/random';
import { convergenceOrder, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { denoisingEulerMaruyama, eulerMaruyama, integrateSde, refinedTimes } from '../src/index.js';
import { scalarField } from './fields.js';
import { arrivalVariance, equalTimes } from './gaussian-bridge-arrival.js';

const method = denoisingEulerMaruyama();

describe('denoisingEulerMaruyama', () => {
  it('has the steps of Euler–Maruyama, to the bit, but for the noise of the last one', () => {
    const pull = scalarField((x, t) => t - x);
    const options = { diffusion: 0.7, numSteps: 5, keep: 'trajectory' as const };
    const denoised = integrateSde(createRng(4), pull, [1, -2], { ...options, method });
    const plain = integrateSde(createRng(4), pull, [1, -2], { ...options, method: eulerMaruyama() });
    expect(denoised.states.slice(0, 5)).toEqual(plain.states.slice(0, 5));
    const quiet = integrateSde(createRng(4), pull, plain.states[4], {
      method,
      diffusion: 0,
      times: plain.times.slice(4),
    });
    expect(denoised.final).toEqual(quiet.final);
    expect(denoised.final).not.toEqual(plain.final);
  });

  it('knows the last time of an integration that runs backwards', () => {
    const still = scalarField(() => 0);
    const options = { method, diffusion: 1, numSteps: 2, from: 1, to: 0, keep: 'trajectory' as const };
    const { states } = integrateSde(createRng(0), still, [0], options);
    expect(states[1][0]).not.toBe(0);
    expect(states[2][0]).toBe(states[1][0]);
  });

  it('converges weakly with order 1', () => {
    const counts = [20, 40, 80, 160, 320];
    const errors = counts.map((numSteps) => Math.abs(arrivalVariance(method, equalTimes(numSteps), 1, 1) - 1));
    const { order } = convergenceOrder(
      counts.map((n) => 1 / n),
      errors,
    );
    // Exact variances: only the next term of the expansion tilts the fit.
    expect(Math.abs(order - 1)).toBeLessThan(0.1);
  });

  it('arrives at narrow and wide laws alike within 0.02 of their spread in 20 refined steps, as its page says', () => {
    const error = (used: typeof method, times: Float64Array, s: number) =>
      Number((Math.sqrt(arrivalVariance(used, times, 1, s)) - s).toFixed(3));
    const spreads = [1, 0.3, 0.1, 0.03];
    // The numbers of the page of the method, from the recursion; an independent program gave the same.
    const refined = refinedTimes({ numSteps: 20 });
    expect(spreads.map((s) => error(method, refined, s))).toEqual([0.002, 0.005, -0.011, -0.018]);
    expect(spreads.map((s) => error(eulerMaruyama(), equalTimes(20), s))).toEqual([0.008, 0.045, 0.129, 0.194]);
  });
});

describe('refinedTimes', () => {
  it('ends at the last time to the bit, with steps that shrink as the power says, in either direction', () => {
    const times = refinedTimes({ numSteps: 7, from: 0.9, to: 0.1, exponent: 2 });
    expect([times[0], times[7]]).toEqual([0.9, 0.1]);
    times.forEach((t, k) => expectClose(t, 0.1 + 0.8 * ((7 - k) / 7) ** 2, { absolute: 1e-15 }));
    expect([...refinedTimes({ numSteps: 4, exponent: 1 })]).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect([...refinedTimes({ numSteps: 1 })]).toEqual([0, 1]);
    // 20^−1.5
    expectClose(1 - refinedTimes({ numSteps: 20 })[19], 0.011180339887, { relative: 1e-9 });
  });

  it('refuses what makes no grid', () => {
    expect(() => refinedTimes({ numSteps: 0 })).toThrow('"numSteps" expected a whole number in [1, 2147483646], got 0');
    expect(() => refinedTimes({ numSteps: 3, exponent: 0 })).toThrow('"exponent" expected a finite number > 0, got 0');
    expect(() => refinedTimes({ numSteps: 3, exponent: NaN })).toThrow('"exponent"');
    expect(() => refinedTimes({ numSteps: 3, from: 1 })).toThrow('"to" expected a time other than "from", got 1');
    expect(() => refinedTimes({ numSteps: 3, from: Infinity })).toThrow('"from"');
    expect(() => refinedTimes({ numSteps: 20, exponent: 40 })).toThrow(
      '"exponent" expected steps that can be told apart',
    );
    expect(() => refinedTimes({ numSteps: 3, power: 2 } as never)).toThrow('"numSteps", "exponent", "from", "to"');
    expect(() => refinedTimes(undefined as never)).toThrow('"numSteps"');
  });
});
