import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { costMatrix, createTransportProblem, emd, type Geometry, pointClouds } from '../../src/index.js';

const geometry = costMatrix([
  [1, 2, 3],
  [4, 5, 6],
]);

describe('createTransportProblem', () => {
  it('gives equal weights of total 1 by default', () => {
    const problem = createTransportProblem(geometry);
    expect(problem.a).toEqual(Float64Array.of(1 / 2, 1 / 2));
    expect(problem.b).toEqual(Float64Array.of(1 / 3, 1 / 3, 1 / 3));
    expect(problem.mass).toBe(1);
  });

  it('makes the same assignment of no weights as of equal ones, to the last bit', () => {
    for (let count = 1; count < 60; count++) {
      const square = pointClouds(new Float64Array(count), new Float64Array(count), { dim: 1 });
      const a = new Float64Array(count).fill(1 / count);
      const { mass, ...given } = createTransportProblem(square, { a, b: a });
      expect(createTransportProblem(square)).toEqual({ ...given, mass: 1 });
      expect(Math.abs(mass - 1)).toBeLessThan(2e-16 * count);
    }
  });

  it('gives missing weights the total of those that are given', () => {
    expect(createTransportProblem(geometry, { a: [2, 4] }).b).toEqual(Float64Array.of(2, 2, 2));
    expect(createTransportProblem(geometry, { b: [1, 2, 3] }).a).toEqual(Float64Array.of(3, 3));
  });

  it('keeps weights that need not sum to 1, and allows zeros', () => {
    const problem = createTransportProblem(geometry, { a: [5, 0], b: [1, 0, 4] });
    expect(problem.mass).toBe(5);
    expect(problem.b).toEqual(Float64Array.of(1, 0, 4));
  });

  it('copies the weights and freezes the problem', () => {
    const a = Float64Array.of(1, 1);
    const problem = createTransportProblem(geometry, { a });
    a[0] = 9;
    expect(problem.a[0]).toBe(1);
    expect(Object.isFrozen(problem)).toBe(true);
    expect(structuredClone(problem)).toEqual(problem);
  });

  it('rescales b where the totals differ by no more than rounding', () => {
    // three times 0.1 exceeds 0.3 in the last bit; 1e-10 is within the stated 1e-9
    const { b } = createTransportProblem(geometry, { a: [0.15, 0.15], b: [0.1, 0.1, 0.1 * (1 + 1e-10)] });
    expect(b[0] + b[1] + b[2]).toBeCloseTo(0.3, 15);
    expect(b[2] / b[0]).toBeCloseTo(1 + 1e-10, 15);
  });

  it('names both totals where they differ', () => {
    expect(() => createTransportProblem(geometry, { a: [1, 1], b: [1, 1, 1] })).toThrow(
      '"b" expected the total mass 2 of "a", got 3: divide each by its sum to compare them as probabilities',
    );
    expect(() => createTransportProblem(geometry, { a: [1, 1], b: [1, 1, 1e-8] })).toThrow(RangeError);
  });

  it('recognises assignments: equal counts, equal weights', () => {
    const square = costMatrix([
      [1, 2],
      [3, 4],
    ]);
    expect(createTransportProblem(square).isAssignment).toBe(true);
    expect(createTransportProblem(square, { a: [3, 3] }).isAssignment).toBe(true);
    expect(createTransportProblem(square, { a: [1, 2] }).isAssignment).toBe(false);
    expect(createTransportProblem(geometry).isAssignment).toBe(false);
  });

  it('makes the weights of an assignment equal to the last bit', () => {
    const { a, b } = createTransportProblem(
      costMatrix([
        [1, 2],
        [3, 4],
      ]),
      { a: [0.5, 0.5], b: [0.5 + 1e-12, 0.5 + 1e-12] },
    );
    expect(b).toEqual(a);
  });

  it.each([
    ['a length that does not fit', [1, 2, 3], RangeError, '"a" expected length 2, got 3'],
    ['a negative weight', [1, -1], RangeError, '"a[1]" expected a finite number >= 0, got -1'],
    ['NaN', [1, NaN], RangeError, '"a[1]" expected a finite number, got NaN'],
    ['infinity', [1, Infinity], RangeError, '"a[1]" expected a finite number, got Infinity'],
    ['zeros alone', [0, 0], RangeError, '"a" expected weights with a finite sum > 0, got sum 0'],
    ['text', 'weights', TypeError, '"a" expected a typed array or an array of numbers'],
    ['text inside', [1, '1'], TypeError, '"a[1]" expected a finite number, got "1"'],
  ])('refuses %s', (_, a, kind, message) => {
    expect(() => createTransportProblem(geometry, { a: a as number[] })).toThrow(kind);
    expect(() => createTransportProblem(geometry, { a: a as number[] })).toThrow(message);
  });

  it.each([1e-271, 1e-306, 1e291, 1e301])('refuses a total mass of %s', (mass) => {
    const message = `"a, b" expected a total mass in [1e-270, 1e+290], got ${mass}: rescale the weights`;
    expect(() => createTransportProblem(geometry, { a: [0, mass] })).toThrow(message);
    expect(() => createTransportProblem(geometry, { b: [0, mass, 0] })).toThrow(message);
  });

  it('refuses a mass whose transport could cost more than 1e290, by the largest cost that is allowed', () => {
    const far = pointClouds([[0], [1]], [[1e50], [2]], { cost: 'euclidean' });
    const dear = costMatrix([
      [1, -1e50],
      [Infinity, 2],
    ]);
    for (const each of [far, dear]) {
      expect(() => createTransportProblem(each, { a: [1e240, 1e240] })).toThrow(
        '"a, b" expected a total mass below 1e+290 / 1e+50, the largest cost, got 2e+240: rescale the weights',
      );
      expect(createTransportProblem(each, { a: [1e239, 1e239] }).mass).toBe(2e239);
    }
  });

  it('keeps masses that a certificate can carry', () => {
    for (const mass of [1e-269, 1e288]) {
      const { cost, certificate } = emd(geometry, { a: [mass, mass], b: [mass, 0, mass] });
      // 1 and 6, or 3 and 4: rounding of two products.
      expectClose(cost, 7 * mass, { relative: 1e-15 });
      expect(certificate.gap).toBe(0);
    }
  });

  it('refuses what is no geometry, and unknown options', () => {
    expect(() => createTransportProblem([[1]] as unknown as Geometry)).toThrow('"geometry" expected a geometry from');
    expect(() => createTransportProblem(geometry, { weights: [1] } as object)).toThrow('got "weights"');
  });
});
