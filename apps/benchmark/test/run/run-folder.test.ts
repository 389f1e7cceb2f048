import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CellOrder } from '../../src/cell/work-order.js';
import { openRunFolder, type RunFolder } from '../../src/run/run-folder.js';
import type { FolderUse } from '../../src/run/work-folder.js';
import type { RunSettings } from '../../src/settings.js';
import { exampleCell } from './example-cell.js';

const settings: RunSettings = {
  dataSets: ['moons'],
  methods: ['CFM'],
  seeds: [42],
  steps: 100,
  isQuick: false,
  timeLimit: 10,
  samples: 200,
  sweep: [],
};
const cell = exampleCell();
const order: CellOrder = { kind: 'cell', settings: cell.settings };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brenier-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** Opens the folder and begins. */
async function open(asked: RunSettings, use: FolderUse): Promise<RunFolder> {
  const opened = await openRunFolder(folder, asked, use);
  await opened.begin();
  return opened;
}

test('a kept answer is found again by a run that resumes, which is the same run', async () => {
  const first = await open(settings, 'start');
  await first.keep(order, cell);
  const resumed = await open(settings, 'resume');
  expect(await resumed.kept(order)).toEqual(cell);
  expect(resumed.runId).toBe(first.runId);
});

test('an answer is not taken for that of another seed, method, data set or noise', async () => {
  const run = await open(settings, 'start');
  await run.keep(order, cell);
  const others = [{ seed: 43 }, { method: 'OT-CFM' }, { dataSet: 'moons→8gaussians' }, { sigma: 2 }] as const;
  for (const other of others) {
    expect(await run.kept({ kind: 'cell', settings: { ...cell.settings, ...other } })).toBeUndefined();
  }
  expect(await run.kept({ kind: 'floor', dataSet: 'moons', seed: 42, samples: 2 })).toBeUndefined();
});

test('a cell that was kept without pictures is done again where pictures are wanted', async () => {
  const run = await open(settings, 'start');
  await run.keep(order, cell);
  expect(await run.kept({ kind: 'cell', settings: { ...cell.settings, isPictured: true } })).toBeUndefined();
});

test('a run that overwrites forgets the answers and checkpoints of the run before, once it begins', async () => {
  const first = await open(settings, 'start');
  await first.keep(order, cell);
  await mkdir(first.checkpoints(order));
  await writeFile(join(first.checkpoints(order), 'velocity.checkpoint'), 'bytes');
  const second = await openRunFolder(folder, settings, 'overwrite');
  expect(await first.kept(order)).toEqual(cell);
  await second.begin();
  expect(await second.kept(order)).toBeUndefined();
  expect(await readdir(join(folder, 'checkpoints'))).toEqual(['run.json']);
  expect(second.runId).not.toBe(first.runId);
});

test('checkpoints are not removed unasked, whoever wrote them', async () => {
  await mkdir(join(folder, 'checkpoints'));
  await open(settings, 'start');
  const refused =
    /"out" expected a folder without a run, but .*checkpoints is not empty: --resume continues it, --overwrite/;
  await expect(open(settings, 'start')).rejects.toThrow(refused);
  await rm(join(folder, 'checkpoints', 'run.json'));
  await writeFile(join(folder, 'checkpoints', 'of somebody'), 'else');
  await expect(open(settings, 'start')).rejects.toThrow(refused);
  expect(await readdir(join(folder, 'checkpoints'))).toEqual(['of somebody']);
});

test('a run of another command is not resumed', async () => {
  await mkdir(join(folder, 'checkpoints'));
  await writeFile(join(folder, 'checkpoints', 'run.json'), '{"program":"reproduce:gaussian"}');
  await expect(open(settings, 'resume')).rejects.toThrow(/Cannot resume: .*run\.json is of another command/);
});

test('the checkpoints of a complete cell are removed, its answer stays', async () => {
  const run = await open(settings, 'start');
  await run.keep(order, cell);
  await mkdir(run.checkpoints(order));
  await run.forgetCheckpoints(order);
  expect(await readdir(join(folder, 'checkpoints'))).toEqual(['moons-cfm-42.json', 'run.json']);
});

test('resuming where nothing was run says so', async () => {
  await expect(open(settings, 'resume')).rejects.toThrow('Nothing to resume');
});

test('resuming with other steps names both numbers', async () => {
  await open(settings, 'start');
  const other = open({ ...settings, steps: 7 }, 'resume');
  await expect(other).rejects.toThrow('--steps 100, now --steps 7');
});

test('resuming with more methods, data sets and seeds is allowed', async () => {
  await open(settings, 'start');
  const more: RunSettings = { ...settings, methods: ['CFM', 'OT-CFM'], dataSets: ['moons', 'scurve'], seeds: [42, 43] };
  await expect(open(more, 'resume')).resolves.toBeDefined();
});

test('a damaged answer counts as missing, and its file is named', async () => {
  const run = await open(settings, 'start');
  await writeFile(join(folder, 'checkpoints', 'moons-cfm-42.json'), '{"order"');
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await run.kept(order)).toBeUndefined();
  expect(said.mock.calls.join('')).toMatch(/moons-cfm-42\.json is no JSON: .*; it counts as missing/);
  said.mockRestore();
});

test('a damaged run.json is named', async () => {
  await mkdir(join(folder, 'checkpoints'));
  await writeFile(join(folder, 'checkpoints', 'run.json'), '{');
  await expect(open(settings, 'resume')).rejects.toThrow(
    /Cannot resume: .*run\.json is no JSON: .*\. Give an intact one, or start afresh with --overwrite\./,
  );
});
