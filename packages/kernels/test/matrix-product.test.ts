import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiplyMatrices } from '../src/index.js';

const small = fc.integer({ min: 0, max: 12 });
const integers = (count: number, seed: number) =>
  Float64Array.from({ length: count }, (_, i) => ((i * 37 + seed) % 19) - 9);

describe('multiplyMatrices', () => {
  it('agrees with a transposed operand in every layout', () => {
    fc.assert(
      fc.property(small, small, small, (rows, inner, columns) => {
        const [a, b] = [integers(rows * inner, 1), integers(inner * columns, 2)];
        const [at, bt] = [transpose(a, rows, inner), transpose(b, inner, columns)];
        const sizes = { rows, inner, columns };
        const expected = multiplyMatrices(a, b, sizes);
        expect(multiplyMatrices(at, b, { ...sizes, transposeA: true })).toEqual(expected);
        expect(multiplyMatrices(a, bt, { ...sizes, transposeB: true })).toEqual(expected);
        expect(multiplyMatrices(at, bt, { ...sizes, transposeA: true, transposeB: true })).toEqual(expected);
        // Small integers: float32 is exact as well.
        expect(Float64Array.from(multiplyMatrices(Float32Array.from(a), Float32Array.from(b), sizes))).toEqual(
          expected,
        );
      }),
    );
  });

  it('is associative on small integers, where it is exact', () => {
    const [a, b, c] = [integers(6, 3), integers(6, 4), integers(4, 5)];
    const left = multiplyMatrices(multiplyMatrices(a, b, { rows: 2, inner: 3, columns: 2 }), c, {
      rows: 2,
      inner: 2,
      columns: 2,
    });
    const right = multiplyMatrices(a, multiplyMatrices(b, c, { rows: 3, inner: 2, columns: 2 }), {
      rows: 2,
      inner: 3,
      columns: 2,
    });
    expect(left).toEqual(right);
  });

  it('is zero where the inner size is zero, and empty where another is', () => {
    const none = new Float64Array(0);
    expect(multiplyMatrices(none, none, { rows: 2, inner: 0, columns: 2 })).toEqual(new Float64Array(4));
    expect(multiplyMatrices(none, new Float64Array(3), { rows: 0, inner: 1, columns: 3 })).toEqual(none);
  });

  it('gives a row the same bits alone as among others', () => {
    const a = Float32Array.from({ length: 23 * 300 }, (_, i) => ((i * 7919) % 1009) / 1009);
    const b = Float32Array.from({ length: 300 * 13 }, (_, i) => ((i * 104729) % 997) / 997);
    const whole = multiplyMatrices(a, b, { rows: 23, inner: 300, columns: 13 });
    for (const row of [0, 4, 5, 22]) {
      const alone = multiplyMatrices(a.slice(row * 300, (row + 1) * 300), b, { rows: 1, inner: 300, columns: 13 });
      expect(alone).toEqual(whole.slice(row * 13, (row + 1) * 13));
    }
  });

  it('refuses lengths that do not match the sizes, mixed types and unknown options', () => {
    const a = new Float64Array(4);
    const sizes = { rows: 2, inner: 2, columns: 2 };
    expect(() => multiplyMatrices(a, new Float64Array(3), sizes)).toThrow('"b" expected length 4, got 3');
    expect(() => multiplyMatrices(a, new Float32Array(4) as never, sizes)).toThrow(
      '"b" expected a Float64Array like the first',
    );
    expect(() => multiplyMatrices(a, a, { ...sizes, rows: -1 })).toThrow('"rows" expected a whole number >= 0, got -1');
    expect(() => multiplyMatrices(a, a, { ...sizes, inner: 1.5 })).toThrow(RangeError);
    expect(() => multiplyMatrices(a, a, { ...sizes, transpose: true } as never)).toThrow('got "transpose"');
    expect(() => multiplyMatrices(a, a, { ...sizes, transposeA: 1 } as never)).toThrow(
      '"transposeA" expected a boolean, got 1',
    );
    expect(() => multiplyMatrices(a, a, undefined as never)).toThrow(
      '"rows" expected a whole number >= 0, got undefined',
    );
  });
});

function transpose(matrix: Float64Array, rows: number, columns: number): Float64Array {
  return matrix.map((_, k) => matrix[(k % rows) * columns + Math.floor(k / rows)]);
}
