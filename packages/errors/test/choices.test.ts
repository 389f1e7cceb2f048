import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { checkFlag, checkFunction, checkOneOf, checkOptions } from '../src/index.js';

describe('checkOneOf', () => {
  it('returns a valid name', () => {
    expect(checkOneOf('activation', 'relu', ['selu', 'relu'])).toBe('relu');
  });

  it('lists the valid names for another one, and for another kind of value', () => {
    const message = '"activation" expected one of "selu", "relu", got "gelu"';
    expect(() => checkOneOf('activation', 'gelu', ['selu', 'relu'])).toThrow(new RangeError(message));
    expect(() => checkOneOf('activation', 'toString', ['selu'])).toThrow(RangeError);
    for (const value of [undefined, null, 3, ['selu']]) {
      expect(() => checkOneOf('activation', value, ['selu'])).toThrow(TypeError);
    }
  });
});

describe('checkOptions', () => {
  it('returns the options, or an empty object where there are none', () => {
    const options = { epsilon: 0.1 };
    expect(checkOptions('options', options, ['epsilon'])).toBe(options);
    expect(checkOptions<{ epsilon?: number }>('options', undefined, ['epsilon'])).toEqual({});
    expect(checkOptions('options', {}, [])).toEqual({});
  });

  it('lists the valid keys where one is unknown, also one that every object inherits', () => {
    const message = '"options" expected only the options "epsilon", "maxSteps", got "eps"';
    const allowed = ['epsilon', 'maxSteps'];
    const check = (options: Record<string, unknown>) => checkOptions('options', options, allowed);
    expect(() => check({ eps: 1 })).toThrow(new RangeError(message));
    expect(() => check({ epsilon: 1, toString: 1 })).toThrow(RangeError);
    expect(check({ epsilon: undefined })).toEqual({ epsilon: undefined });
  });

  it('refuses what is not an options object with a TypeError', () => {
    for (const value of [null, 3, 'epsilon', [], new Float64Array(1), new Map([['epsilon', 1]]), () => 0]) {
      expect(() => checkOptions('options', value as never, [])).toThrow(TypeError);
    }
  });

  it('refuses instances of classes, whose settings are no keys of theirs', () => {
    for (const value of [AbortSignal.abort(), Promise.resolve(), new Date(), new (class {})(), Object.create({})]) {
      expect(() => checkOptions('options', value as never, [])).toThrow(TypeError);
    }
    expect(() => checkOptions('options', AbortSignal.abort() as never, [])).toThrow(
      '"options" expected an options object, got an instance of AbortSignal',
    );
  });

  it('accepts plain objects without a prototype and of another realm', () => {
    const bare = Object.assign(Object.create(null) as object, { epsilon: 1 });
    const foreign = runInNewContext('({ epsilon: 1 })') as { epsilon: number };
    expect(checkOptions('options', bare, ['epsilon'])).toBe(bare);
    expect(checkOptions('options', foreign, ['epsilon'])).toBe(foreign);
  });
});

describe('checkFunction', () => {
  it('returns a function and refuses anything else', () => {
    const callback = () => 1;
    expect(checkFunction('onProgress', callback)).toBe(callback);
    for (const value of [undefined, null, {}, 'f']) {
      expect(() => checkFunction('onProgress', value as never)).toThrow(TypeError);
    }
    expect(() => checkFunction('onProgress', 3 as never)).toThrow('"onProgress" expected a function, got 3');
  });
});

describe('checkFlag', () => {
  it('returns true and false', () => {
    expect([true, false].map((value) => checkFlag('resumable', value))).toEqual([true, false]);
  });

  it('refuses anything else, also what is as good as false elsewhere', () => {
    for (const value of [0, 1, '', 'true', null, undefined]) {
      expect(() => checkFlag('resumable', value)).toThrow('"resumable" expected a boolean, got ');
      expect(() => checkFlag('resumable', value)).toThrow(TypeError);
    }
  });
});
