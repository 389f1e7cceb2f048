import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GaussianRun } from '../../src/gaussian/gaussian-results.js';

const program = fileURLToPath(new URL('../../dist/gaussian/main.js', import.meta.url));
const tiny = '--methods DSBM-IMF --half-iterations 2 --first-steps 20 --steps 10 --threads 1'.split(' ');
interface Ended {
  code: number;
  stderr: string;
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brenier-'));
});

afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['1e30', /^diverged after \d+ steps: a loss is not finite$/],
  ['1e6', /drift expected paths that stay finite/],
])('a Gaussian cell that fails at the learning rate %s is named, and a page is written', async (rate, reason) => {
  const out = join(folder, rate);
  const words = [program, ...tiny, '--dims', '2,3', '--learning-rate', rate, '--out', out];
  const ended = (await promisify(execFile)(process.execPath, words).catch((error: unknown) => error)) as Ended;
  expect(ended.code).toBe(1);
  const run = JSON.parse(await readFile(join(out, 'results.json'), 'utf8')) as GaussianRun;
  expect(run.status).toBe('failed');
  expect(run.failures.map(({ cell }) => cell)).toEqual(['DSBM-IMF d = 2', 'DSBM-IMF d = 3']);
  for (const failure of run.failures) {
    expect(failure.reason).toMatch(reason);
    expect(ended.stderr).toContain(`${failure.cell}: ${failure.reason}`);
    expect(await readFile(join(out, 'report.html'), 'utf8')).toContain(`<li>${failure.cell}: `);
  }
});
