import { convergenceOrder, expectAllClose } from '@brenier/testing';
import { describe, expect, it, vi } from 'vitest';
import { euler, heun, integrate, midpoint, refinedTimes, rk4, startIntegration } from '../src/index.js';
import { pulsating, pulsatingFlow, scalarField } from './fields.js';
import { walkingField } from './walking-field.js';

const methods = [euler(), midpoint(), heun(), rk4()];

describe('times beside numSteps', () => {
  // Irrational, so that no time meets a step end.
  const times = [0, ...[0.1, 0.3, 0.45, 0.8, 0.95].map((t) => t * Math.SQRT2), 2];

  for (const method of methods) {
    it(`keep the order of ${method.name} between its steps`, () => {
      const counts = [16, 32, 64, 128];
      const errors = counts.map((numSteps) => {
        const { states } = integrate(pulsating, [1], { method, numSteps, times });
        return Math.max(...states.map((state, k) => Math.abs(state[0] - pulsatingFlow(times[k]))));
      });
      const { order } = convergenceOrder(
        counts.map((n) => 2 / n),
        errors,
      );
      // The place of a time in its step changes with the step, which adds to the tilt of the fit.
      expect(Math.abs(order - method.order)).toBeLessThan(0.3);
    });

    it(`leave the steps of ${method.name} as they are`, () => {
      const { final, t } = integrate(pulsating, [1, -2], { method, numSteps: 10, times });
      const plain = integrate(pulsating, [1, -2], { method, numSteps: 10, to: 2 });
      expect({ final, t }).toEqual({ final: plain.final, t: plain.t });
      const states = integrate(pulsating, [1, -2], { method, numSteps: 10, times: [0, 0.3, 0.4, 2] });
      const grid = integrate(pulsating, [1, -2], { method, numSteps: 10, to: 2, keep: 'trajectory' });
      expect(states.states[2]).toEqual(grid.states[2]);
    });
  }

  it('are the step ends themselves where they meet them, up to the rounding of either', () => {
    // 3·0.1 and 0.3 differ in the last bit.
    const meeting = [0, 0.1, 3 * 0.1, 1 - 2 ** -53];
    const { states, times: kept, nfe } = integrate(pulsating, [1], { method: rk4(), numSteps: 10, times: meeting });
    const grid = integrate(pulsating, [1], { method: rk4(), numSteps: 10, to: 1 - 2 ** -53, keep: 'trajectory' });
    expect(states.slice(1)).toEqual([grid.states[1], grid.states[3], grid.states[10]]);
    expect(Array.from(kept)).toEqual(meeting);
    expect(nfe).toBe(40);
  });

  it('cost one evaluation in all, because the slope at the end of a step is the first one of the next', () => {
    for (const method of methods) {
      const stages = method.tableau.nodes.length;
      const nfe = (inside: number[]) =>
        integrate(pulsating, [1], { method, numSteps: 10, times: [0, ...inside, 1] }).nfe;
      expect(nfe([0.11, 0.15, 0.16, 0.21, 0.55])).toBe(10 * stages);
      expect(nfe([0.11, 0.15, 0.95])).toBe(10 * stages + 1);
    }
  });

  it('are reached backwards in time and far from the origin', () => {
    const back = [2, 1.234, 0.1, 0];
    const { states } = integrate(pulsating, [pulsatingFlow(2)], { method: rk4(), numSteps: 100, times: back });
    expectAllClose(
      states.map((state) => state[0]),
      back.map(pulsatingFlow),
      { absolute: 1e-7 },
    );
    const wind = scalarField(() => 1);
    const late = [1e6, 1e6 + 0.37, 1e6 + 1];
    // A straight line is reproduced; times near 10⁶ have a resolution of 1e-10.
    const moved = integrate(wind, [0], { method: rk4(), numSteps: 4, times: late });
    expectAllClose(
      moved.states.map((state) => state[0]),
      [0, 0.37, 1],
      { absolute: 1e-9 },
    );
  });

  it('are exact for cubic curves', () => {
    const cubic = scalarField((_, t) => 3 * t * t - 2 * t);
    const { states } = integrate(cubic, [0], { method: rk4(), numSteps: 2, times: [0, 0.2, 0.7, 1] });
    expectAllClose(
      states.map((state) => state[0]),
      [0, 0.2, 0.7, 1].map((t) => t ** 3 - t ** 2),
      { absolute: 1e-15 },
    );
  });

  it('are not kept, and cost nothing, where only the final state is wanted', () => {
    const options = { method: heun(), numSteps: 4, times: [0, 0.3, 1], keep: 'final' } as const;
    const { states, nfe } = integrate(pulsating, [1], options);
    expect([states.length, nfe]).toEqual([1, 8]);
  });

  it('stop at a signal between the step and the slope behind it, the step not taken', () => {
    const controller = new AbortController();
    const evaluate = vi.fn((x: Float64Array, _t: number, out: Float64Array) => {
      out.set(x);
      if (evaluate.mock.calls.length === 2) controller.abort();
    });
    const options = { method: heun(), numSteps: 4, times: [0, 0.1, 1], signal: controller.signal };
    const result = integrate({ dim: 1, evaluate }, [1], options);
    expect(result).toMatchObject({ status: 'aborted', t: 0, nfe: 2, numSteps: 0 });
    expect(Array.from(result.final)).toEqual([1]);
  });

  it('are all kept where they differ by rounding alone', () => {
    const close = [0, 0.3, 0.3 + 2 ** -52, 0.7, 1];
    const { states, times: kept } = integrate(pulsating, [1], { method: rk4(), numSteps: 10, times: close });
    expect(Array.from(kept)).toEqual(close);
    expect(states[2]).toEqual(states[1]);
    expectAllClose(
      states.map((state) => state[0]),
      close.map(pulsatingFlow),
      { absolute: 1e-5 },
    );
  });

  it('are reached exactly where the grid itself has shorter steps than the rounding of its times', () => {
    const refined = refinedTimes({ numSteps: 200, exponent: 7 });
    const every = { method: rk4(), times: refined };
    const { states, times: kept, final } = integrate(pulsating, [1], every);
    expect(kept).toEqual(refined);
    expect(states.at(-1)).toEqual(final);
    const walked = integrate(walkingField(pulsating, 1), [1], every);
    expect(walked.states).toEqual(states);
    // Against the same steps taken one by one.
    const single = startIntegration(pulsating, [1], { method: rk4(), times: refined, keep: 'final' });
    for (const state of states.slice(1)) {
      single.step();
      expect(state).toEqual(single.state());
    }
  });

  it('are finite before a slope that is not', () => {
    // Straight lines to 3, whose speed is 0/0 at the end.
    const pull = scalarField((x, t) => (3 - x) / (1 - t));
    const { states, status } = integrate(pull, [0], { method: midpoint(), numSteps: 20, times: [0, 0.5, 0.97, 1] });
    expect(status).toBe('finished');
    expectAllClose(
      states.map((state) => state[0]),
      [0, 1.5, 2.91, 3],
      { absolute: 1e-12 },
    );
  });

  it('are exact for parabolas without the slope at the end', () => {
    // Parabolas are exact, the one before the infinite slope too.
    const parabola = scalarField((_, t) => (t === 1 ? Infinity : 2 * t));
    const { states, status } = integrate(parabola, [0], {
      method: midpoint(),
      numSteps: 2,
      times: [0, 0.25, 0.6, 0.9, 1],
    });
    expect(status).toBe('finished');
    expectAllClose(
      states.map((state) => state[0]),
      [0, 0.0625, 0.36, 0.81, 1],
      { absolute: 1e-15 },
    );
  });
});
