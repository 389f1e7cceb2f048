import { describe, expect, it } from 'vitest';
import { cosineDecay } from '../../src/optimizer/cosine-decay.js';
import { linearWarmUp } from '../../src/optimizer/linear-warm-up.js';
import { constantRate, multiplyRates, type RateSchedule } from '../../src/optimizer/rate-schedule.js';
import { stepDecay } from '../../src/optimizer/step-decay.js';

/** The factors of the first updates. */
function factors(schedule: RateSchedule, steps: readonly number[]): number[] {
  return steps.map((step) => schedule.factor(step));
}

describe('a learning-rate schedule', () => {
  it('may be constant', () => {
    expect(factors(constantRate(), [0, 1, 1e9])).toEqual([1, 1, 1]);
    expect(constantRate({ factor: 0.25 }).factor(7)).toBe(0.25);
  });

  it('may warm up in equal steps, the first of them not zero', () => {
    expect(factors(linearWarmUp({ steps: 5 }), [0, 1, 2, 3, 4, 5, 99])).toEqual([0.2, 0.4, 0.6, 0.8, 1, 1, 1]);
    expect(linearWarmUp({ steps: 1 }).factor(0)).toBe(1);
  });

  it('may fall like half a cosine between two updates', () => {
    const schedule = cosineDecay({ from: 100, to: 200, end: 0.5 });
    expect(factors(schedule, [0, 100, 200, 201])).toEqual([1, 1, 0.5, 0.5]);
    // (1 + cos πs) / 2 at a quarter, a half and three quarters of the way, halved and raised by a half.
    const expected = [0.75 + Math.SQRT1_2 / 4, 0.75, 0.75 - Math.SQRT1_2 / 4];
    factors(schedule, [125, 150, 175]).forEach((factor, k) => expect(factor).toBeCloseTo(expected[k], 14));
    expect(cosineDecay({ to: 10 }).factor(10)).toBe(0);
  });

  it('may fall in steps', () => {
    expect(factors(stepDecay({ every: 3, factor: 0.5 }), [0, 2, 3, 5, 6, 30])).toEqual([
      1,
      1,
      0.5,
      0.5,
      0.25,
      2 ** -10,
    ]);
    expect(stepDecay({ every: 1, factor: 0 }).factor(0)).toBe(1);
    expect(stepDecay({ every: 10 }).factor(10)).toBe(0.1);
  });

  it('may be a product of others', () => {
    const [rise, fall] = [linearWarmUp({ steps: 4 }), stepDecay({ every: 2, factor: 0.5 })];
    expect(factors(multiplyRates(rise, fall), [0, 1, 2, 3, 4])).toEqual([0.25, 0.5, 0.375, 0.5, 0.25]);
    expect(multiplyRates().factor(3)).toBe(1);
  });

  it('has a name that tells its settings', () => {
    const names = [
      constantRate(),
      constantRate({ factor: 2 }),
      linearWarmUp({ steps: 4 }),
      linearWarmUp({ steps: 5 }),
      cosineDecay({ to: 9 }),
      cosineDecay({ from: 1, to: 9 }),
      cosineDecay({ to: 9, end: 0.1 }),
      stepDecay({ every: 2 }),
      multiplyRates(linearWarmUp({ steps: 4 }), cosineDecay({ to: 9 })),
      multiplyRates(),
    ].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(cosineDecay({ to: 9 }).name).toBe(cosineDecay({ from: 0, to: 9, end: 0 }).name);
  });

  it.each<[string, () => unknown, string]>([
    ['a negative factor', () => constantRate({ factor: -1 }), '"factor" expected a finite number >= 0, got -1'],
    ['no warm-up at all', () => linearWarmUp({ steps: 0 }), '"steps" expected a whole number >= 1, got 0'],
    ['an empty decay', () => cosineDecay({ from: 5, to: 5 }), '"to" expected a whole number >= 6, got 5'],
    ['an end above 1', () => cosineDecay({ to: 5, end: 2 }), '"end" expected a number in [0, 1], got 2'],
    ['NaN as an end', () => cosineDecay({ to: 5, end: NaN }), '"end" expected a number in [0, 1], got NaN'],
    ['a decay without an end', () => cosineDecay({} as never), '"to" expected a whole number >= 1, got undefined'],
    ['steps of no length', () => stepDecay({ every: 0 }), '"every" expected a whole number >= 1, got 0'],
    ['a step upwards', () => stepDecay({ every: 1, factor: 2 }), '"factor" expected a number in [0, 1], got 2'],
    ['unknown options', () => stepDecay({ gamma: 0.5 } as never), '"options" expected only the options "every"'],
    ['what is no schedule', () => multiplyRates(constantRate(), 0.5 as never), '"schedules[1]" expected a schedule'],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
