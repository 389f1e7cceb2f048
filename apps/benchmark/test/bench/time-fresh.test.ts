import { expect, test } from 'vitest';
import { timeFirstCalls, timeOnce } from '../../src/bench/time-fresh.js';
import { stubCell, stubContender } from './stub-contender.js';

const pace = { rounds: 3, samples: 2, sampleSeconds: 0.1, turnSeconds: 1, cellSeconds: 1, quiet: 0 };
const watch = { signal: new AbortController().signal, compiled: true, report: () => undefined };

test('every round of first calls has new processes, asked for nothing but preparation before the clock starts', async () => {
  const asked: string[] = [];
  const start = () => {
    const ours = stubContender('ours', 'Ours', [{ name: 'v', group: 'g', milliseconds: 3 }], (line) =>
      asked.push(line),
    );
    return Promise.resolve([ours, stubContender('peer', 'Theirs', [{ name: 'v', group: 'g', milliseconds: 6 }])]);
  };
  const { rows, error } = await timeFirstCalls(stubCell(), start, pace, watch);
  expect(error).toBeUndefined();
  expect(asked).toEqual(Array.from({ length: 3 }, () => ['Ours prepare', 'Ours time 1×40', 'Ours answer']).flat());
  expect(rows.map(({ side, group, rounds }) => [side, group, rounds])).toEqual([
    ['ours', 'first call', [[3], [3], [3]]],
    ['ours', 'warm call', [[3], [3], [3]]],
    ['peer', 'first call', [[6], [6], [6]]],
    ['peer', 'warm call', [[6], [6], [6]]],
  ]);
});

test('first calls that end at another answer are an error', async () => {
  const other = { name: 'v', group: 'g', milliseconds: 1, answer: { sum: 3 } };
  const start = () =>
    Promise.resolve([
      stubContender('ours', 'Ours', [{ ...other, answer: { sum: 2 } }]),
      stubContender('peer', 'Theirs', [other]),
    ]);
  expect((await timeFirstCalls(stubCell(), start, pace, watch)).error).toContain('Theirs gives another sum');
});

test('a work that is timed once is solved once, and its answer keeps the figures', async () => {
  const asked: string[] = [];
  const answer = { sum: 2, gap: 0.5 };
  const ours = stubContender('ours', 'Ours', [{ name: 'v', group: 'g', milliseconds: 9, answer }], (line) =>
    asked.push(line),
  );
  const { rows } = await timeOnce(stubCell(), [ours], watch);
  expect(asked).toEqual(['Ours prepare', 'Ours time 1×1', 'Ours answer']);
  expect(rows[0]).toMatchObject({ rounds: [[9]], median: 9, figures: answer });
});
