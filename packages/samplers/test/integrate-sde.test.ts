import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  euler,
  eulerMaruyama,
  integrate,
  integrateSde,
  refinedTimes,
  startSdeIntegration,
  type IntegrateSdeOptions,
} from '../src/index.js';
import { pulsating, scalarField } from './fields.js';

const method = eulerMaruyama();
const noDrift = scalarField(() => 0);
const sigma = 0.8;
const ornsteinUhlenbeck = scalarField((x) => -1.5 * x);

function secondMoment(points: Float64Array): number {
  return points.reduce((sum, x) => sum + x * x, 0) / points.length;
}

describe('integrateSde by Euler–Maruyama', () => {
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

  it('keeps every state of times that differ by rounding, and never steps back between them', () => {
    const wind = scalarField(() => 1);
    const options: IntegrateSdeOptions = { method, diffusion: 0, numSteps: 10 };
    // The first two are within rounding of the step end 0.3, on one side of it; the refined ones are closer at their end.
    for (const times of [[0, 0.3 - 2 ** -50, 0.3 - 2 ** -52, 1], [...refinedTimes({ numSteps: 200, exponent: 7 })]]) {
      const given = times.length > 4 ? { method, diffusion: 0 } : options;
      const { states, times: kept, final } = integrateSde(createRng(0), wind, [0], { ...given, times });
      expect(Array.from(kept)).toEqual(times);
      expectAllClose(
        states.map((state) => state[0]),
        times,
        { absolute: 1e-13 },
      );
      expect(states.at(-1)).toEqual(final);
    }
    const ends: number[] = [];
    const onProgress = ({ t }: { t: number }) => ends.push(t);
    integrateSde(createRng(0), wind, [0], { ...options, times: [0, 0.3 - 2 ** -50, 0.3 - 2 ** -52, 1], onProgress });
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
  });
});
