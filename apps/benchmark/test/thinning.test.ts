import { expect, test } from 'vitest';
import { thin, thinLosses } from '../src/thinning.js';

test('a picture has the first points, with four digits after the point', () => {
  expect(thin([0.123456, -1, 2, 3], 1)).toEqual([0.1235, -1]);
  expect(thin([1, 2], 5)).toEqual([1, 2]);
});

test('a long curve of losses becomes the means of its windows, up to the last step', () => {
  const losses = [1, 3, 5, 7, 10].map((loss, i) => ({ step: 10 * (i + 1), loss }));
  expect(thinLosses(losses, 3)).toEqual([
    { step: 20, loss: 2 },
    { step: 40, loss: 6 },
    { step: 50, loss: 10 },
  ]);
  expect(thinLosses(losses, 5)).toEqual(losses);
  expect(thinLosses([], 5)).toEqual([]);
});
