import { describe, expect, it } from 'vitest';
import { checkFiniteArray, checkLength, checkNumericArray, checkWeights } from '../src/index.js';

describe('checkNumericArray', () => {
  it('returns typed arrays and plain arrays of numbers, not copied', () => {
    for (const array of [[1, 2], [], new Float64Array(2), new Float32Array(0), new Uint8Array(1), new Int32Array(3)]) {
      expect(checkNumericArray('x', array)).toBe(array);
    }
  });

  it('refuses everything else with a TypeError', () => {
    const view = new DataView(new ArrayBuffer(8));
    for (const value of [null, undefined, 'abc', 3, {}, { length: 2 }, ['1'], [[1]], view]) {
      expect(() => checkNumericArray('x', value)).toThrow(TypeError);
    }
    const message = '"x" expected a typed array or an array of numbers, got a BigInt64Array of length 2';
    expect(() => checkNumericArray('x', new BigInt64Array(2))).toThrow(message);
  });
});

describe('checkLength', () => {
  it('returns the array of the right length and names both lengths otherwise', () => {
    const a = new Float64Array(3);
    expect(checkLength('a', a, 3)).toBe(a);
    expect(() => checkLength('a', a, 128)).toThrow(new RangeError('"a" expected length 128, got 3'));
    expect(checkLength('a', [], 0)).toEqual([]);
  });
});

describe('checkFiniteArray', () => {
  it('accepts finite numbers, also none at all', () => {
    expect(checkFiniteArray('x', [0, -0, 1e308])).toEqual([0, -0, 1e308]);
    expect(checkFiniteArray('x', [])).toEqual([]);
  });

  it('gives the index of the entry it refuses', () => {
    expect(() => checkFiniteArray('x', [1, NaN])).toThrow(new RangeError('"x[1]" expected a finite number, got NaN'));
    expect(() => checkFiniteArray('x', new Float64Array([Infinity]))).toThrow(RangeError);
    expect(() => checkFiniteArray('x', [1, '2'] as never)).toThrow('"x[1]" expected a finite number, got "2"');
    expect(() => checkFiniteArray('x', [1, '2'] as never)).toThrow(TypeError);
    // A hole in a plain array reads as undefined.
    expect(() => checkFiniteArray('x', new Array<number>(2))).toThrow(TypeError);
  });
});

describe('checkWeights', () => {
  it('accepts zero weights among positive ones, whatever their sum', () => {
    const a = new Float64Array([0, 5, 0.5]);
    expect(checkWeights('a', a)).toBe(a);
    expect(checkWeights('a', [5e-324])).toEqual([5e-324]);
  });

  it('refuses negative, NaN, infinite and missing mass', () => {
    expect(() => checkWeights('a', [1, -0.5])).toThrow('"a[1]" expected a finite number >= 0, got -0.5');
    for (const weights of [[NaN], [1, Infinity], [0, 0], [], [1e308, 1e308]]) {
      expect(() => checkWeights('a', weights)).toThrow(RangeError);
    }
    expect(() => checkWeights('a', ['1'] as never)).toThrow(TypeError);
    expect(() => checkWeights('a', [0, 0])).toThrow('"a" expected weights with a finite sum > 0, got sum 0');
  });
});

describe('checkLength, checkFiniteArray and checkWeights', () => {
  it('name the argument where there is no array at all', () => {
    for (const value of [undefined, null, 3, 'ab']) {
      expect(() => checkLength('f', value as never, 2)).toThrow(TypeError);
      expect(() => checkFiniteArray('f', value as never)).toThrow(TypeError);
      expect(() => checkWeights('f', value as never)).toThrow(TypeError);
    }
    expect(() => checkLength('f', undefined as never, 2)).toThrow('"f" expected an array, got undefined');
  });
});
