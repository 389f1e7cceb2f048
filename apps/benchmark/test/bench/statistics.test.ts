import { expect, test } from 'vitest';
import { compareAnswers } from '../../src/bench/agreement.js';
import { packArray, unpackArray } from '../../src/bench/contender/packed-array.js';
import { median, ratioOverRounds } from '../../src/bench/statistics.js';

test('the median of an odd number is its middle, of an even number the mean of its two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('the median does not depend on order and leaves the values as they are', () => {
  const values = [5, 1e6, 0, 3, 3, 2.5];
  for (let k = 0; k < values.length; k++) {
    const rotated = [...values.slice(k), ...values.slice(0, k)];
    const before = [...rotated];
    expect(median(rotated)).toBe(3);
    expect(rotated).toEqual(before);
  }
});

test('the median of nothing is refused', () => {
  expect(() => median([])).toThrow('"values" expected at least one number');
});

test('a ratio compares round by round, so that a disturbance that meets both leaves it alone', () => {
  const ours = [[1, 1, 9], [10], [1]];
  const theirs = [[2, 2], [20], [4]];
  expect(ratioOverRounds(ours, theirs)).toEqual({ median: 0.5, low: 0.25, high: 0.5 });
});

test('rounds that one side did not have are refused', () => {
  expect(() => ratioOverRounds([[1]], [[1], [1]])).toThrow('expected as many rounds');
});

test('packed arrays keep every float32 bit', () => {
  const values = Float32Array.of(0.1, -0, Infinity, 1e-45, 3e38);
  expect(unpackArray(packArray(values))).toEqual(values);
});

test('answers that differ by rounding agree, with their relative difference in the Euclidean norm', () => {
  const expected = { loss: 2, gradient: packArray([3, 4]) };
  const got = { loss: 2, gradient: packArray([3, 4 + 2 ** -17]) };
  expect(compareAnswers('They', expected, got)).toEqual([
    { contender: 'They', quantity: 'loss', error: 0 },
    { contender: 'They', quantity: 'gradient', error: 2 ** -17 / 5 },
  ]);
});

test('answers that are missing, longer, not numbers or too different are refused', () => {
  const expected = { gradient: packArray([3, 4]) };
  expect(() => compareAnswers('They', expected, {})).toThrow('They gives no gradient');
  for (const wrong of [
    [3, 4, 0],
    [3, NaN],
    [3, 4.01],
  ]) {
    expect(() => compareAnswers('They', expected, { gradient: packArray(wrong) })).toThrow('gives another gradient');
  }
});
