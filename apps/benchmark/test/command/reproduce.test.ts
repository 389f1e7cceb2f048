import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunResult } from '../../src/results.js';
import { tableOf } from '../../src/run/table-of.js';
import { readResults, runProgram } from '../program.js';

const small = ['reproduce', '--data-sets', 'moons-8gaussians', '--methods', 'CFM,FM', '--seeds', '1,2'];
const tiny = [...small, '--steps', '500', '--samples', '100', '--threads', '1'];
let folder: string;
let expected: RunResult;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brenier-'));
  expect((await runProgram([...tiny, '--out', join(folder, 'alone')])).code).toBe(0);
  expected = await readResults(join(folder, 'alone'));
}, 120_000);

afterAll(() => rm(folder, { recursive: true }));

test('a run has every cell that fits, with pictures for the first seed, and floors over the seeds', () => {
  expect(expected.status).toBe('finished');
  expect(expected.command).toBe(`pnpm ${tiny.join(' ')}`);
  expect(expected.cells.map(({ settings: { method, seed } }) => [method, seed])).toEqual([
    ['CFM', 1],
    ['CFM', 2],
  ]);
  const [first, second] = expected.cells;
  expect(first.pictures?.paths.length).toBeGreaterThan(0);
  expect(second.pictures).toBeUndefined();
  expect(first.judgement.nfeCurve.map(({ nfe }) => nfe)).toEqual([5, 10, 20, 50, 100]);
  expect(first.judgement.nfeCurve[2].w2).toBe(first.judgement.w2);
  expect(second.judgement.nfeCurve).toEqual([]);
  const [{ samplingFloor, energyFloor, exactBridge }] = expected.dataSets;
  for (const { mean, sd } of [samplingFloor, energyFloor]) {
    expect(mean).toBeGreaterThan(0);
    expect(sd).toBeGreaterThan(0);
  }
  expect(exactBridge).toEqual([]);
});

test('checkpoints of finished cells are gone, their numbers are kept', async () => {
  expect((await readdir(join(folder, 'alone', 'checkpoints'))).sort()).toEqual([
    'floor-moons-to-8gaussians-1.json',
    'floor-moons-to-8gaussians-2.json',
    'moons-to-8gaussians-cfm-1.json',
    'moons-to-8gaussians-cfm-2.json',
    'run.json',
  ]);
});

test('two threads give the numbers of one', async () => {
  const out = join(folder, 'threads');
  expect((await runProgram([...tiny, '--threads', '2', '--out', out])).code).toBe(0);
  expect(tableOf(await readResults(out))).toBe(tableOf(expected));
}, 120_000);

test('killed in the midst of the second cell and resumed, ends with the numbers of a run that was left alone', async () => {
  const out = join(folder, 'killed');
  let isKilled = false;
  await runProgram([...tiny, '--out', out], (soFar, child) => {
    if (isKilled || soFar.split('step ').length < 3) return;
    isKilled = true;
    child.kill('SIGKILL');
  });
  expect(await readdir(join(out, 'checkpoints'))).toContain('moons-to-8gaussians-cfm-1.json');
  expect(await readdir(out)).not.toContain('results.json');
  const { code, stdout } = await runProgram([...tiny, '--resume', '--out', out]);
  expect(code).toBe(0);
  expect(stdout).toContain('from before');
  expect(tableOf(await readResults(out))).toBe(tableOf(expected));
}, 120_000);
