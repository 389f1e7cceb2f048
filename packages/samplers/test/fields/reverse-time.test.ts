import { createRng, fillNormal } from '@brenier/random';
import { convergenceOrder, expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  diffusionOfFlow,
  eulerMaruyama,
  integrate,
  integrateSde,
  logLikelihood,
  probabilityFlow,
  reverseTimeSde,
  rk4,
  stochasticHeun,
  type ArrayField,
} from '../../src/index.js';
import { scalarField } from '../fields.js';

// dX = −X dt + σ(t) dW with σ² = 1 + t from N(1, ½²): the law stays Gaussian, m = e^−t and
// s² = e^−2t (¼ + ∫₀ᵗ e^2u (1 + u) du) = e^−2t (¼ + [e^2u (1 + 2u)/4]₀ᵗ).
const sigma = (t: number) => Math.sqrt(1 + t);
const mean = (t: number) => Math.exp(-t);
const variance = (t: number) => Math.exp(-2 * t) * (0.25 + (Math.exp(2 * t) * (1 + 2 * t) - 1) / 4);
const drift: ArrayField = {
  ...scalarField((x) => -x),
  jacobianProduct: (_x, _t, u, out) => u.forEach((each, i) => (out[i] = -each)),
};
const score: ArrayField = {
  ...scalarField((x, t) => (mean(t) - x) / variance(t)),
  jacobianProduct: (_x, t, u, out) => u.forEach((each, i) => (out[i] = -each / variance(t))),
};

const moments = (points: Float64Array) => {
  const average = points.reduce((sum, x) => sum + x, 0) / points.length;
  return { average, spread: points.reduce((sum, x) => sum + (x - average) ** 2, 0) / points.length };
};

describe('reverseTimeSde', () => {
  it('leads the law at time 1 back to the law at time 0', () => {
    const n = 40_000;
    const end = fillNormal(createRng(0), new Float64Array(n), { mean: mean(1), sd: Math.sqrt(variance(1)) });
    const back = reverseTimeSde(drift, score, sigma);
    const options = { method: stochasticHeun(), diffusion: sigma, numSteps: 40, times: [1, 0.5, 0] };
    const { states } = integrateSde(createRng(1), back, end, options);
    [1, 0.5, 0].forEach((t, k) => {
      const { average, spread } = moments(states[k]);
      // Four standard errors of 40,000 draws, and the bias of order h² = 1/1600.
      expectClose(average, mean(t), { absolute: 4 * Math.sqrt(variance(t) / n) + 2e-3 });
      expectClose(spread, variance(t), { relative: 4 * Math.sqrt(2 / n) + 2e-3 });
    });
  });

  // The equation is linear, so mean and variance obey recursions that need no random numbers: a step with N = 0 and its response to N.
  for (const method of [eulerMaruyama(), stochasticHeun()]) {
    it(`converges weakly with order ${method.weakOrder} by ${method.name}, time running backwards`, () => {
      const back = reverseTimeSde(drift, score, sigma);
      const counts = [16, 32, 64, 128];
      const errors = counts.map((numSteps) => {
        let [m, v] = [mean(1), variance(1)];
        for (let k = numSteps; k > 0; k--) {
          const times = { from: k / numSteps, to: (k - 1) / numSteps, numSteps: 1 };
          const step = (x: number, diffusion: (t: number) => number) =>
            integrateSde(createRng(0), back, [x], { method, diffusion, ...times }).final[0];
          const still = () => 0;
          const xi = fillNormal(createRng(0).fork(0), new Float64Array(1))[0];
          const slope = step(1, still) - step(0, still);
          const response = (step(0, sigma) - step(0, still)) / xi;
          m = step(m, still);
          v = slope * slope * v + response * response;
        }
        return Math.abs(v - variance(0)) + Math.abs(m - mean(0));
      });
      const { order } = convergenceOrder(
        counts.map((n) => 1 / n),
        errors,
      );
      // Exact moments: only the next term of the expansion tilts the fit.
      expect(Math.abs(order - method.weakOrder)).toBeLessThan(0.15);
    });
  }
});

