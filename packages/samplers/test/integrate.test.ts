import { createRng, fillNormal } from '@brenier/random';
import { convergenceOrder, expectAllClose, expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dormandPrince, euler, heun, integrate, midpoint, rk4, type FixedStepMethod } from '../src/index.js';
import { pulsating, pulsatingFlow, rotation, scalarField } from './fields.js';

const fixedStepDormandPrince: FixedStepMethod = { ...dormandPrince(), kind: 'fixed-step' };
const methods = [euler(), midpoint(), heun(), rk4(), fixedStepDormandPrince];

describe('integrate with fixed steps', () => {
  for (const method of methods) {
    it(`converges with order ${method.order} by ${method.name}`, () => {
      const counts = [16, 32, 64, 128];
      const errors = counts.map((numSteps) =>
        Math.abs(integrate(pulsating, [1], { method, numSteps, to: 2 }).final[0] - pulsatingFlow(2)),
      );
      const { order } = convergenceOrder(
        counts.map((n) => 2 / n),
        errors,
      );
      // The next term of the error expansion tilts the fit by O(h), h = 1/8 at most.
      expect(Math.abs(order - method.order)).toBeLessThan(0.2);
    });

    it(`is consistent: the weights of ${method.name} satisfy the row-sum condition`, () => {
      const { nodes, stages, weights } = method.tableau;
      const sum = (row: readonly number[]) => row.reduce((total, weight) => total + weight, 0);
      // The rational coefficients are rounded once each; 1e-14 covers seven of size up to 12.
      expectClose(sum(weights), 1, { absolute: 1e-14 });
      nodes.forEach((node, i) => expectClose(sum(stages[i]), node, { absolute: 1e-14 }));
    });

    it(`walks back along the curve it came by ${method.name}`, () => {
      const there = integrate(pulsating, [1, -2], { method, numSteps: 2000 });
      const back = integrate(pulsating, there.final, { method, numSteps: 2000, from: 1, to: 0 });
      expect(back.t).toBe(0);
      // Euler's global error at h = 1/2000 is about 2e-4, twice; the others are far below.
      expectAllClose(back.final, [1, -2], { absolute: method.order === 1 ? 1e-3 : 1e-6 });
    });

    it(`counts one evaluation per stage and step by ${method.name}`, () => {
      const { nfe, numSteps, numRejected } = integrate(pulsating, [1], { method, numSteps: 7 });
      expect({ nfe, numSteps, numRejected }).toEqual({
        nfe: 7 * method.tableau.nodes.length,
        numSteps: 7,
        numRejected: 0,
      });
    });
  }

  it('integrates polynomials in t of degree below the order without error', () => {
    for (const method of methods) {
      const degree = method.order - 1;
      const { final } = integrate(
        scalarField((_, t) => (degree + 1) * t ** degree),
        [0],
        { method, numSteps: 3 },
      );
      expectClose(final[0], 1, { relative: 1e-14 });
    }
  });

  it('ends exactly at the time asked for, whatever the number of steps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: -1e3, max: 1e3, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.boolean(),
        (numSteps, from, span, backwards) => {
          const to = backwards ? from - span : from + span;
          const result = integrate(
            scalarField(() => 1),
            [0],
            { method: euler(), numSteps, from, to, keep: 'trajectory' },
          );
          expect(result.t).toBe(to);
          expect(result.times.at(-1)).toBe(to);
          // Unit speed covers the span; each of the steps rounds once, relative to |from| + span.
          expectClose(result.final[0], to - from, { absolute: numSteps * 2 ** -52 * (Math.abs(from) + span) });
        },
      ),
    );
  });

  it('keeps only the final state unless asked', () => {
    const { times, states, final } = integrate(pulsating, [1, 2], { method: rk4(), numSteps: 4 });
    expect(Array.from(times)).toEqual([1]);
    expect(states).toEqual([final]);
  });

  it('keeps the start and every step where a trajectory is asked for', () => {
    const result = integrate(
      scalarField(() => 2),
      [1],
      { method: euler(), numSteps: 4, keep: 'trajectory' },
    );
    expect(Array.from(result.times)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(result.states.map((state) => state[0])).toEqual([1, 1.5, 2, 2.5, 3]);
    expect(result.final).toEqual(result.states.at(-1));
  });

  it('takes one step between neighbouring times, and keeps the state at each', () => {
    const times = [0, 0.1, 0.5, 2];
    const result = integrate(pulsating, [1], { method: euler(), times });
    const byHand = [1];
    for (let k = 0; k < 3; k++) byHand.push(byHand[k] * (1 + (times[k + 1] - times[k]) * Math.cos(times[k])));
    expect(Array.from(result.times)).toEqual(times);
    expectAllClose(
      result.states.map((state) => state[0]),
      byHand,
      { relative: 1e-15 },
    );
    expect(integrate(pulsating, [1], { method: euler(), times, keep: 'final' }).states).toHaveLength(1);
  });

  it('moves each point of a batch as if it were alone', () => {
    const batch = fillNormal(createRng(0), new Float64Array(64));
    const together = integrate(rotation(3), batch, { method: rk4(), numSteps: 10 }).final;
    for (let i = 0; i < 64; i += 2) {
      const alone = integrate(rotation(3), batch.slice(i, i + 2), { method: rk4(), numSteps: 10 }).final;
      expect(together.slice(i, i + 2)).toEqual(alone);
    }
  });

  it('copies its input, in whatever array it comes, and never shows its working memory', () => {
    const start = Float64Array.of(1, 2);
    const field = scalarField(() => 1);
    const result = integrate(field, start, { method: euler(), numSteps: 2, keep: 'trajectory' });
    result.states[0].fill(99);
    expect(Array.from(start)).toEqual([1, 2]);
    expect(Array.from(result.final)).toEqual([2, 3]);
    for (const same of [Float32Array.of(1, 2), [1, 2], Int32Array.of(1, 2)]) {
      expect(integrate(field, same, { method: euler(), numSteps: 2 }).final).toEqual(result.final);
    }
  });

  it('transports a Gaussian by its exact field onto the target: the flow at time 1 is the optimal map', () => {
    // The independent pair N(0, 1) and N(3, 2²) has the velocity v = 3 + (σ'/σ)(x − 3t), σ² = (1−t)² + 4t²: the formula
    // of a jointly Gaussian pair with variances 1 and 4. The optimal map is x ↦ 3 + 2x.
    const field = scalarField((x, t) => 3 + ((5 * t - 1) / ((1 - t) ** 2 + 4 * t ** 2)) * (x - 3 * t));
    const { final } = integrate(field, [-2, 0, 1], { method: rk4(), numSteps: 200 });
    expectAllClose(final, [-1, 3, 5], { relative: 1e-7 });
  });

  it('says so where the field leaves the finite numbers', () => {
    const explosive = integrate(
      scalarField((x) => x * x * x),
      [10],
      { method: euler(), numSteps: 50 },
    );
    expect(explosive.status).toBe('non-finite');
    expect(
      integrate(
        scalarField(() => NaN),
        [0],
        { method: rk4(), numSteps: 1 },
      ).status,
    ).toBe('non-finite');
  });
});
