import { describe, expect, it } from 'vitest';
import {
  brownianBridgeInterpolant,
  scheduledInterpolant,
  type Schedule,
  type ScheduledInterpolantOptions,
} from '../../src/index.js';

const falling: Schedule = (t) => ({ value: 1 - t, derivative: -1 });
const rising: Schedule = (t) => ({ value: t, derivative: 1 });

describe('scheduledInterpolant', () => {
  it('takes its coefficients from the schedules, and no noise where none is given', () => {
    expect(scheduledInterpolant({ alpha: falling, beta: rising }).at(0.25)).toEqual({
      alpha: 0.75,
      beta: 0.25,
      gamma: 0,
      dAlpha: -1,
      dBeta: 1,
      dGamma: 0,
    });
  });

  it('carries a margin, and derivatives that are infinite at the ends', () => {
    const bridge = brownianBridgeInterpolant({ sigma: 3 });
    const gamma: Schedule = (t) => ({ value: bridge.at(t).gamma, derivative: bridge.at(t).dGamma });
    const rebuilt = scheduledInterpolant({ alpha: falling, beta: rising, gamma, timeMargin: 1e-3 });
    expect(rebuilt.timeMargin).toBe(1e-3);
    for (const t of [0, 0.2, 1]) expect(bridge.at(t)).toMatchObject(rebuilt.at(t));
  });

  const refused: [string, object, string][] = [
    ['a missing schedule', { beta: undefined }, '"beta" expected a function, got undefined'],
    ['a constant for a schedule', { gamma: 0.1 }, '"gamma" expected a function, got 0.1'],
    ['a margin that leaves no time', { timeMargin: 0.5 }, '"timeMargin" expected a number in [0, 0.5), got 0.5'],
    ['a negative margin', { timeMargin: -1e-3 }, '"timeMargin" expected a number in [0, 0.5), got -0.001'],
    ['a margin that is no number', { timeMargin: '0' }, '"timeMargin" expected a number in [0, 0.5), got "0"'],
    ['an unknown option', { sigma: 1 }, 'got "sigma"'],
  ];
  for (const [what, change, message] of refused) {
    it(`refuses ${what}`, () => {
      const options: ScheduledInterpolantOptions = { alpha: falling, beta: rising };
      expect(() => scheduledInterpolant({ ...options, ...change })).toThrow(message);
    });
  }

  it('refuses values that are no coefficients', () => {
    const at = (gamma: unknown) => () =>
      scheduledInterpolant({ alpha: falling, beta: rising, gamma: () => gamma as never }).at(0.5);
    expect(at(undefined)).toThrow('"gamma(0.5)" expected { value, derivative }, got undefined');
    expect(at(0.5)).toThrow(TypeError);
    expect(at({ value: 1 })).toThrow(TypeError);
    expect(at({ value: NaN, derivative: 0 })).toThrow('"gamma(0.5).value" expected a finite number, got NaN');
    expect(at({ value: -1, derivative: 0 })).toThrow('"gamma(0.5).value" expected a number >= 0, got -1');
    expect(at({ value: 1, derivative: NaN })).toThrow('"gamma(0.5).derivative" expected a number, got NaN');
  });
});
