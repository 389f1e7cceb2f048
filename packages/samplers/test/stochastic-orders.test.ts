import { createRng, fillNormal } from '@brenier/random';
import { convergenceOrder, expectAllClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  eulerMaruyama,
  heun,
  integrate,
  integrateSde,
  stochasticHeun,
  type IntegrateSdeOptions,
  type StochasticMethod,
} from '../src/index.js';
import { brownianPaths } from './brownian-path.js';
import { pulsating, scalarField } from './fields.js';

const methods = [eulerMaruyama(), stochasticHeun()];
const theta = 1.5;
const ornsteinUhlenbeck = scalarField((x) => -theta * x);
// Particles in a double well that is tilted to and fro.
const doubleWell = scalarField((x, t) => x - x * x * x + Math.sin(3 * t));
const swelling = (t: number) => 0.5 + 0.4 * t;

/**
 * The Ornstein–Uhlenbeck process at the end of the same Brownian path, exactly. Over one step it is e^(−θh)x plus σ
 * times a Gaussian integral of the path, which given the increment ΔW has mean ΔW(1−e^(−θh))/(θh) and an independent
 * remainder of the variance that is missing.
 */
function exactEndpoint(seed: number, sigma: number, numSteps: number, start: Float64Array): Float64Array {
  const h = 1 / numSteps;
  const decay = Math.exp(-theta * h);
  const slope = (1 - decay) / (theta * h);
  const remainder = Math.sqrt((1 - decay * decay) / (2 * theta) - slope * slope * h);
  const x = start.slice();
  const increments = new Float64Array(x.length);
  const remainders = new Float64Array(x.length);
  for (let k = 0; k < numSteps; k++) {
    fillNormal(createRng(seed).fork(k), increments);
    fillNormal(createRng(seed).fork(`remainder ${k}`), remainders);
    for (let i = 0; i < x.length; i++) {
      x[i] = decay * x[i] + sigma * (slope * Math.sqrt(h) * increments[i] + remainder * remainders[i]);
    }
  }
  return x;
}

const rootMeanSquare = (x: Float64Array, y: Float64Array) =>
  Math.sqrt(x.reduce((sum, each, i) => sum + (each - y[i]) ** 2, 0) / x.length);

const orderOf = (counts: readonly number[], errors: readonly number[]) =>
  convergenceOrder(
    counts.map((n) => 1 / n),
    errors,
  ).order;

