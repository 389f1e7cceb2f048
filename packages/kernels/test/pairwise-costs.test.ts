import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairwiseDistances, pairwiseSquaredDistances } from '../src/index.js';

const clouds = fc
  .tuple(fc.constantFrom(1, 2, 3), fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 40 }))
  .map(([dim, values]) => ({ dim, x: Float64Array.from(values.slice(0, Math.floor(values.length / dim) * dim)) }));

describe('pairwise distances', () => {
  it('of a cloud to itself are symmetric with a zero diagonal', () => {
    fc.assert(
      fc.property(clouds, ({ dim, x }) => {
        const count = x.length / dim;
        const d = pairwiseSquaredDistances(x, x, dim);
        for (let i = 0; i < count; i++) {
          expect(d[i * count + i]).toBe(0);
          for (let j = 0; j < i; j++) expect(d[i * count + j]).toBe(d[j * count + i]);
        }
      }),
    );
  });

  it('are the roots of the squared ones', () => {
    const [x, y] = [Float64Array.of(1, 2, 3, 4, 5, 6), Float64Array.of(0, 0, 7, -1)];
    expect(pairwiseDistances(x, y, 2)).toEqual(pairwiseSquaredDistances(x, y, 2).map(Math.sqrt));
  });

  it('have the element type of the clouds', () => {
    expect(pairwiseSquaredDistances(Float32Array.of(1), Float32Array.of(4), 1)).toEqual(Float32Array.of(9));
  });

  it('are exact for integers far from the origin', () => {
    const offset = 2 ** 40;
    expect(pairwiseSquaredDistances(Float64Array.of(offset), Float64Array.of(offset + 3), 1)).toEqual(
      Float64Array.of(9),
    );
  });

  it('of empty clouds are empty', () => {
    expect(pairwiseDistances(new Float64Array(0), Float64Array.of(1, 2), 2)).toEqual(new Float64Array(0));
  });

  it('refuse lengths that are no multiple of the dimension, mixed types, and a dimension below 1', () => {
    const x = Float64Array.of(1, 2, 3);
    expect(() => pairwiseDistances(x, x, 2)).toThrow('"x" expected a length that is a multiple of dim = 2, got 3');
    expect(() => pairwiseDistances(x, Float32Array.of(1) as never, 1)).toThrow(
      '"y" expected a Float64Array like the first',
    );
    expect(() => pairwiseDistances([1] as never, x, 1)).toThrow('"x" expected a Float64Array or a Float32Array');
    expect(() => pairwiseDistances(x, x, 0)).toThrow('"dim" expected a whole number >= 1, got 0');
  });

  it('refuse entries that are not finite', () => {
    const one = Float64Array.of(1);
    expect(() => pairwiseSquaredDistances(Float64Array.of(1, NaN), one, 1)).toThrow(
      '"x[1]" expected a finite number, got NaN',
    );
    expect(() => pairwiseSquaredDistances(one, Float64Array.of(-Infinity), 1)).toThrow(
      '"y[0]" expected a finite number',
    );
  });
});
