import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BenchResult } from '../../src/bench/results.js';

// The built program, as users start it; the test command of the workspace builds before it tests.
const program = fileURLToPath(new URL('../../dist/bench/main.js', import.meta.url));
const stub = fileURLToPath(new URL('./stub-peer.mjs', import.meta.url));
const small = ['--cells', 'euler', '--rounds', '2', '--threads', '1', '--steps', '2'];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brenier-bench-'));
});

afterAll(() => rm(folder, { recursive: true }));

test('without Python ours are timed alone, the report says so, and both files are written', async () => {
  const out = join(folder, 'alone');
  const { code, stdout } = await bench(['sample', ...small, '--peers', '--python', '/no/such/python', '--out', out]);
  expect(code).toBe(0);
  expect(stdout).toContain('Ours alone; rivals: The rival in /no/such/python could not be started');
  const { status, cells } = await readResults(out);
  expect(status).toBe('finished');
  expect(cells[0].rows.map(({ rounds }) => rounds.length)).toEqual(cells[0].rows.map(() => 2));
  expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('10,000 points × 20 Euler steps');
});

test('a rival that computes something else is not timed, and the bench fails', async () => {
  const out = join(folder, 'wrong');
  const { code, stdout } = await bench(['sample', ...small, '--peers', '--python', stub, '--out', out]);
  expect(code).toBe(1);
  expect(stdout).toContain('Stub, 1 thread, stub, right gives no samples');
  const { status, cells } = await readResults(out);
  expect(status).toBe('failed');
  expect(cells[0].rows).toEqual([]);
});

test('Ctrl-C ends the bench and keeps the rounds that are done', async () => {
  const out = join(folder, 'stopped');
  const words = ['sample', '--cells', 'euler', '--rounds', '1000', '--threads', '1', '--steps', '1000', '--out', out];
  const { code } = await bench(words, (child) => {
    child.stdout?.on('data', (text: Buffer) => {
      if (text.includes('round 3 of')) child.kill('SIGINT');
    });
  });
  expect(code).toBe(130);
  const { status, cells } = await readResults(out);
  expect(status).toBe('aborted');
  expect(cells[0].rows[0].rounds.length).toBeGreaterThanOrEqual(2);
});

test('cells that do not exist are refused with the list of those that do', async () => {
  const { code, stderr } = await bench(['train', '--cells', 'nonsense', '--out', join(folder, 'none')]);
  expect(code).toBe(1);
  expect(stderr).toContain('Unknown: nonsense. Choose from step-64-256, step-64-512');
});

test('steps that are no multiple of the rounds are refused', async () => {
  const { code, stderr } = await bench(['train', '--steps', '15', '--rounds', '10']);
  expect(code).toBe(1);
  expect(stderr).toContain('--steps 15 is no multiple of --rounds 10');
});

async function bench(words: string[], watch?: (child: ChildProcess) => void) {
  const child = spawn(process.execPath, [program, ...words]);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  watch?.(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

async function readResults(out: string): Promise<BenchResult> {
  return JSON.parse(await readFile(join(out, 'results.json'), 'utf8')) as BenchResult;
}
