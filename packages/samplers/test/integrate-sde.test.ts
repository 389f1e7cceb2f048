import { createRng, fillNormal } from '@brenier/random';
import { convergenceOrder, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  euler,
  eulerMaruyama,
  integrate,
  integrateSde,
  startSdeIntegration,
  type IntegrateSdeOptions,
} from '../src/index.js';
import { pulsating, scalarField } from './fields.js';

const method = eulerMaruyama();
const noDrift = scalarField(() => 0);
const theta = 1.5;
const sigma = 0.8;
const ornsteinUhlenbeck = scalarField((x) => -theta * x);

function secondMoment(points: Float64Array): number {
  return points.reduce((sum, x) => sum + x * x, 0) / points.length;
}

/**
 * The Ornstein–Uhlenbeck process at the end of the same Brownian path, exactly. Over one step it is e^(−θh)x plus σ
 * times a Gaussian integral of the path, which given the increment ΔW has mean ΔW(1−e^(−θh))/(θh) and an independent
 * remainder of the variance that is missing.
 */
function exactEndpoint(seed: number, x0: number, numSteps: number, count: number): Float64Array {
  const h = 1 / numSteps;
  const decay = Math.exp(-theta * h);
  const slope = (1 - decay) / (theta * h);
  const remainder = Math.sqrt((1 - decay * decay) / (2 * theta) - slope * slope * h);
  const x = new Float64Array(count).fill(x0);
  const increments = new Float64Array(count);
  const remainders = new Float64Array(count);
  for (let k = 0; k < numSteps; k++) {
    fillNormal(createRng(seed).fork(k), increments);
    fillNormal(createRng(seed).fork(`remainder ${k}`), remainders);
    for (let i = 0; i < count; i++) {
      x[i] = decay * x[i] + sigma * (slope * Math.sqrt(h) * increments[i] + remainder * remainders[i]);
    }
  }
  return x;
}

describe('integrateSde by Euler–Maruyama', () => {
  it('converges strongly with order 1 where the noise is additive', () => {
    const counts = [8, 16, 32, 64, 128];
    const errors = counts.map((numSteps) => {
      const approximate = integrateSde(createRng(1), ornsteinUhlenbeck, new Float64Array(4000).fill(2), {
        method,
        diffusion: sigma,
        numSteps,
      }).final;
      const exact = exactEndpoint(1, 2, numSteps, 4000);
      return Math.sqrt(secondMoment(approximate.map((x, i) => x - exact[i])));
    });
    const { order } = convergenceOrder(
      counts.map((n) => 1 / n),
      errors,
    );
    // The root mean square over 4000 paths has 1 % of noise; the rest is the O(h) tilt of the fit.
    expect(Math.abs(order - method.strongOrder)).toBeLessThan(0.15);
  });

  it('converges weakly with order 1', () => {
    const counts = [4, 8, 16];
    const variance = (sigma * sigma * (1 - Math.exp(-2 * theta))) / (2 * theta);
    const errors = counts.map((numSteps) => {
      const options = { method, diffusion: sigma, numSteps };
      const { final } = integrateSde(createRng(7), ornsteinUhlenbeck, new Float64Array(100_000), options);
      return Math.abs(secondMoment(final) - variance);
    });
    const { order } = convergenceOrder(
      counts.map((n) => 1 / n),
      errors,
    );
    // The variance is off by about θh/2: 19, 9 and 5 %, against a Monte Carlo noise of √(2/100,000) = 0.45 %.
    expect(Math.abs(order - method.weakOrder)).toBeLessThan(0.3);
  });

  it('is Euler’s method to the bit where σ is 0', () => {
    const options = { numSteps: 20, keep: 'trajectory' } as const;
    const noiseless = integrateSde(createRng(0), pulsating, [1, 2], { ...options, method, diffusion: 0 });
    expect(noiseless).toEqual(integrate(pulsating, [1, 2], { ...options, method: euler() }));
  });

  it('adds up the variance ∫σ(t)² dt of a diffusion that changes in time', () => {
    const { final } = integrateSde(createRng(3), noDrift, new Float64Array(40_000), {
      method,
      diffusion: (t) => 1 + t,
      numSteps: 50,
    });
    // The left Riemann sum of (1+t)² with 50 steps; five standard errors √(2/40,000) of the variance.
    const riemann = Array.from({ length: 50 }, (_, k) => (1 + k / 50) ** 2 / 50).reduce((sum, term) => sum + term, 0);
    expectClose(secondMoment(final), riemann, { relative: 5 * Math.sqrt(2 / 40_000) });
  });

  it('draws the noise of step k from fork k alone', () => {
    const result = integrateSde(createRng(9), noDrift, [0, 0], {
      method,
      diffusion: 3,
      times: [0, 0.25, 1],
      keep: 'trajectory',
    });
    const first = fillNormal(createRng(9).fork(0), new Float64Array(2));
    const second = fillNormal(createRng(9).fork(1), new Float64Array(2));
    for (let i = 0; i < 2; i++) {
      expectClose(result.states[1][i], 1.5 * first[i], { relative: 1e-15 });
      expectClose(result.states[2][i], 1.5 * first[i] + 3 * Math.sqrt(0.75) * second[i], { relative: 1e-14 });
    }
  });

  it('gives the same bits whether run in one go or stepped, and leaves the generator where it was', () => {
    const options: IntegrateSdeOptions = { method, diffusion: sigma, numSteps: 10 };
    const rng = createRng(4);
    const before = rng.snapshot();
    const whole = integrateSde(rng, ornsteinUhlenbeck, [1, 2, 3], options);
    expect(rng.snapshot()).toEqual(before);
    rng.uniform();
    const stepped = startSdeIntegration(rng, ornsteinUhlenbeck, [1, 2, 3], options);
    while (stepped.status === 'running') stepped.step();
    expect(stepped.result()).toEqual(whole);
    expect(whole.nfe).toBe(10);
  });

  it('refuses a generator that is none and a diffusion that is no spread', () => {
    const options: IntegrateSdeOptions = { method, diffusion: 1, numSteps: 4 };
    const rng = createRng(0);
    expect(() => integrateSde(rng, noDrift, [0], { ...options, diffusion: -1 })).toThrow('"diffusion" expected');
    expect(() => integrateSde(rng, noDrift, [0], { ...options, diffusion: () => NaN })).toThrow(
      '"diffusion(t)" expected',
    );
    expect(() => integrateSde(rng, noDrift, [0], { ...options, diffusion: undefined as never })).toThrow(TypeError);
    expect(() => integrateSde(rng, noDrift, [0], { ...options, method: euler() as never })).toThrow('"method.kind"');
    expect(() => integrateSde(Math as never, noDrift, [0], options)).toThrow('"rng"');
    expect(() => integrateSde(rng, noDrift, [], options)).toThrow('"x0"');
  });
});
