import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
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

async function run(out: string, words: readonly string[]): Promise<Ended> {
  const whole = [program, ...tiny, ...words, '--out', out];
  return promisify(execFile)(process.execPath, whole).then(
    ({ stderr }) => ({ code: 0, stderr }),
    (error: unknown) => error as Ended,
  );
}

async function resultsOf(out: string): Promise<GaussianRun> {
  return JSON.parse(await readFile(join(out, 'results.json'), 'utf8')) as GaussianRun;
}

test.each([
  ['1e30', /^diverged after \d+ steps: a loss is not finite$/],
  ['1e6', /drift expected paths that stay finite/],
])('a Gaussian cell that fails at the learning rate %s is named, and a page is written', async (rate, reason) => {
  const out = join(folder, rate);
  const ended = await run(out, ['--dims', '2,3', '--learning-rate', rate]);
  expect(ended.code).toBe(1);
  const { status, failures } = await resultsOf(out);
  expect(status).toBe('failed');
  expect(failures.map(({ cell }) => cell)).toEqual(['DSBM-IMF d = 2', 'DSBM-IMF d = 3']);
  for (const failure of failures) {
    expect(failure.reason).toMatch(reason);
    expect(ended.stderr).toContain(`${failure.cell}: ${failure.reason}`);
    expect(await readFile(join(out, 'report.html'), 'utf8')).toContain(`<li>${failure.cell}: `);
  }
});

test('a cell whose checkpoint is damaged fails with the name of the file; damaged seconds count as missing', async () => {
  const out = join(folder, 'damaged');
  const one = ['--dims', '2', '--half-iterations', '1'];
  expect((await run(out, one)).code).toBe(0);
  const file = join(out, 'checkpoints', 'DSBM-IMF 2 1');
  await truncate(`${file}.checkpoint`, 1000);
  await writeFile(`${file}.json`, '{"method"');
  const { code, stderr } = await run(out, [...one, '--resume']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/2 1\.json is no JSON: .*; it counts as missing/);
  expect((await resultsOf(out)).failures.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^".*2 1\.checkpoint" expected an intact bridge file, .*; give an intact one, or remove it/),
  ]);
  await rm(`${file}.checkpoint`);
  expect((await run(out, [...one, '--resume'])).code).toBe(0);
});
