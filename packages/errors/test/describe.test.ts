import { describe, expect, it } from 'vitest';
import { describeValue } from '../src/index.js';

describe('describeValue', () => {
  it.each([
    ['abc', '"abc"'],
    ['say "x"', '"say \\"x\\""'],
    [NaN, 'NaN'],
    [-1.5, '-1.5'],
    [10n, '10n'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'undefined'],
    [Symbol('s'), 'Symbol(s)'],
    [() => 0, 'a function'],
    [[1, 2, 3], 'an array of length 3'],
    [new Float64Array(128), 'a Float64Array of length 128'],
    [new Int32Array(2), 'an Int32Array of length 2'],
    [new DataView(new ArrayBuffer(4)), 'a DataView'],
    [{ a: 1, b: 2 }, 'an object with keys [a, b]'],
    [Object.create(null), 'an object with keys []'],
    [new Map(), 'an instance of Map'],
  ])('says of %o: %s', (value, text) => {
    expect(describeValue(value)).toBe(text);
  });

  it('shortens long texts to 40 characters', () => {
    expect(describeValue('x'.repeat(1000))).toBe(`"${'x'.repeat(40)}…"`);
  });
});
