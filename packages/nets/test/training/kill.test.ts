import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createRng, integer } from '@brenier/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testedEngineLabel } from '../tested-engines.js';

const run = promisify(execFile);
const script = fileURLToPath(new URL('train-in-child.mjs', import.meta.url));
const buildConfig = fileURLToPath(new URL('../../tsconfig.build.json', import.meta.url));

/** Many more than the last kill: the child runs on while the word of its step travels. */
const STEPS = 1500;

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brenier-kill-'));
  // A child process sees the built package, as users do; this builds what is out of date.
  await run(process.execPath, [createRequire(import.meta.url).resolve('typescript/bin/tsc'), '-b', buildConfig]);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

/** Runs the child until it says that it made `step` updates, then kills it; returns the first step that it told. */
function killAt(
  engine: string,
  step: number,
  checkpoint: string,
): Promise<{ signal: NodeJS.Signals | null; first: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, engine, checkpoint, join(folder, 'never'), String(STEPS)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (
        told
          .split('\n')
          .slice(0, -1)
          .some((line) => Number(line) >= step)
      )
        child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (_, signal) => resolve({ signal, first: Number(told.split('\n')[0]) }));
  });
}

const places = [testedEngineLabel, 'fused wasm', 'fused wasm on two threads'];

describe.each(places)('training that is killed: %s', (engine) => {
  it('ends with the bits of an uninterrupted run when resumed', async () => {
    // Other kills every time; a failure names the seed.
    const seed = Date.now();
    const rng = createRng(seed);
    const checkpoint = join(folder, `${engine} killed.checkpoint`);
    const early = integer(rng, 1, 100);
    const late = early + integer(rng, 50, 200);
    const first = await killAt(engine, early, checkpoint);
    const second = await killAt(engine, late, checkpoint);
    expect([first.signal, second.signal], `seed ${seed}`).toEqual(['SIGKILL', 'SIGKILL']);
    expect(first.first).toBe(0);
    // A checkpoint every 10 steps: the second run went on from the last one before the kill.
    expect(second.first, `seed ${seed}`).toBeGreaterThan(early - 11);
    const weights = [join(folder, `${engine} killed.weights`), join(folder, `${engine} whole.weights`)] as const;
    await run(process.execPath, [script, engine, checkpoint, weights[0], String(STEPS)]);
    await run(process.execPath, [
      script,
      engine,
      join(folder, `${engine} whole.checkpoint`),
      weights[1],
      String(STEPS),
    ]);
    const [killed, whole] = await Promise.all(weights.map((path) => readFile(path)));
    expect(killed.equals(whole), `seed ${seed}, killed at about ${early} and ${late}`).toBe(true);
  }, 120_000);
});
