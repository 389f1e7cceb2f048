import { createRng, fillNormal, type Rng } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { densityCoverage, precisionRecall } from '../src/index.js';

const normals = (rng: Rng, count: number, mean = 0) => ({
  points: fillNormal(rng, new Float64Array(3 * count), { mean }),
  count,
  dim: 3,
});

const mean = (values: number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;

describe('precisionRecall', () => {
  it('is 1 and 1 for the data itself, 0 and 0 for something else', () => {
    const data = normals(createRng(1), 50);
    expect(precisionRecall(data, data)).toEqual({ precision: 1, recall: 1 });
    expect(precisionRecall(normals(createRng(2), 50, 100), data)).toEqual({ precision: 0, recall: 0 });
  });

  it('exchanges its two numbers with its two sets', () => {
    const [x, y] = [normals(createRng(1), 60), normals(createRng(2), 40, 1)];
    const forth = precisionRecall(x, y);
    const back = precisionRecall(y, x);
    expect(back).toEqual({ precision: forth.recall, recall: forth.precision });
  });

  it('names the set that has too few points', () => {
    const message = (name: string) => `"${name}" expected more points than "neighbours", which is 3, got 1`;
    const four = [[0], [1], [2], [3]];
    expect(() => precisionRecall([[0]], four)).toThrow(message('x'));
    expect(() => precisionRecall(four, [[0]])).toThrow(message('y'));
  });

  it('counts a duplicate as a neighbour', () => {
    // The radius around each twin is 0: only the same place is inside.
    expect(precisionRecall([[0.1], [0]], [[0], [0]], { neighbours: 1 })).toEqual({ precision: 0.5, recall: 1 });
  });
});

describe('densityCoverage', () => {
  it('has the expectations of its documentation for perfect samples', () => {
    const [n, m, k] = [60, 40, 3];
    const runs = Array.from({ length: 150 }, (_, r) => {
      const rng = createRng(4).fork(r);
      return densityCoverage(normals(rng.fork('x'), n), normals(rng.fork('y'), m), { neighbours: k });
    });
    let uncovered = 1;
    for (let i = 1; i <= k; i++) uncovered *= (m - i) / (n + m - i);
    // Spreads of about 0.25 and 0.06 over 150 runs: four standard errors are 0.08 and 0.02.
    expectClose(mean(runs.map(({ density }) => density)), 1, { absolute: 0.08 });
    expectClose(mean(runs.map(({ coverage }) => coverage)), 1 - uncovered, { absolute: 0.02 });
  });

  it('is not flattered by an outlier of the data, as precision is', () => {
    const data = { ...normals(createRng(1), 50) };
    const points = Float64Array.from([...data.points, 100, 100, 100]);
    const withOutlier = { points, count: 51, dim: 3 };
    const samples = normals(createRng(2), 50, 8);
    expect(precisionRecall(samples, withOutlier).precision).toBe(1);
    expect(densityCoverage(samples, withOutlier, { neighbours: 3 }).density).toBeLessThan(0.5);
    expect(densityCoverage(samples, withOutlier, { neighbours: 3 }).coverage).toBeLessThan(0.05);
  });
});

describe.each([
  ['precisionRecall', precisionRecall],
  ['densityCoverage', densityCoverage],
])('%s', (_, metric) => {
  it('refuses sets without enough neighbours, and what is no cloud', () => {
    expect(() => metric([[1]], [[1]])).toThrow('"neighbours"');
    expect(() => metric([[1], [2]], [[1], [2]], { neighbours: 2 })).toThrow(
      '"y" expected more points than "neighbours", which is 2, got 2',
    );
    expect(() => metric([[1], [2]], [[1], [2]], { neighbours: 0 })).toThrow(
      '"neighbours" expected a whole number >= 1',
    );
    expect(() => metric([[1e160], [0]], [[1], [2]], { neighbours: 1 })).toThrow('"x, y" expected costs below');
    expect(() => metric([], [[1], [2]])).toThrow(RangeError);
    expect(() => metric([[NaN], [1]], [[1], [2]], { neighbours: 1 })).toThrow(RangeError);
    expect(() => metric([[1], [2]], [[1, 1]], { neighbours: 1 })).toThrow('dimension');
    expect(() => metric([[1], [2]], [[1], [2]], { k: 1 } as never)).toThrow('got "k"');
  });
});
