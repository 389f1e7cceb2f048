import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/results.js';

// The built program, as users start it; the test command of the workspace builds before it tests.
const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const steps = 1500;
const small = [
  '--data-sets',
  'moons',
  '--methods',
  'CFM',
  '--steps',
  String(steps),
  '--samples',
  '100',
  '--threads',
  '1',
];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brenier-'));
});

afterAll(() => rm(folder, { recursive: true }));

describe('the benchmark program', () => {
  test('explains itself', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--resume');
  });

  test.each([
    [['--data-sets', 'mooons'], 'Choose from moons, 8gaussians'],
    [['--steps', '0'], 'whole number >= 1'],
    [['--seed', '-1'], 'whole number >= 0'],
    [['--time-limit', 'soon'], 'number > 0'],
    [['--colour'], "unknown option '--colour'"],
  ])('refuses %j and says why', async (words, reason) => {
    const { code, stderr } = await run(words);
    expect(code).toBe(1);
    expect(stderr).toContain(reason);
  });

  test('interrupted and resumed, ends with the numbers of a run that was left alone', async () => {
    const alone = join(folder, 'alone');
    const { code, stdout } = await run([...small, '--json', '--out', alone]);
    expect(code).toBe(0);
    const expected = JSON.parse(stdout) as RunResult;
    expect(expected.cells[0]?.training.step).toBe(steps);
    expect(JSON.parse(await readFile(join(alone, 'results.json'), 'utf8'))).toEqual(expected);

    const stopped = join(folder, 'stopped');
    const first = await run([...small, '--out', stopped], interruptOnceTraining);
    expect(first.code).toBe(130);
    const partial = await readResults(stopped);
    expect(partial.status).toBe('aborted');
    expect(partial.cells[0]?.training.step).toBeLessThan(steps);

    const second = await run([...small, '--resume', '--out', stopped]);
    expect(second.code).toBe(0);
    const resumed = await readResults(stopped);
    expect(resumed.status).toBe('finished');
    expect(resumed.cells[0]?.training.losses).toEqual(expected.cells[0]?.training.losses);
    expect(resumed.cells[0]?.judgement.w2).toBe(expected.cells[0]?.judgement.w2);
    expect(resumed.cells[0]?.pictures).toEqual(expected.cells[0]?.pictures);
  }, 120_000);

  test('refuses to resume a run with another seed', async () => {
    const { code, stderr } = await run([...small, '--resume', '--seed', '7', '--out', join(folder, 'alone')]);
    expect(code).toBe(1);
    expect(stderr).toContain('--seed 42, now --seed 7');
  });
});

/** Plain progress lines begin with the first step of training; a moment later it is well under way. */
function interruptOnceTraining(child: ChildProcess): void {
  child.stdout?.on('data', (text: Buffer) => {
    if (text.includes('] step ')) setTimeout(() => child.kill('SIGINT'), 300);
  });
}

async function run(words: string[], watch?: (child: ChildProcess) => void) {
  const child = spawn(process.execPath, [program, ...words]);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  watch?.(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

async function readResults(out: string): Promise<RunResult> {
  return JSON.parse(await readFile(join(out, 'results.json'), 'utf8')) as RunResult;
}
