import { expect, test } from 'vitest';
import { secondsOfRun } from '../../src/bench/compare-rows.js';
import { timeCell } from '../../src/bench/time-cell.js';
import { stubCell, stubContender } from './stub-contender.js';

const pace = { rounds: 4, samples: 2, sampleSeconds: 0.1, turnSeconds: Infinity, cellSeconds: Infinity, quiet: 0 };
const watch = { signal: new AbortController().signal, compiled: true, report: () => undefined };
const ours = () => stubContender('ours', 'Ours', [{ name: 'fused', group: 'plain', milliseconds: 1 }]);

test('the quickest variant of each group stands for it, and ratios are to the quickest row of the rivals', async () => {
  const peer = stubContender('peer', 'Theirs', [
    { name: 'slow', group: 'eager', milliseconds: 8 },
    { name: 'quick', group: 'eager', milliseconds: 4 },
    { name: 'other', group: 'compiled', milliseconds: 2 },
  ]);
  const { rows, agreements, error } = await timeCell(stubCell(), [ours(), peer], pace, watch);
  expect(error).toBeUndefined();
  expect(rows.map(({ variant, median, ratio }) => [variant, median, ratio?.median])).toEqual([
    ['fused', 1, 0.5],
    ['quick', 4, 2],
    ['other', 2, 1],
  ]);
  expect(rows[1].tried).toEqual([
    { variant: 'slow', milliseconds: 8 },
    { variant: 'quick', milliseconds: 4 },
  ]);
  expect(rows[0].rounds).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
  expect(rows[0].unitsPerSample).toBe(100);
  expect(rows[0].idleCores).toBeCloseTo(0.01, 12);
  expect(agreements).toHaveLength(3);
});

test('everybody has one turn in each round, in an order that rotates', async () => {
  const turns: string[] = [];
  const named = (name: string) =>
    stubContender('ours', name, [{ name: 'v', group: 'g', milliseconds: 100 }], (line) => {
      if (line.endsWith('time 1×2')) turns.push(name);
    });
  await timeCell(stubCell(), ['a', 'b', 'c'].map(named), pace, watch);
  expect(turns.join('')).toBe('abcbcacababc');
});

test('a run is timed in slices that sum to it, by the quickest rival and the quickest of each group of ours', async () => {
  const lines: string[] = [];
  const variants = (milliseconds: number) => [{ name: 'v', group: 'g', milliseconds }];
  const contenders = [
    stubContender('ours', 'A', variants(3)),
    stubContender('ours', 'B', variants(2), (line) => lines.push(line)),
    stubContender('peer', 'C', variants(10)),
    stubContender('peer', 'D', variants(20)),
    stubContender('ours', 'E', [{ name: 'v', group: 'h', milliseconds: 5 }]),
  ];
  const { rows } = await timeCell(stubCell(40), contenders, pace, watch);
  expect(rows.map(({ rounds }) => rounds.length)).toEqual([0, 4, 4, 0, 4]);
  expect(lines.slice(-6)).toEqual(['B prepare', ...Array.from({ length: 4 }, () => 'B time 10×1'), 'B release']);
  expect(secondsOfRun(rows[1])).toBeCloseTo(0.08, 12);
  expect(rows[1].ratio?.median).toBeCloseTo(0.2, 12);
});

test('a variant that fails is left out with a note, and the others are timed', async () => {
  const peer = stubContender('peer', 'Theirs', [
    { name: 'plain', group: 'eager', milliseconds: 4 },
    { name: 'clever', group: 'compiled', milliseconds: 1, answer: new Error('no compiler') },
  ]);
  const { rows, notes } = await timeCell(stubCell(), [ours(), peer], pace, watch);
  expect(rows.map(({ variant }) => variant)).toEqual(['fused', 'plain']);
  expect(notes).toEqual(['Left out: Theirs, 1 thread, compiled, clever. no compiler']);
});

test('nobody is timed where a rival computes something else', async () => {
  const peer = stubContender('peer', 'Theirs', [{ name: 'v', group: 'g', milliseconds: 1, answer: { sum: 3 } }]);
  const record = await timeCell(stubCell(), [ours(), peer], pace, watch);
  expect(record.error).toContain('Theirs, 1 thread, g, v gives another sum');
  expect(record.rows).toEqual([]);
});

test('an abort keeps the rounds that everybody has finished', async () => {
  const controller = new AbortController();
  const turns = { count: 0 };
  const stopping = stubContender('ours', 'Ours', [{ name: 'v', group: 'g', milliseconds: 100 }], (line) => {
    if (line.endsWith('time 1×2') && ++turns.count === 2) controller.abort();
  });
  const record = await timeCell(stubCell(), [stopping], pace, { ...watch, signal: controller.signal });
  expect(record.rows[0].rounds).toHaveLength(2);
  expect(record.rows[0].median).toBe(100);
  expect(record.error).toBeUndefined();
});
