import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('../../dist/command/closed-output.js', import.meta.url));

/** A program that writes until it ends by itself; its reader goes after the first words. */
async function exitCode(first: string): Promise<number | null> {
  const script = `const { outliveReaders } = await import(${JSON.stringify(program)}); ${first}
for (let k = 0; k < 20; k++) { console.log(k); await new Promise((done) => setTimeout(done, 20)); }
process.exit(7);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.once('data', () => child.stdout.destroy());
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

test('a program goes on to its end where the reader of its output has gone', async () => {
  expect(await exitCode('outliveReaders();')).toBe(7);
  expect(await exitCode('')).toBe(1);
}, 60_000);
