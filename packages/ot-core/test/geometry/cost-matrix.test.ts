import { describe, expect, it } from 'vitest';
import { costAt, costMatrix, type CostMatrixInput } from '../../src/index.js';

describe('costMatrix', () => {
  it.each<[string, CostMatrixInput]>([
    [
      'rows',
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    ['typed rows', [Float32Array.of(1, 2, 3), Float64Array.of(4, 5, 6)]],
    ['numbers with a shape', { data: Int8Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] }],
    ['a flat array', [1, 2, 3, 4, 5, 6]],
  ])('reads %s', (_, input) => {
    const geometry = costMatrix(input, { rows: 2, columns: 3 });
    expect(geometry).toEqual({ kind: 'matrix', costs: Float64Array.of(1, 2, 3, 4, 5, 6), rows: 2, columns: 3 });
    expect(costAt(geometry, 1, 0)).toBe(4);
  });

  it.each<[string, CostMatrixInput]>([
    ['rows', [Float32Array.of(0.1, 2), Float32Array.of(3, Infinity)]],
    ['numbers with a shape', { data: Float32Array.of(0.1, 2, 3, Infinity), shape: [2, 2] }],
    ['a flat array', Float32Array.of(0.1, 2, 3, Infinity)],
  ])('keeps %s in float32', (_, input) => {
    const geometry = costMatrix(input, { rows: 2, columns: 2 });
    expect(geometry.costs).toEqual(Float32Array.of(0.1, 2, 3, Infinity));
    expect(costAt(geometry, 0, 0)).toBe(Math.fround(0.1));
  });

  it('copies and freezes', () => {
    const costs = Float64Array.of(1);
    const geometry = costMatrix(costs, { rows: 1, columns: 1 });
    costs[0] = 2;
    expect(geometry.costs[0]).toBe(1);
    expect(Object.isFrozen(geometry)).toBe(true);
  });

  it('allows negative costs', () => {
    expect(costAt(costMatrix([[-3]]), 0, 0)).toBe(-3);
  });

  it('takes +∞ for a pair that is forbidden', () => {
    expect(costAt(costMatrix([[1, Infinity]]), 0, 1)).toBe(Infinity);
  });

  it('names the entry that is neither finite nor +∞', () => {
    expect(() =>
      costMatrix([
        [1, 2],
        [3, NaN],
      ]),
    ).toThrow(new RangeError('"costs[1][1]" expected a finite number, or Infinity for a forbidden pair, got NaN'));
    expect(() => costMatrix([[1, -Infinity]])).toThrow(/"costs\[0\]\[1\]" .* got -Infinity/);
  });

  it('refuses entries that are no numbers', () => {
    expect(() => costMatrix([[1, '2']] as never)).toThrow(new TypeError('"costs[0][1]" expected a number, got "2"'));
    expect(() => costMatrix([[1], 'row'] as never)).toThrow(TypeError);
    expect(() => costMatrix(null as never)).toThrow(TypeError);
    expect(() => costMatrix({} as never)).toThrow(TypeError);
  });

  it('names the row that is ragged', () => {
    expect(() => costMatrix([[1, 2], [3]])).toThrow(new RangeError('"costs[1]" expected length 2, got 1'));
  });

  it('refuses empty matrices', () => {
    expect(() => costMatrix([])).toThrow(RangeError);
    expect(() => costMatrix([[]])).toThrow(RangeError);
    expect(() => costMatrix({ data: [], shape: [0, 3] })).toThrow(RangeError);
  });

  it('asks for the shape of a flat array and checks a stated one', () => {
    expect(() => costMatrix([1, 2])).toThrow('"options" expected "rows" and "columns" beside a flat array of costs');
    expect(() => costMatrix([1, 2, 3], { rows: 2, columns: 2 })).toThrow('"costs" expected length 4, got 3');
    expect(() => costMatrix([[1, 2]], { rows: 2 })).toThrow('"rows" expected 1, as in "costs", got 2');
    expect(() => costMatrix({ data: [1, 2], shape: [2] })).toThrow('"costs.shape" expected [rows, columns]');
  });

  it('refuses costs whose sums overflow', () => {
    expect(() => costMatrix([[1e300, -1e300]])).toThrow('"costs" expected costs below');
  });
});
