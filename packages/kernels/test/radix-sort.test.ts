import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argsortFloat32, argsortFloat64, sortFloat32, sortFloat64 } from '../src/index.js';

describe('sortFloat64 and argsortFloat64', () => {
  it('agree with the engine’s own sort for any numbers', () => {
    fc.assert(
      fc.property(fc.float64Array({ noNaN: true, maxLength: 200 }), (keys) => {
        const expected = keys.slice().sort();
        expect(sortFloat64(keys)).toEqual(expected);
        expect(Float64Array.from(argsortFloat64(keys), (index) => keys[index])).toEqual(expected);
      }),
    );
  });

  it('leave their argument alone and accept nothing and one number', () => {
    const keys = Float64Array.of(2, 1);
    expect(sortFloat64(keys)).toEqual(Float64Array.of(1, 2));
    expect(keys).toEqual(Float64Array.of(2, 1));
    expect(sortFloat64(new Float64Array(0))).toEqual(new Float64Array(0));
    expect(argsortFloat64(new Float64Array(0))).toEqual(new Int32Array(0));
    expect(argsortFloat64(Float64Array.of(-Infinity))).toEqual(Int32Array.of(0));
  });

  it('keep the order of equal keys', () => {
    expect(argsortFloat64(Float64Array.of(1, 0, 1, 0, 1))).toEqual(Int32Array.of(1, 3, 0, 2, 4));
  });

  it('refuse NaN and other arrays', () => {
    expect(() => sortFloat64(Float64Array.of(1, NaN))).toThrow('"keys[1]" expected a number, got NaN');
    expect(() => argsortFloat64(Float64Array.of(NaN))).toThrow(RangeError);
    expect(() => sortFloat64([1] as never)).toThrow('"keys" expected a Float64Array, got an array of length 1');
  });
});

describe('sortFloat32 and argsortFloat32', () => {
  it('agree with the engine’s own sort for any numbers', () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true, maxLength: 200 }), (keys) => {
        const expected = keys.slice().sort();
        expect(sortFloat32(keys)).toEqual(expected);
        expect(Float32Array.from(argsortFloat32(keys), (index) => keys[index])).toEqual(expected);
      }),
    );
  });

  it('refuse NaN and other arrays', () => {
    expect(() => sortFloat32(Float32Array.of(NaN))).toThrow('"keys[0]" expected a number, got NaN');
    expect(() => argsortFloat32(new Float64Array(1) as never)).toThrow('"keys" expected a Float32Array');
  });
});
