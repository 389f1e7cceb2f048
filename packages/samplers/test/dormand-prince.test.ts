import { convergenceOrder, expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { dormandPrince, integrate } from '../src/index.js';
import { pulsating, pulsatingFlow, rotation, scalarField } from './fields.js';

const strict = dormandPrince({ absoluteTolerance: 1e-10, relativeTolerance: 1e-10 });

describe('dormandPrince', () => {
  it('has an error that falls with the fifth power of the number of steps it chooses', () => {
    const results = [1e-5, 1e-7, 1e-9, 1e-11].map((tolerance) =>
      integrate(pulsating, [1], {
        method: dormandPrince({ absoluteTolerance: tolerance, relativeTolerance: tolerance }),
        to: 30,
        keep: 'trajectory',
      }),
    );
    const stepSizes = results.map(({ numSteps }) => 30 / numSteps);
    const errors = results.map(({ times, states }) =>
      Math.max(...states.map((state, k) => Math.abs(state[0] - pulsatingFlow(times[k])))),
    );
    // The controller keeps the error per step near the tolerance, so the order shows up to its own fluctuation.
    expect(Math.abs(convergenceOrder(stepSizes, errors).order - 5)).toBeLessThan(0.4);
  });

  it('keeps the global error within a small multiple of the tolerance', () => {
    for (const tolerance of [1e-3, 1e-6, 1e-9, 1e-12]) {
      const method = dormandPrince({ absoluteTolerance: tolerance, relativeTolerance: tolerance });
      const { final, status } = integrate(rotation(2 * Math.PI), [1, 0], { method });
      expect(status).toBe('finished');
      // Up to about 150 steps whose errors add: the tolerance bounds each of them.
      expectAllClose(final, [1, 0], { absolute: 150 * tolerance });
    }
  });

  it('reports the states at the times asked for without changing its steps, dense output being of order 4', () => {
    const times = Array.from({ length: 101 }, (_, k) => k / 20);
    const dense = integrate(pulsating, [1], { method: strict, times });
    const sparse = integrate(pulsating, [1], { method: strict, to: 5 });
    expect(Array.from(dense.times)).toEqual(times);
    expect(dense.nfe).toBe(sparse.nfe);
    expect(dense.final).toEqual(sparse.final);
    // The interpolant is of order 4 where the step is of order 5: two digits less than the tolerance of 1e-10.
    dense.states.forEach((state, k) => expectClose(state[0], pulsatingFlow(times[k]), { absolute: 3e-8 }));
  });

  it('has dense output that agrees with the step at both ends and falls off with order 4 inside', () => {
    const { denseWeights, tableau } = dormandPrince();
    const weights = new Float64Array(7);
    denseWeights(0, weights);
    expect(Array.from(weights, Math.abs)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    denseWeights(1, weights);
    expectAllClose(weights, tableau.weights, { absolute: 1e-15 });
    // Moments Σ bᵢ(θ)cᵢ^q = θ^(q+1)/(q+1) for q = 0…3 are the quadrature conditions of order 4.
    for (const theta of [0.1, 0.5, 0.8]) {
      denseWeights(theta, weights);
      for (let q = 0; q < 4; q++) {
        const moment = weights.reduce((sum, weight, i) => sum + weight * tableau.nodes[i] ** q, 0);
        expectClose(moment, theta ** (q + 1) / (q + 1), { absolute: 1e-13 });
      }
    }
  });

  it('runs backwards in time', () => {
    const times = [2, 1.3, 0.4, 0];
    const { states, status } = integrate(pulsating, [pulsatingFlow(2)], { method: strict, times });
    expect(status).toBe('finished');
    states.forEach((state, k) => expectClose(state[0], pulsatingFlow(times[k]), { absolute: 3e-8 }));
  });

  it('costs six evaluations per step tried, and two to start', () => {
    const { nfe, numSteps, numRejected } = integrate(pulsating, [1], { method: dormandPrince(), to: 10 });
    expect(nfe).toBe(2 + 6 * (numSteps + numRejected));
    const started = integrate(pulsating, [1], { method: dormandPrince({ firstStep: 0.1 }), to: 10 });
    expect(started.nfe).toBe(1 + 6 * (started.numSteps + started.numRejected));
  });

  it('bounds the error of the worst point of a batch, not of the average one', () => {
    // One fast point among a thousand that hardly move.
    const rates = Float64Array.from({ length: 1000 }, (_, i) => (i === 500 ? 40 : 0.01));
    const field = {
      dim: 1,
      evaluate: (x: Float64Array, t: number, out: Float64Array) => {
        for (let i = 0; i < x.length; i++) out[i] = rates[i] * Math.cos(rates[i] * t);
      },
    };
    const method = dormandPrince({ absoluteTolerance: 1e-7, relativeTolerance: 0 });
    const { final } = integrate(field, new Float64Array(1000), { method });
    expectClose(final[500], Math.sin(40), { absolute: 1e-5 });
  });

  it('rejects steps at a jump of the field and still gets past it', () => {
    const jump = scalarField((_, t) => (t < 1 / 3 ? 0 : 1));
    const result = integrate(jump, [0], { method: dormandPrince() });
    expect(result.status).toBe('finished');
    expect(result.numRejected).toBeGreaterThan(0);
    // The step over the jump is of size 1e-3, and the estimate, made for smooth fields, misses part of what happens
    // inside.
    expectClose(result.final[0], 2 / 3, { absolute: 1e-4 });
  });

  it('takes a constant field in few steps and stands still where the field is zero', () => {
    const constant = integrate(
      scalarField(() => 3),
      [1],
      { method: dormandPrince() },
    );
    expectClose(constant.final[0], 4, { relative: 1e-14 });
    expect(constant.numSteps).toBeLessThan(10);
    expect(
      Array.from(
        integrate(
          scalarField(() => 0),
          [1, -5],
          { method: dormandPrince() },
        ).final,
      ),
    ).toEqual([1, -5]);
  });

  it('gives up with a status at a singularity, at the last point it reached', () => {
    // x' = x², x(0) = 2 blows up at t = ½.
    const result = integrate(
      scalarField((x) => x * x),
      [2],
      { method: dormandPrince() },
    );
    expect(result.status).toBe('step-size-underflow');
    expectClose(result.t, 0.5, { absolute: 1e-6 });
    expect(Number.isFinite(result.final[0])).toBe(true);
  });

  it('gives up with a status where the steps run out, keeping what it has', () => {
    const method = dormandPrince({ maxSteps: 5 });
    const result = integrate(pulsating, [1], { method, to: 100, keep: 'trajectory' });
    expect(result.status).toBe('max-steps');
    expect(result.numSteps + result.numRejected).toBe(5);
    expect(result.times.at(-1)).toBe(result.t);
    expectClose(result.final[0], pulsatingFlow(result.t), { absolute: 1e-4 });
  });

  it('gives up with a status where the field is not finite at the start', () => {
    for (const value of [NaN, Infinity]) {
      const result = integrate(
        scalarField(() => value),
        [1],
        { method: dormandPrince() },
      );
      expect(result.status).toBe('step-size-underflow');
      expect(Array.from(result.final)).toEqual([1]);
    }
  });

  it('leaves a region where the field is not finite out of its steps', () => {
    const guarded = scalarField((_, t) => (t > 1 ? NaN : 2 * t));
    // A first try of length 1 from 0.5 asks for the field beyond 1, where it is not defined.
    const method = dormandPrince({ firstStep: 1 });
    const result = integrate(guarded, [0.25], { method, from: 0.5, to: 1 });
    expect(result.status).toBe('finished');
    expectClose(result.final[0], 1, { absolute: 1e-12 });
  });

  it('refuses tolerances and limits that cannot work', () => {
    expect(() => dormandPrince({ absoluteTolerance: 0 })).toThrow(
      '"absoluteTolerance" expected a finite number > 0, got 0',
    );
    expect(() => dormandPrince({ relativeTolerance: -1 })).toThrow(
      '"relativeTolerance" expected a finite number >= 0, got -1',
    );
    expect(() => dormandPrince({ absoluteTolerance: NaN })).toThrow(RangeError);
    expect(() => dormandPrince({ firstStep: 0 })).toThrow('"firstStep"');
    expect(() => dormandPrince({ maxSteps: 0.5 })).toThrow('"maxSteps"');
    expect(() => dormandPrince({ tolerance: 1e-3 } as object)).toThrow('got "tolerance"');
  });
});
