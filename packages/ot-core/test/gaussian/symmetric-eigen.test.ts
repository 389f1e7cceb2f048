import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spectralFunction, symmetricEigen, symmetricSquareRoot } from '../../src/index.js';

const symmetric = fc.integer({ min: 1, max: 7 }).chain((dim) =>
  fc
    .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: dim * dim, maxLength: dim * dim })
    .map((entries) => ({
      dim,
      matrix: entries.map((_, at) => entries[at] + entries[(at % dim) * dim + Math.floor(at / dim)]),
    })),
);

function product(x: ArrayLike<number>, y: ArrayLike<number>, dim: number): Float64Array {
  return Float64Array.from({ length: dim * dim }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < dim; k++) sum += x[Math.floor(at / dim) * dim + k] * y[k * dim + (at % dim)];
    return sum;
  });
}

const transposed = (x: Float64Array, dim: number) => x.map((_, at) => x[(at % dim) * dim + Math.floor(at / dim)]);

const identity = (dim: number) => Float64Array.from({ length: dim * dim }, (_, at) => Number(at % (dim + 1) === 0));

describe('symmetricEigen', () => {
  it('gives orthonormal vectors, values in increasing order, and the matrix back', () => {
    fc.assert(
      fc.property(symmetric, ({ dim, matrix }) => {
        const { values, vectors } = symmetricEigen(matrix, dim);
        expect(Array.from(values)).toEqual(Array.from(values).sort((p, q) => p - q));
        expectAllClose(product(vectors, transposed(vectors, dim), dim), identity(dim), { absolute: 1e-13 });
        // Entries are at most 20, eigenvalues 140; 1e-15 of that for each of a few operations.
        expectAllClose(
          spectralFunction(matrix, dim, (value) => value),
          matrix,
          { absolute: 1e-11 },
        );
      }),
    );
  });

  it('finds the closed form of a path graph: 2 − 2 cos(πk/(n+1))', () => {
    const dim = 40;
    const matrix = Float64Array.from({ length: dim * dim }, (_, at) => {
      const distance = Math.abs(Math.floor(at / dim) - (at % dim));
      return distance === 0 ? 2 : distance === 1 ? -1 : 0;
    });
    const expected = Array.from({ length: dim }, (_, k) => 2 - 2 * Math.cos((Math.PI * (k + 1)) / (dim + 1)));
    expectAllClose(symmetricEigen(matrix, dim).values, expected, { relative: 1e-12 });
  });

  it('finds tiny eigenvalues of a graded positive definite matrix to full relative accuracy', () => {
    // D·H·D with D = diag(1e-8, 1, 1e8) and H = [[1, ½, 0], [½, 1, ½], [0, ½, 1]]; det H = ½, so with the two larger
    // eigenvalues 1e16(1 + 2.5e-17…) and ¾ the smallest is (½ / ¾)·1e-16 to first order in 1e-16.
    const matrix = [1e-16, 0.5e-8, 0, 0.5e-8, 1, 0.5e8, 0, 0.5e8, 1e16];
    expectAllClose(symmetricEigen(matrix, 3).values, [(2 / 3) * 1e-16, 0.75, 1e16], { relative: 1e-12 });
  });

  it('takes zero, diagonal, repeated and indefinite matrices, and one entry', () => {
    expect(Array.from(symmetricEigen(new Float64Array(9), 3).values)).toEqual([0, 0, 0]);
    expect(Array.from(symmetricEigen([3, 0, 0, -1], 2).values)).toEqual([-1, 3]);
    expectAllClose(symmetricEigen([0, 1, 1, 0], 2).values, [-1, 1], { relative: 1e-15 });
    expectAllClose(symmetricEigen(new Float64Array(9).fill(1), 3).values, [0, 0, 3], { absolute: 1e-15 });
    expect(Array.from(symmetricEigen([-7], 1).values)).toEqual([-7]);
  });

  it('makes the largest coordinate of each vector positive, so that signs are no accident', () => {
    const { vectors } = symmetricEigen([2, -1, -1, 2.5], 2);
    expect(Math.max(vectors[0], vectors[1])).toBeGreaterThan(-Math.min(vectors[0], vectors[1]));
    expect(Math.max(vectors[2], vectors[3])).toBeGreaterThan(-Math.min(vectors[2], vectors[3]));
  });

  it('refuses what is not square, symmetric and finite', () => {
    expect(() => symmetricEigen([1, 2, 3], 2)).toThrow('"matrix" expected length 4, got 3');
    expect(() => symmetricEigen([1, 2, 3, 4], 2)).toThrow('"matrix" expected a symmetric matrix, got 3 at [1, 0]');
    expect(() => symmetricEigen([1, NaN, NaN, 1], 2)).toThrow(RangeError);
    expect(() => symmetricEigen([Infinity], 1)).toThrow(RangeError);
    expect(() => symmetricEigen('x' as never, 1)).toThrow(TypeError);
    expect(() => symmetricEigen([], 0)).toThrow('"dim"');
    expect(() => spectralFunction([1], 1, 3 as never)).toThrow('"map" expected a function');
  });
});

describe('symmetricSquareRoot', () => {
  it('squares to the covariance it came from', () => {
    const dim = 6;
    const factor = fillNormal(createRng(2), new Float64Array(dim * dim));
    const covariance = product(factor, transposed(factor, dim), dim);
    const root = symmetricSquareRoot(covariance, dim);
    expectAllClose(product(root, root, dim), covariance, { absolute: 1e-12 });
  });

  it('is 0 in singular directions, not the root of a rounding', () => {
    const root = symmetricSquareRoot([1, 1, 1, 1], 2);
    expectAllClose(root, new Float64Array(4).fill(Math.SQRT1_2), { relative: 1e-15 });
    expect(symmetricSquareRoot([0], 1)).toEqual(Float64Array.of(0));
  });

  it('refuses a matrix with a negative eigenvalue', () => {
    expect(() => symmetricSquareRoot([1, 2, 2, 1], 2)).toThrow('positive semidefinite');
    expect(() => symmetricSquareRoot([-1], 1)).toThrow('got the eigenvalue -1');
  });
});
