import { createRng, fillNormal } from '@brenier/random';
import { convergenceOrder, expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trajectoryCurvature, trajectoryEnergy, trajectoryStraightness } from '../src/index.js';

const circle = (steps: number, turn = 2 * Math.PI) => {
  const times = Array.from({ length: steps + 1 }, (_, k) => k / steps);
  return { times, states: times.map((t) => [Math.cos(turn * t), Math.sin(turn * t)]) };
};

describe('trajectoryStraightness', () => {
  it('is 0 for straight lines at constant speed, whatever the steps and the direction of time', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 4, maxLength: 4 }), (ends) => {
        const times = [0, 0.1, 0.5, 1];
        const states = times.map((t) => [ends[0] + t * (ends[1] - ends[0]), ends[2] + t * (ends[3] - ends[2])]);
        expect(trajectoryStraightness(times, states, { dim: 1 }).mean).toBeLessThan(1e-26);
        const back = trajectoryStraightness(times.toReversed(), states.toReversed(), { dim: 1 });
        expect(back.mean).toBeLessThan(1e-26);
      }),
    );
  });

  it('is the energy of the polygon less that of its chord', () => {
    const times = [0, 0.2, 0.3, 1];
    const states = times.map((_, k) => fillNormal(createRng(k), new Float64Array(12)));
    const chord = trajectoryEnergy([0, 1], [states[0], states[3]], { dim: 3 });
    const { mean, values } = trajectoryStraightness(times, states, { dim: 3 });
    expectClose(mean, trajectoryEnergy(times, states, { dim: 3 }) - chord, { relative: 1e-12 });
    expect(values).toHaveLength(4);
    expectClose(mean, values.reduce((sum, each) => sum + each, 0) / 4);
  });

  it('converges to ∫‖v‖² of a closed circle, (2π)², with order 2', () => {
    const steps = [16, 32, 64, 128];
    const errors = steps.map((each) => {
      const { times, states } = circle(each);
      return Math.abs(trajectoryStraightness(times, states, { dim: 2 }).mean - 4 * Math.PI ** 2);
    });
    const { order } = convergenceOrder(
      steps.map((each) => 1 / each),
      errors,
    );
    expectClose(order, 2, { absolute: 0.05 });
  });
});

describe('trajectoryCurvature', () => {
  it('is the angle that the direction turns by, with order 2, at any size and speed', () => {
    const steps = [16, 32, 64, 128];
    const errors = steps.map((each) => {
      const { times, states } = circle(each, 3);
      const uneven = times.map((t) => t * t);
      const large = states.map((state) => state.map((x) => 1e200 * x));
      const { mean } = trajectoryCurvature(uneven, large, { dim: 2 });
      // A polygon of n segments turns n − 1 times by 3/n: the missing half turn at each end is of first order.
      return Math.abs(mean - 3 * (1 - 1 / each));
    });
    const { order } = convergenceOrder(
      steps.map((each) => 1 / each),
      errors,
    );
    expectClose(order, 2, { absolute: 0.05 });
  });

  it('is 0 for straight lines, skips rests, and counts a turn back as 2', () => {
    const times = [0, 1, 2, 3];
    expect(trajectoryCurvature(times, [[0], [1], [1], [5]], { dim: 1 }).mean).toBe(0);
    expect(trajectoryCurvature(times, [[0], [1], [1], [0]], { dim: 1 }).mean).toBe(2);
    expect(trajectoryCurvature(times, [[3], [3], [3], [3]], { dim: 1 }).mean).toBe(0);
    expect(trajectoryCurvature([0, 1], [[3], [4]], { dim: 1 }).mean).toBe(0);
  });

  it('is averaged over trajectories', () => {
    const states = [
      [0, 0, 0, 0],
      [1, 0, 1, 0],
      [1, 1, 2, 0],
    ];
    const { mean, values } = trajectoryCurvature([0, 1, 2], states, { dim: 2 });
    expect(Array.from(values)).toEqual([Math.SQRT2, 0]);
    expect(mean).toBe(Math.SQRT2 / 2);
  });
});

describe.each([
  ['trajectoryStraightness', trajectoryStraightness],
  ['trajectoryCurvature', trajectoryCurvature],
])('%s', (_, statistic) => {
  it('refuses what is no trajectory', () => {
    expect(() => statistic([0], [[0]], { dim: 1 })).toThrow('at least 2 times');
    expect(() => statistic([0, 0], [[0], [0]], { dim: 1 })).toThrow('monotone');
    expect(() => statistic([0, 1], [[0], [0, 1]], { dim: 1 })).toThrow('"states[1]"');
    expect(() => statistic([0, 1], [[], []], { dim: 1 })).toThrow('"states[0]"');
    expect(() => statistic([0, 1], [[0], [NaN]], { dim: 1 })).toThrow(RangeError);
    expect(() =>
      statistic(
        [0, 1],
        [
          [0, 1, 2],
          [0, 1, 2],
        ],
        { dim: 2 },
      ),
    ).toThrow('multiple of 2');
    expect(() => statistic([0, 1], [[0], [1]], {} as never)).toThrow('"dim"');
  });
});
