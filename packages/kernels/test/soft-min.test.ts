import { describe, expect, it } from 'vitest';
import {
  pairwiseDistances,
  pairwiseSquaredDistances,
  softMinColumns,
  softMinPoints,
  softMinRows,
} from '../src/index.js';

const costs = Float64Array.of(0, 1, 4, 1, 0, 1);
const sizes = { rows: 2, columns: 3, epsilon: 0.5 };
const [zeros2, zeros3] = [new Float64Array(2), new Float64Array(3)];

/** Ten digits are plenty to tell one formula from another; the parity suite has the sharp bounds. */
const rounded = (values: Float64Array) => Array.from(values, (value) => Number(value.toFixed(10)));

describe('the soft-min', () => {
  it('is the formula, by hand', () => {
    const byHand = [0, 1].map((i) => {
      const sum = [0, 1, 2].reduce((total, j) => total + Math.exp(-costs[i * 3 + j] / 0.5), 0);
      return Number((-0.5 * Math.log(sum)).toFixed(10));
    });
    expect(rounded(softMinRows(costs, zeros3, sizes))).toEqual(byHand);
  });

  it('moves with a constant added to the potential or to the costs', () => {
    const shifted = softMinRows(
      costs.map((cost) => cost + 7),
      Float64Array.of(2, 2, 2),
      sizes,
    );
    expect(rounded(shifted)).toEqual(rounded(softMinRows(costs, zeros3, sizes).map((value) => value + 5)));
  });

  it('of the columns is that of the rows of the transpose', () => {
    const transposed = Float64Array.of(0, 1, 1, 0, 4, 1);
    const f = Float64Array.of(0.25, -0.5);
    const logWeights = Float64Array.of(-1, -2);
    const byColumns = softMinColumns(costs, f, { ...sizes, logWeights });
    const byRows = softMinRows(transposed, f, { rows: 3, columns: 2, epsilon: 0.5, logWeights });
    expect(rounded(byColumns)).toEqual(rounded(byRows));
  });

  it('between points is that of their costs', () => {
    const [x, y] = [Float64Array.of(0, 0, 1, 2), Float64Array.of(1, 1, -1, 0, 3, 3)];
    const g = Float64Array.of(0.1, 0.2, 0.3);
    const squared = softMinRows(pairwiseSquaredDistances(x, y, 2), g, sizes);
    expect(rounded(softMinPoints(x, y, g, { dim: 2, epsilon: 0.5 }))).toEqual(rounded(squared));
    const plain = softMinRows(pairwiseDistances(x, y, 2), g, sizes);
    expect(rounded(softMinPoints(x, y, g, { dim: 2, epsilon: 0.5, cost: 'euclidean' }))).toEqual(rounded(plain));
  });

  it('is infinite over nothing', () => {
    const none = new Float64Array(0);
    expect(softMinRows(none, none, { rows: 2, columns: 0, epsilon: 1 })).toEqual(Float64Array.of(Infinity, Infinity));
    expect(softMinPoints(Float64Array.of(1), none, none, { dim: 1, epsilon: 1 })).toEqual(Float64Array.of(Infinity));
    expect(softMinColumns(none, none, { rows: 0, columns: 1, epsilon: 1 })).toEqual(Float64Array.of(Infinity));
  });

  it('refuses wrong lengths', () => {
    expect(() => softMinRows(costs, zeros2, sizes)).toThrow('"g" expected length 3, got 2');
    expect(() => softMinColumns(costs, zeros3, sizes)).toThrow('"f" expected length 2, got 3');
    expect(() => softMinRows(zeros3, zeros3, sizes)).toThrow('"costs" expected length 6, got 3');
    expect(() => softMinRows(costs, zeros3, { ...sizes, logWeights: zeros2 })).toThrow(
      '"logWeights" expected length 3',
    );
    expect(() => softMinPoints(zeros3, zeros2, zeros2, { dim: 2, epsilon: 1 })).toThrow('a multiple of dim = 2, got 3');
  });

  it('refuses values that have no meaning', () => {
    expect(() => softMinRows(costs, zeros3, { ...sizes, epsilon: 0 })).toThrow(
      '"epsilon" expected a finite number > 0, got 0',
    );
    expect(() => softMinPoints(zeros2, zeros2, zeros2, { dim: 1, epsilon: -1 })).toThrow('"epsilon"');
    expect(() => softMinRows(costs, Float64Array.of(0, NaN, 0), sizes)).toThrow(
      '"g[1]" expected a finite number, got NaN',
    );
    const bad = costs.slice();
    bad[4] = NaN;
    expect(() => softMinRows(bad, zeros3, sizes)).toThrow('"costs[4]" expected a number above −∞, got NaN');
    bad[4] = -Infinity;
    expect(() => softMinColumns(bad, zeros2, sizes)).toThrow('"costs[4]"');
    const logWeights = Float64Array.of(0, Infinity, 0);
    expect(() => softMinRows(costs, zeros3, { ...sizes, logWeights })).toThrow(
      '"logWeights[1]" expected a number below ∞',
    );
    const options = { dim: 1, epsilon: 1, cost: 'manhattan' };
    expect(() => softMinPoints(zeros2, zeros2, zeros2, options as never)).toThrow('"cost" expected one of');
    expect(() => softMinRows(costs, zeros3, { ...sizes, eps: 1 } as never)).toThrow('got "eps"');
    expect(() => softMinRows([0] as never, zeros3, sizes)).toThrow('"costs" expected a Float64Array');
  });
});
