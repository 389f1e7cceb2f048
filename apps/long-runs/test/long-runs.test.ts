import { describe, expect, it } from 'vitest';
import { sampleRuns } from '../src/sample-runs.js';
import { trainRuns } from '../src/train-runs.js';
import { turnoverRuns } from '../src/turnover-runs.js';

// Small enough for every commit; the long ones are a command.
const counts: Record<string, number> = { 'train-tensors': 200, 'train-tape': 200, 'sample-tensors': 4 };
const runs = [...trainRuns, ...sampleRuns, ...turnoverRuns];

describe.each(runs.filter(({ countTensors }) => countTensors))('the run $name', ({ name, run, countTensors }) => {
  it('holds as many tensors after every repetition as after the first', async () => {
    const live: number[] = [];
    await run(counts[name], () => live.push(countTensors!()));
    expect(live).toEqual(new Array(counts[name]).fill(live[0]));
  });
});

describe.each(runs.filter(({ countTensors }) => !countTensors))('the run $name', ({ run }) => {
  it('tells every repetition once', async () => {
    const told: number[] = [];
    await run(3, (k) => told.push(k));
    expect(told).toEqual([1, 2, 3]);
  });
});

it('no two runs have the same name', () => {
  expect(new Set(runs.map(({ name }) => name)).size).toBe(runs.length);
});
