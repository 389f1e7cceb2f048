import { describe, expect, it } from 'vitest';
import { exponentials, logarithms } from '../src/index.js';

describe.each([
  { name: 'exponentials', run: exponentials },
  { name: 'logarithms', run: logarithms },
])('$name', ({ run }) => {
  it('returns a new array and leaves its argument alone', () => {
    const x = Float64Array.of(0.25, 3);
    expect(run(x)).not.toBe(x);
    expect(x).toEqual(Float64Array.of(0.25, 3));
  });

  it('accepts nothing and a single number', () => {
    expect(run(new Float64Array(0))).toEqual(new Float64Array(0));
    expect(run(Float64Array.of(1)).length).toBe(1);
  });

  it('takes float64 arrays only', () => {
    // @ts-expect-error: a plain array
    expect(() => run([1, 2])).toThrow('"x" expected a Float64Array, got an array of length 2');
    expect(() => run(new Float32Array(2) as never)).toThrow(TypeError);
  });
});

describe('exponentials and logarithms', () => {
  it('undo each other', () => {
    const x = Float64Array.from({ length: 101 }, (_, i) => (i - 50) * 10);
    // A relative rounding of the power is an absolute one of its logarithm, besides the rounding of the logarithm itself.
    const isOff = (value: number, i: number) => Math.abs(value - x[i]) > 1e-15 * Math.max(1, Math.abs(x[i]));
    expect(logarithms(exponentials(x)).findIndex(isOff)).toBe(-1);
  });
});
