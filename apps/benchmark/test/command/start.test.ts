import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/results.js';
import { tableOf } from '../../src/run/table-of.js';
import { readResults, runProgram } from '../program.js';

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
  test('lists its commands, and explains each', async () => {
    expect((await runProgram(['--help'])).stdout).toMatch(/start[^]*reproduce[^]*worker/);
    const { code, stdout } = await runProgram(['start', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--resume');
  });

  test.each([
    [['--data-sets', 'mooons'], 'Choose from moons, scurve, 8gaussians, moons→8gaussians'],
    [['start', '--steps', '0'], 'whole number >= 1'],
    [['--seed', '-1'], 'whole number >= 0'],
    [['--time-limit', 'soon'], 'number > 0'],
    [['--colour'], "unknown option '--colour'"],
    [['reproduce', '--quick', '--steps', '10'], "option '--quick' cannot be used with option '--steps <count>'"],
    [['reproduce', '--queue', 'somewhere'], '"queue" expected an address redis://host:port, got "somewhere"'],
    [
      ['reproduce', '--methods', 'FM', '--data-sets', 'moons->8gaussians'],
      '"methods" expected one that fits a data set',
    ],
    [['worker'], "required option '--queue <address>' not specified"],
  ])('refuses %j and says why', async (words, reason) => {
    const { code, stderr } = await runProgram([...words, ...(words[0] === 'worker' ? [] : ['--out', folder])]);
    expect(code).toBe(1);
    expect(stderr).toContain(reason);
  });

  test('says so where there is no queue at the address', async () => {
    // Port 9 is that of the discard service, which listens nowhere today.
    const address = ['--queue', 'redis://127.0.0.1:9', '--out', join(folder, 'queue')];
    for (const command of ['reproduce', 'worker']) {
      const { code, stderr } = await runProgram([command, ...address]);
      expect(code).toBe(1);
      expect(stderr).toContain('The queue at redis://127.0.0.1:9 cannot be reached: connect ECONNREFUSED');
    }
    const kept = join(folder, 'queue', 'checkpoints', 'moons-cfm-42.json');
    await mkdir(dirname(kept), { recursive: true });
    await writeFile(kept, '{}');
    expect((await runProgram(['reproduce', ...address, '--overwrite'])).code).toBe(1);
    expect(await readFile(kept, 'utf8')).toBe('{}');
  });

  test('interrupted and resumed, ends with the numbers of a run that was left alone', async () => {
    const alone = join(folder, 'alone');
    const { code, stdout } = await runProgram([...small, '--json', '--out', alone]);
    expect(code).toBe(0);
    const expected = JSON.parse(stdout) as RunResult;
    expect(expected.cells[0]?.training.step).toBe(steps);
    expect(await readResults(alone)).toEqual(expected);

    const stopped = join(folder, 'stopped');
    // Plain progress lines begin with the first step of training; a moment later it is well under way.
    let isInterrupted = false;
    const first = await runProgram([...small, '--out', stopped], (soFar, child) => {
      if (isInterrupted || !soFar.includes('step ')) return;
      isInterrupted = true;
      setTimeout(() => child.kill('SIGINT'), 300);
    });
    expect(first.code).toBe(130);
    const partial = await readResults(stopped);
    expect(partial.status).toBe('aborted');
    expect(partial.cells[0]?.training.step).toBeLessThan(steps);

    const second = await runProgram([...small, '--resume', '--out', stopped]);
    expect(second.code).toBe(0);
    const resumed = await readResults(stopped);
    expect(resumed.status).toBe('finished');
    expect(tableOf(resumed)).toBe(tableOf(expected));
  }, 120_000);

  test('refuses to resume a run with other samples', async () => {
    const { code, stderr } = await runProgram([...small, '--resume', '--samples', '7', '--out', join(folder, 'alone')]);
    expect(code).toBe(1);
    expect(stderr).toContain('--samples 100, now --samples 7');
  });
});
