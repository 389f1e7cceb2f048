import { expectAllClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { dormandPrince, integrate, rk4, type ArrayField, type IntegrateOptions } from '../src/index.js';
import { rotation, scalarField } from './fields.js';
import { mixtureFlow } from './gaussian-flows.js';

const within = (tolerance: number, maxSteps = 100_000): IntegrateOptions['method'] =>
  dormandPrince({ absoluteTolerance: tolerance, relativeTolerance: tolerance, maxSteps });

/** λ(x − cos t) − sin t: every solution falls onto cos t, at the rate |λ| (Prothero and Robinson 1974). */
const protheroRobinson = (lambda: number) => scalarField((x, t) => lambda * (x - Math.cos(t)) - Math.sin(t));

/** x″ = μ(1 − x²)x′ − x: slow branches along which the fast rate is 3μ, and jumps between them. */
const vanDerPol = (mu: number): ArrayField => ({
  dim: 2,
  evaluate(x, _t, out) {
    out[0] = x[1];
    out[1] = mu * (1 - x[0] * x[0]) * x[1] - x[0];
  },
});

describe('the global error of dormandPrince', () => {
  const mixture = mixtureFlow({ weights: [0.5, 0.5], centres: [[-2], [2]], sd: 0.3 });
  const smooth: [string, ArrayField, number[], number, number[]][] = [
    ['growth', scalarField((x) => x), [1], 1, [Math.E]],
    ['decay', scalarField((x) => -3 * x), [2], 2, [2 * Math.exp(-6)]],
    ['logistic growth', scalarField((x) => x * (1 - x)), [0.1], 5, [1 / (1 + 9 * Math.exp(-5))]],
    ['a field that is not autonomous', scalarField((x, t) => -2 * t * x), [1], 2, [Math.exp(-4)]],
    ['a turn', rotation(2 * Math.PI), [1, 0], 1, [1, 0]],
    [
      'a flow to a mixture of Gaussians',
      mixture,
      [-1.5, 0.2, 1],
      1,
      // By the fixed-step method with steps of 1/20,000, whose error is at rounding.
      Array.from(integrate(mixture, [-1.5, 0.2, 1], { method: rk4(), numSteps: 20_000 }).final),
    ],
  ];
  for (const [name, field, start, to, expected] of smooth) {
    it(`stays within ten tolerances: ${name}`, () => {
      for (const tolerance of [1e-3, 1e-5, 1e-7, 1e-9, 1e-11]) {
        const { final, status } = integrate(field, start, { method: within(tolerance), to });
        expect(status).toBe('finished');
        // The tolerance bounds the error of a step; these flows carry errors on without enlarging them more than e-fold.
        expectAllClose(final, expected, { absolute: 10 * tolerance });
      }
    });
  }

  for (const lambda of [-1e2, -1e4]) {
    it(`stays within ten tolerances on a stiff field of rate ${lambda}, from its slow solution and from beside it`, () => {
      for (const tolerance of [1e-3, 1e-6, 1e-9]) {
        const { final, status } = integrate(protheroRobinson(lambda), [1, 2, -5], { method: within(tolerance) });
        expect(status).toBe('finished');
        expectAllClose(final, new Array<number>(3).fill(Math.cos(1)), { absolute: 10 * tolerance });
      }
    });
  }

  // A relaxation oscillation over more than half a period, and the slow branch before the first jump.
  for (const [mu, to] of [
    [50, 50],
    [1000, 10],
  ]) {
    it(`stays within ten tolerances on the van der Pol oscillator with μ = ${mu}`, () => {
      // By a method that shares nothing with the one on trial but the algebra; its steps are 1/40 of the stable ones.
      const { final: expected } = integrate(vanDerPol(mu), [2, 0], { method: rk4(), numSteps: 100_000, to });
      for (const tolerance of [1e-3, 1e-5, 1e-7]) {
        const { final, status } = integrate(vanDerPol(mu), [2, 0], { method: within(tolerance), to });
        expect(status).toBe('finished');
        expectAllClose(final, expected, { absolute: 10 * tolerance });
      }
    });
  }
});

describe('dormandPrince where it must give up', () => {
  it('spends its steps on a stiff field and says where it stopped, still on the solution', () => {
    const { status, t, final, numSteps, numRejected } = integrate(protheroRobinson(-1e6), [1], {
      method: dormandPrince(),
    });
    expect(status).toBe('max-steps');
    expect(numSteps + numRejected).toBe(10_000);
    // Stability allows steps of 3.3/|λ|.
    expect(t).toBeGreaterThan(0.02);
    expect(t).toBeLessThan(0.04);
    expectAllClose(final, [Math.cos(t)], { absolute: 1e-5 });
  });

  it('stops where the field ceases to be finite, at the last state that is', () => {
    const cliff = scalarField((_, t) => (t > 0.7 ? NaN : 1));
    const { status, t, final } = integrate(cliff, [0], { method: dormandPrince() });
    expect(status).toBe('step-size-underflow');
    expectAllClose([t, final[0]], [0.7, 0.7], { absolute: 1e-12 });
  });

  it('stops where steps would fall below the resolution of time', () => {
    // Bounded, but it turns infinitely fast towards t = ½.
    const dizzy = scalarField((_, t) => Math.cos(1 / (t - 0.5)) / (t - 0.5) ** 2);
    const { status, t, final } = integrate(dizzy, [0], { method: within(1e-8) });
    expect(['step-size-underflow', 'max-steps']).toContain(status);
    expect(t).toBeLessThan(0.5);
    expect(Number.isFinite(final[0])).toBe(true);
  });
});
