import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createRng, integer } from '@brenier/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const script = fileURLToPath(new URL('train-in-child.mjs', import.meta.url));
const buildConfig = fileURLToPath(new URL('../../tsconfig.build.json', import.meta.url));

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brenier-kill-'));
  // A child process sees the built package, as users do; this builds what is out of date.
  await run(process.execPath, [createRequire(import.meta.url).resolve('typescript/bin/tsc'), '-b', buildConfig]);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

/** Runs the child until it says that it made `step` updates, then kills it; returns what it told first. */
function killAt(method: string, step: number, checkpoint: string): Promise<{ signal: string | null; first: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, method, checkpoint, join(folder, 'never')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      const lines = told.split('\n').slice(0, -1);
      if (lines.some((line) => Number(line) >= step)) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (_, signal) => resolve({ signal, first: Number(told.split('\n')[0]) }));
  });
}

describe.each(['dsbm', 'dsb'])('a run of %s that is killed', (method) => {
  it('ends with the bits of an uninterrupted one when resumed', async () => {
    // Other kills every time; a failure names the seed.
    const seed = Date.now();
    const rng = createRng(seed);
    const checkpoint = join(folder, `${method} killed.checkpoint`);
    const early = integer(rng, 1, 300);
    const late = early + integer(rng, 100, 500);
    const first = await killAt(method, early, checkpoint);
    const second = await killAt(method, late, checkpoint);
    expect([first.signal, second.signal], `seed ${seed}`).toEqual(['SIGKILL', 'SIGKILL']);
    expect(first.first).toBe(0);
    // A checkpoint every 10 updates: the second run went on from the last one before the kill.
    expect(second.first, `seed ${seed}`).toBeGreaterThan(early - 11);
    const results = [join(folder, `${method} killed.json`), join(folder, `${method} whole.json`)];
    await run(process.execPath, [script, method, checkpoint, results[0]]);
    await run(process.execPath, [script, method, join(folder, `${method} whole.checkpoint`), results[1]]);
    const [killed, whole] = await Promise.all(results.map((path) => readFile(path, 'utf8')));
    expect(whole).toContain('"status":"finished"');
    expect(killed === whole, `seed ${seed}, killed at about ${early} and ${late}`).toBe(true);
  }, 120_000);
});
