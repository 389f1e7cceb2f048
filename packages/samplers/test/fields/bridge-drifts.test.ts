import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  bridgeFlow,
  eulerMaruyama,
  integrate,
  integrateSde,
  probabilityFlow,
  reversedDrift,
  reverseTimeSde,
  rk4,
  stochasticHeun,
  type ArrayField,
} from '../../src/index.js';
import { scalarField } from '../fields.js';

// The Schrödinger bridge with reference σW between N(−a, 1) and N(a, 1): endpoint covariance c = (√(4 + σ⁴) − σ²)/2, marginals of
// variance (1−t)² + t² + t(1−t)√(4 + σ⁴) (Bunne et al., AISTATS 2023). The drifts are the conditional means
// E[x₁ − x | x]/(1−t) forwards and E[x₀ − x | x]/t in reversed time.
const a = 1.5;
const sigma = 0.7;
const root = Math.sqrt(4 + sigma ** 4);
const c = (root - sigma ** 2) / 2;
const mean = (t: number) => a * (2 * t - 1);
const variance = (t: number) => (1 - t) ** 2 + t ** 2 + t * (1 - t) * root;
const forward = scalarField((x, t) => (a + ((t + (1 - t) * c) / variance(t)) * (x - mean(t)) - x) / (1 - t));
const backward = scalarField((x, t) => (-a + ((1 - t + t * c) / variance(t)) * (x - mean(t)) - x) / t);
const score = scalarField((x, t) => (mean(t) - x) / variance(t));
const still = scalarField(() => 0);

const valueOf = (field: ArrayField, x: number, t: number) => {
  const out = new Float64Array(1);
  field.evaluate(Float64Array.of(x), t, out);
  return out[0];
};
const places = [-2, -0.3, 1.7].flatMap((x) => [0.1, 0.5, 0.8].map((t) => [x, t] as const));

describe('the drifts of a bridge', () => {
  it('add up to σ² times the score, so both ways to the flow agree', () => {
    const byDrifts = bridgeFlow(forward, backward);
    const byScore = probabilityFlow(forward, score, sigma);
    const reverse = reverseTimeSde(forward, score, sigma);
    for (const [x, t] of places) {
      expectClose(valueOf(byDrifts, x, t), valueOf(byScore, x, t), { absolute: 1e-13 });
      expectClose(valueOf(reversedDrift(backward), x, t), valueOf(reverse, x, t), { absolute: 1e-13 });
    }
  });

  it('flow from one end to the other along the quantiles', () => {
    const z = [-1.5, 0, 2];
    // The drifts are singular at the ends, where the conditional mean is the point itself; they are left out.
    const [from, to] = [1e-3, 1 - 1e-3];
    const x0 = z.map((each) => mean(from) + each * Math.sqrt(variance(from)));
    const { final } = integrate(bridgeFlow(forward, backward), x0, { method: rk4(), numSteps: 100, from, to });
    const expected = z.map((each) => mean(to) + each * Math.sqrt(variance(to)));
    expectAllClose(final, expected, { absolute: 1e-6 });
  });

  for (const method of [eulerMaruyama(), stochasticHeun()]) {
    it(`lead from the data back to the source in reversed time, by ${method.name}`, () => {
      const n = 20_000;
      const data = fillNormal(createRng(0), new Float64Array(n), { mean: a });
      const options = { method, diffusion: sigma, numSteps: 100, from: 1, to: 1e-3 };
      const { final } = integrateSde(createRng(1), reversedDrift(backward), data, options);
      const average = final.reduce((sum, x) => sum + x, 0) / n;
      const spread = final.reduce((sum, x) => sum + (x - average) ** 2, 0) / n;
      // Four standard errors, and the bias of a first-order method near the singular end.
      expectClose(average, -a, { absolute: 4 / Math.sqrt(n) + 5e-3 });
      expectClose(spread, 1, { absolute: 4 * Math.sqrt(2 / n) + 2e-2 });
    });
  }

  it('must be fields of one dimension', () => {
    expect(() =>
      bridgeFlow(
        forward,
        scalarField(() => 0, 2),
      ),
    ).toThrow('"backward.dim" expected 1');
    expect(() => bridgeFlow(undefined as never, still)).toThrow('"forward" expected an object');
    expect(() => reversedDrift({ dim: 1 } as never)).toThrow('"backward.evaluate" expected a function');
  });

  it('must write their vectors', () => {
    const returning = { dim: 1, evaluate: (x: Float64Array) => x.slice() };
    const at = [Float64Array.of(1), 0.5, new Float64Array(1)] as const;
    expect(() => bridgeFlow(forward, returning).evaluate(...at)).toThrow('"backward.evaluate(x, t, out)"');
    expect(() => reversedDrift(returning).evaluate(...at)).toThrow('"backward.evaluate(x, t, out)"');
  });
});
