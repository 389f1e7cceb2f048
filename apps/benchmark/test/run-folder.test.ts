import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRunFolder } from '../src/run-folder.js';
import type { RunSettings } from '../src/settings.js';
import { exampleRun } from './example-run.js';

const settings: RunSettings = {
  dataSets: ['moons'],
  methods: ['CFM'],
  seed: 42,
  steps: 100,
  timeLimit: 10,
  samples: 200,
  threads: 1,
};
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brenier-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('a kept cell is found again by a run that resumes', async () => {
  const [cell] = exampleRun().cells;
  await (await openRunFolder(folder, settings, false)).keep(cell);
  const resumed = await openRunFolder(folder, settings, true);
  expect(await resumed.kept(cell.settings)).toEqual(cell);
});

test('a fresh run forgets the cells and checkpoints of the run before', async () => {
  const first = await openRunFolder(folder, settings, false);
  const [cell] = exampleRun().cells;
  await first.keep(cell);
  await writeFile(first.checkpoint(cell.settings), 'bytes');
  const second = await openRunFolder(folder, settings, false);
  expect(await second.kept(cell.settings)).toBeUndefined();
  expect(await readdir(join(folder, 'checkpoints'))).toEqual(['run.json']);
});

test('resuming where nothing was run says so', async () => {
  await expect(openRunFolder(folder, settings, true)).rejects.toThrow('Nothing to resume');
});

test('resuming with another seed names both seeds', async () => {
  await openRunFolder(folder, settings, false);
  await expect(openRunFolder(folder, { ...settings, seed: 7 }, true)).rejects.toThrow('--seed 42, now --seed 7');
});

test('publishing writes the numbers and the page', async () => {
  const opened = await openRunFolder(folder, settings, false);
  const report = await opened.publish(exampleRun(), '<html></html>');
  expect(report).toBe(join(folder, 'report.html'));
  expect((await readdir(folder)).sort()).toEqual(['checkpoints', 'report.html', 'results.json']);
});
