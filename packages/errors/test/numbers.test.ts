import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFinite, checkInteger, checkNonNegative, checkPositive, checkWithin } from '../src/index.js';

const NOT_NUMBERS = ['1', null, undefined, {}, [1], 1n, true];

describe.each([
  ['checkFinite', (value: unknown) => checkFinite('x', value)],
  ['checkPositive', (value: unknown) => checkPositive('x', value)],
  ['checkNonNegative', (value: unknown) => checkNonNegative('x', value)],
  ['checkWithin', (value: unknown) => checkWithin('x', value, -1, 1)],
  ['checkInteger', (value: unknown) => checkInteger('x', value, 0)],
])('%s', (_, check) => {
  it('refuses NaN and infinities with a RangeError, other kinds with a TypeError', () => {
    for (const value of [NaN, Infinity, -Infinity]) expect(() => check(value)).toThrow(RangeError);
    for (const value of NOT_NUMBERS) expect(() => check(value)).toThrow(TypeError);
  });

  it('accepts 1 and returns it', () => {
    expect(check(1)).toBe(1);
  });
});

describe('the accepted values', () => {
  it('are returned unchanged, with the sign of zero', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(Object.is(checkFinite('x', x), x)).toBe(true);
      }),
    );
    expect(Object.is(checkNonNegative('x', -0), -0)).toBe(true);
  });

  it('end where the interval ends, both ends included', () => {
    expect([checkWithin('t', 0, 0, 1), checkWithin('t', 1, 0, 1)]).toEqual([0, 1]);
    expect([checkInteger('n', 3, 3, 3), checkPositive('x', 5e-324)]).toEqual([3, 5e-324]);
    expect(() => checkWithin('t', 1.0000000000000002, 0, 1)).toThrow(RangeError);
    expect(() => checkPositive('x', 0)).toThrow(RangeError);
    expect(() => checkNonNegative('x', -5e-324)).toThrow(RangeError);
    expect(() => checkInteger('n', 2, 3)).toThrow(RangeError);
    expect(() => checkInteger('n', 2 ** 53, 0)).toThrow(RangeError);
    expect(() => checkInteger('n', 3.5, 3)).toThrow(RangeError);
  });
});

describe('the messages', () => {
  it('quote the name, say what was expected and what came', () => {
    expect(() => checkFinite('shift', NaN)).toThrow('"shift" expected a finite number, got NaN');
    expect(() => checkPositive('epsilon', -1)).toThrow('"epsilon" expected a finite number > 0, got -1');
    expect(() => checkNonNegative('decay', '0')).toThrow('"decay" expected a finite number >= 0, got "0"');
    expect(() => checkWithin('t', 2, 0, 1)).toThrow('"t" expected a number in [0, 1], got 2');
    expect(() => checkInteger('numSteps', 0, 1)).toThrow('"numSteps" expected a whole number >= 1, got 0');
    expect(() => checkInteger('k', 9, 0, 3)).toThrow('"k" expected a whole number in [0, 3], got 9');
  });
});
