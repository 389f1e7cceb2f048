import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CellSeconds } from '../../src/cell/cell-clock.js';
import { runCell } from '../../src/cell/run-cell.js';
import type { CellResult } from '../../src/results.js';
import type { CellSettings } from '../../src/settings.js';

const settings: CellSettings = {
  dataSet: 'moons',
  method: 'CFM',
  seed: 1,
  steps: 200,
  samples: 50,
  isPictured: false,
};
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brenier-'));
});

afterEach(() => rm(folder, { recursive: true }));

function run(signal: AbortSignal): Promise<CellResult> {
  return runCell(settings, { timeLimit: Infinity, checkpoints: join(folder, 'cell'), signal, onEvent: () => {} });
}

const secondsFile = (): string => join(folder, 'cell', 'seconds.json');

async function keptSeconds(): Promise<CellSeconds> {
  return JSON.parse(await readFile(secondsFile(), 'utf8')) as CellSeconds;
}

test('the seconds of a run whose answer is lost are kept with its checkpoint, and counted by the next', async () => {
  const lost = await run(AbortSignal.abort());
  expect(lost.training.status).toBe('aborted');
  const kept = await keptSeconds();
  expect(kept.all).toBeGreaterThan(kept.pairing);
  expect(kept.pairing).toBeGreaterThan(0);
  // As if it had taken long.
  await writeFile(secondsFile(), '{"all":5000,"pairing":1000}');
  const { status, step, trainingSeconds, pairingSeconds } = (await run(new AbortController().signal)).training;
  expect([status, step]).toEqual(['finished', 200]);
  for (const [seconds, before] of [
    [trainingSeconds, 4000],
    [pairingSeconds, 1000],
  ]) {
    expect(seconds).toBeGreaterThan(before);
    expect(seconds).toBeLessThan(before + 300);
  }
  const after = await keptSeconds();
  expect(after.all).toBeGreaterThan(5000);
  expect(after.all).toBeLessThanOrEqual(trainingSeconds + pairingSeconds);
});

test('damaged seconds count as none', async () => {
  await mkdir(join(folder, 'cell'));
  await writeFile(secondsFile(), '{"all":5');
  const { trainingSeconds, pairingSeconds } = (await run(AbortSignal.abort())).training;
  expect(trainingSeconds + pairingSeconds).toBeLessThan(300);
});
