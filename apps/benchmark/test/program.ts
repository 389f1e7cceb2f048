import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunResult } from '../src/results.js';

// The built program, as users start it; the test command of the workspace builds before it tests.
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** How a program ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the benchmark's program; `watch` is told of everything that it prints so far. */
export function startProgram(
  words: readonly string[],
  watch?: (stdout: string, child: ChildProcess) => void,
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [program, ...words]);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => {
    stdout += text;
    watch?.(stdout, child);
  });
  child.stderr.on('data', (text) => (stderr += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { child, ended };
}

/** Runs the program to its end. */
export function runProgram(
  words: readonly string[],
  watch?: (stdout: string, child: ChildProcess) => void,
): Promise<Ended> {
  return startProgram(words, watch).ended;
}

/** The numbers that a run has left in its folder. */
export async function readResults(out: string): Promise<RunResult> {
  return JSON.parse(await readFile(join(out, 'results.json'), 'utf8')) as RunResult;
}