describe('probabilityFlow', () => {
  const flow = probabilityFlow(drift, score, sigma);

  it('has the marginals of the process: it maps Gaussian quantiles to Gaussian quantiles', () => {
    const z = [-2, -0.5, 0, 1, 3];
    const x0 = z.map((each) => mean(0) + each * Math.sqrt(variance(0)));
    const { states } = integrate(flow, x0, { method: rk4(), numSteps: 50, times: [0, 0.4, 1] });
    [0, 0.4, 1].forEach((t, k) => {
      const expected = z.map((each) => mean(t) + each * Math.sqrt(variance(t)));
      expectAllClose(states[k], expected, { absolute: 1e-7 });
    });
  });

  it('has the likelihood of the process, by the Jacobian products of its parts', () => {
    const x = [-1, 0.2, 2];
    const baseLogDensity = (points: Float64Array, out: Float64Array) => {
      points.forEach((each, i) => (out[i] = -((each - 1) ** 2) / 0.5 - 0.5 * Math.log(2 * Math.PI * 0.25)));
    };
    const result = logLikelihood(flow, x, { method: rk4(), numSteps: 50, baseLogDensity });
    const expected = x.map(
      (each) => -((each - mean(1)) ** 2) / (2 * variance(1)) - 0.5 * Math.log(2 * Math.PI * variance(1)),
    );
    expectAllClose(result.logDensity, expected, { absolute: 1e-7 });
    expect(result).toMatchObject({ nfe: 200, numProducts: 200 });
    expect(
      probabilityFlow(
        drift,
        scalarField(() => 0),
        1,
      ).jacobianProduct,
    ).toBeUndefined();
  });

  it('is the drift itself where there is no noise, and does not ask for a score that may not exist', () => {
    const singular = scalarField(() => NaN);
    const quiet = probabilityFlow(drift, singular, (t) => (t < 0.5 ? 0 : 1));
    const out = new Float64Array(2);
    quiet.evaluate(Float64Array.of(1, -2), 0.25, out);
    expect(Array.from(out)).toEqual([-1, 2]);
    quiet.evaluate(Float64Array.of(1, -2), 0.75, out);
    expect(out.every(Number.isNaN)).toBe(true);
  });

  it('refuses parts that return their vectors instead of writing them', () => {
    const returning = { dim: 1, evaluate: (x: Float64Array) => x.slice() };
    const at = [Float64Array.of(1), 0.5, new Float64Array(1)] as const;
    expect(() => probabilityFlow(returning, score, 1).evaluate(...at)).toThrow('"drift.evaluate(x, t, out)"');
    expect(() => probabilityFlow(drift, returning, 1).evaluate(...at)).toThrow('"score.evaluate(x, t, out)"');
    expect(() => diffusionOfFlow(returning, score, 1).evaluate(...at)).toThrow('"velocity.evaluate(x, t, out)"');
  });

  it('refuses parts that do not fit and a diffusion that is no spread', () => {
    for (const make of [probabilityFlow, reverseTimeSde]) {
      expect(() =>
        make(
          drift,
          scalarField(() => 0, 2),
          1,
        ),
      ).toThrow('"score.dim" expected 1');
      expect(() => make(null as never, score, 1)).toThrow('"drift" expected an object');
      expect(() => make(drift, {} as never, 1)).toThrow('"score.dim"');
      expect(() => make(drift, score, -1)).toThrow('"diffusion" expected a finite number >= 0, got -1');
      expect(() => make(drift, score, NaN)).toThrow('"diffusion"');
      expect(() => make(drift, score, () => Infinity).evaluate(Float64Array.of(1), 0, new Float64Array(1))).toThrow(
        '"diffusion(t)"',
      );
    }
  });
});

describe('diffusionOfFlow', () => {
  it('undoes probabilityFlow, Jacobian products included', () => {
    const back = diffusionOfFlow(probabilityFlow(drift, score, sigma), score, sigma);
    const x = Float64Array.of(-2, 0, 0.5, 3);
    const [out, expected] = [new Float64Array(4), new Float64Array(4)];
    for (const t of [0, 0.4, 1]) {
      back.evaluate(x, t, out);
      drift.evaluate(x, t, expected);
      // Terms of size ½σ²·score ≤ 12 cancel.
      expectAllClose(out, expected, { absolute: 1e-14 * 12 });
      back.jacobianProduct!(x, t, x, out);
      drift.jacobianProduct!(x, t, x, expected);
      expectAllClose(out, expected, { absolute: 1e-14 * 12 });
    }
  });

  it('gives a diffusion with the marginals of the flow, at any σ', () => {
    const flow = probabilityFlow(drift, score, sigma);
    const n = 20_000;
    const start = fillNormal(createRng(2), new Float64Array(n), { mean: mean(0), sd: Math.sqrt(variance(0)) });
    for (const diffusion of [0, 0.5]) {
      const options = { method: stochasticHeun(), diffusion, numSteps: 40 };
      const { final } = integrateSde(createRng(3), diffusionOfFlow(flow, score, diffusion), start, options);
      const { average, spread } = moments(final);
      // Four standard errors of 20,000 draws, and the bias of order h² = 1/1600.
      expectClose(average, mean(1), { absolute: 4 * Math.sqrt(variance(1) / n) + 2e-3 });
      expectClose(spread, variance(1), { relative: 4 * Math.sqrt(2 / n) + 2e-3 });
    }
  });

  it('refuses what is no field, and a diffusion below 0', () => {
    expect(() => diffusionOfFlow(null as never, score, 1)).toThrow(TypeError);
    expect(() => diffusionOfFlow(null as never, score, 1)).toThrow('"velocity" expected an object');
    expect(() => diffusionOfFlow(drift, { ...score, dim: 2 }, 1)).toThrow(RangeError);
    expect(() => diffusionOfFlow(drift, score, -1)).toThrow('"diffusion"');
  });
});
