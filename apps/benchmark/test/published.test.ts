import { expect, test } from 'vitest';
import { PUBLISHED_DATA_SETS, PUBLISHED_METHODS, publishedEnergy, publishedW2 } from '../src/published.js';

test('the published table has 35 W2: FM needs a Gaussian source', () => {
  const cells = PUBLISHED_DATA_SETS.flatMap((dataSet) =>
    PUBLISHED_METHODS.filter((method) => publishedW2(dataSet, method)).map((method) => `${method} on ${dataSet}`),
  );
  expect(cells).toHaveLength(35);
  expect(cells).not.toContain('FM on moons→8gaussians');
});

test('the published table has no energy of DSB, and otherwise one for each W2', () => {
  for (const dataSet of PUBLISHED_DATA_SETS) {
    for (const method of PUBLISHED_METHODS) {
      const isKnown = method !== 'DSB' && publishedW2(dataSet, method) !== undefined;
      expect(publishedEnergy(dataSet, method) !== undefined).toBe(isKnown);
    }
  }
});

test('the best published W2 of each column are those that the paper prints in bold', () => {
  const best = PUBLISHED_DATA_SETS.map((dataSet) =>
    Math.min(...PUBLISHED_METHODS.map((method) => publishedW2(dataSet, method)?.mean ?? Infinity)),
  );
  expect(best).toEqual([0.111, 0.102, 0.238, 0.716]);
});

test('a method whose name begins another one is told apart', () => {
  expect(publishedW2('moons', 'DSBM-IMF')).toEqual({ mean: 0.144, sd: 0.024 });
  expect(publishedW2('moons', 'DSBM-IMF+')).toEqual({ mean: 0.123, sd: 0.014 });
  expect(publishedEnergy('moons→8gaussians', 'CFM')).toEqual({ mean: 116.5, sd: 2.633 });
});

test('what the table does not know is undefined', () => {
  expect(publishedW2('moons', 'OT')).toBeUndefined();
  expect(publishedW2('swiss roll', 'OT-CFM')).toBeUndefined();
  expect(publishedEnergy('moons', '')).toBeUndefined();
});