describe.each(methods)('$name', (method: StochasticMethod) => {
  it(`converges strongly with order ${method.strongOrder} to the exact Ornstein–Uhlenbeck process`, () => {
    const counts = [8, 16, 32, 64, 128];
    const start = new Float64Array(4000).fill(2);
    const errors = counts.map((numSteps) => {
      const { final } = integrateSde(createRng(1), ornsteinUhlenbeck, start, { method, diffusion: 0.8, numSteps });
      return rootMeanSquare(final, exactEndpoint(1, 0.8, numSteps, start));
    });
    // The root mean square over 4000 paths has 1 % of noise; the rest is the O(h) tilt of the fit.
    expect(Math.abs(orderOf(counts, errors) - method.strongOrder)).toBeLessThan(0.15);
  });

  // The same paths seen at steps of 1/8 to 1/64, against steps of 1/512.
  const fineSteps = 512;
  const paths = brownianPaths(11, fineSteps, 2000);
  const start = Float64Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? 0.5 : -1));
  const run = (numSteps: number, by: StochasticMethod) =>
    integrateSde(paths.coarse(fineSteps / numSteps), doubleWell, start, { method: by, diffusion: swelling, numSteps })
      .final;
  const reference = run(fineSteps, stochasticHeun());

  it(`converges strongly with order ${method.strongOrder} along Brownian paths that are refined, the drift not linear`, () => {
    const counts = [8, 16, 32, 64];
    const errors = counts.map((numSteps) => rootMeanSquare(run(numSteps, method), reference));
    // The reference errs by an eighth of the smallest error, independently, which is 1 % of its square.
    expect(Math.abs(orderOf(counts, errors) - method.strongOrder)).toBeLessThan(0.2);
  });

  it(`converges weakly with order ${method.weakOrder}, the drift not linear and the diffusion not constant`, () => {
    // A first-order bias shows its order only at steps that are short beside the wells.
    const counts = method.weakOrder === 1 ? [16, 32, 64] : [4, 8, 16];
    const bias = counts.map((numSteps) => {
      const x = run(numSteps, method);
      return Math.abs(x.reduce((sum, each, i) => sum + each * each - reference[i] ** 2, 0) / x.length);
    });
    // The difference on common paths has the size of the strong error; over 2000 paths 0.02·h/45 of it is left as noise.
    expect(Math.abs(orderOf(counts, bias) - method.weakOrder)).toBeLessThan(0.35);
  });

  it('has the moments of its weak order for a linear drift, exactly', () => {
    // From 0, X₁ = Σ rₖNₖ is Gaussian with a variance that follows from the response to one step of noise.
    const counts = [8, 16, 32, 64];
    const variance = (numSteps: number) => {
      const factor = integrate(ornsteinUhlenbeck, [1], {
        method: { kind: 'fixed-step', name: method.name, order: method.weakOrder, tableau: method.tableau },
        numSteps: 1,
        to: 1 / numSteps,
      }).final[0];
      const options = { method, diffusion: 0.8, numSteps: 1, to: 1 / numSteps };
      const xi = fillNormal(createRng(0).fork(0), new Float64Array(1))[0];
      const response = integrateSde(createRng(0), ornsteinUhlenbeck, [0], options).final[0] / xi;
      let sum = 0;
      for (let k = 0; k < numSteps; k++) sum = factor * factor * sum + response * response;
      return sum;
    };
    const exact = (0.64 * (1 - Math.exp(-2 * theta))) / (2 * theta);
    const errors = counts.map((numSteps) => Math.abs(variance(numSteps) - exact));
    // No randomness is left: the next term of the expansion tilts the fit by O(h).
    expect(Math.abs(orderOf(counts, errors) - method.weakOrder)).toBeLessThan(0.15);
  });

  it('counts one evaluation per stage and step', () => {
    const options: IntegrateSdeOptions = { method, diffusion: 1, numSteps: 7 };
    const { nfe, numSteps, numRejected } = integrateSde(createRng(0), pulsating, [1], options);
    expect({ nfe, numSteps, numRejected }).toEqual({
      nfe: 7 * method.tableau.nodes.length,
      numSteps: 7,
      numRejected: 0,
    });
  });

  it('asks for σ only at the ends of steps that it uses', () => {
    const asked: number[] = [];
    const diffusion = (t: number) => {
      asked.push(t);
      return 1;
    };
    integrateSde(createRng(0), pulsating, [1], { method, diffusion, numSteps: 2 });
    expect(asked).toEqual(method.diffusionWeights[1] === 0 ? [0, 0.5] : [0, 0.5, 1]);
  });

  it('takes the times asked for into its grid where they lie between equal steps', () => {
    const options: IntegrateSdeOptions = { method, diffusion: 1, numSteps: 4, times: [0, 0.3, 0.5, 0.9, 1] };
    const result = integrateSde(createRng(5), doubleWell, [0, 1], options);
    expect(Array.from(result.times)).toEqual([0, 0.3, 0.5, 0.9, 1]);
    expect(result.numSteps).toBe(6);
    const { states } = integrateSde(createRng(5), doubleWell, [0, 1], {
      method,
      diffusion: 1,
      times: [0, 0.25, 0.3, 0.5, 0.75, 0.9, 1],
    });
    expect(result.states).toEqual([states[0], states[2], states[3], states[5], states[6]]);
    const { final } = integrateSde(createRng(5), doubleWell, [0, 1], { ...options, keep: 'final' });
    expect(final).toEqual(result.final);
  });
});

describe('stochasticHeun', () => {
  it('is Heun’s method to the bit where σ is 0', () => {
    const options = { numSteps: 20, keep: 'trajectory' } as const;
    const noiseless = integrateSde(createRng(0), pulsating, [1, 2], {
      ...options,
      method: stochasticHeun(),
      diffusion: 0,
    });
    expect(noiseless).toEqual(integrate(pulsating, [1, 2], { ...options, method: heun() }));
  });

  it('uses one noise for predictor and corrector, with σ by the trapezoidal rule', () => {
    const options: IntegrateSdeOptions = {
      method: stochasticHeun(),
      diffusion: (t) => 1 + 2 * t,
      numSteps: 1,
      to: 0.25,
    };
    const { final } = integrateSde(createRng(9), ornsteinUhlenbeck, [1, 3], options);
    const xi = fillNormal(createRng(9).fork(0), new Float64Array(2));
    const expected = [1, 3].map((x, i) => {
      const noise = 1.25 * 0.5 * xi[i];
      const predictor = x - theta * x * 0.25 + noise;
      return x - theta * 0.125 * (x + predictor) + noise;
    });
    expectAllClose(final, expected, { relative: 1e-14 });
  });

  it('beats Euler–Maruyama at the same number of evaluations', () => {
    const exact = (1 - Math.exp(-2 * theta)) / (2 * theta);
    const miss = (method: StochasticMethod, numSteps: number) => {
      const options = { method, diffusion: 1, numSteps };
      const { final } = integrateSde(createRng(3), ornsteinUhlenbeck, new Float64Array(40_000), options);
      return Math.abs(final.reduce((sum, x) => sum + x * x, 0) / final.length / exact - 1);
    };
    // Biases of about (θh)²/2 = 1.8 % and θh/2 = 4.7 %, the noise of 40,000 draws being 0.7 %.
    expect(miss(stochasticHeun(), 8)).toBeLessThan(miss(eulerMaruyama(), 16) / 1.5);
  });
});
