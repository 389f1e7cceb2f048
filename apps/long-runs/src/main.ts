/**
 * Repeats training, sampling and the making of what they need very often, and says whether the memory stays flat; and
 * compares thousands of exact transport problems with an independent solver, and a solve that is stopped with one that is not.
 *
 * Usage: node main.js [name …]; no name runs them all. node main.js exact-problems [--problems 20000] [--seed 0] runs
 * the comparison alone, node main.js stopped-exact [--points 100000] [--every 2000] [--weights equal] stops and resumes one
 * large solve. Each other run has a process of its own. The exit code is 1 where memory
 * grew or a run failed. BRENIER_ENGINE=tfjs-node runs tensors on that engine instead of wasm.
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { compareExactProblems, readExactProblemsOptions } from './exact-problems.js';
import { describeTrend, isFlat } from './judge-trend.js';
import { watchMemory } from './memory-watch.js';
import { preparedRun } from './prepared-run.js';
import { sampleRuns } from './sample-runs.js';
import { readStoppedExactOptions, stopExactSolve } from './stopped-exact.js';
import { trainRuns } from './train-runs.js';
import { turnoverRuns } from './turnover-runs.js';

const runs = [...trainRuns, preparedRun, ...sampleRuns, ...turnoverRuns];
const [first, ...rest] = process.argv.slice(2);

if (first === '--in-this-process') process.exitCode = (await runHere(rest[0])) ? 0 : 1;
else if (first === 'exact-problems') process.exitCode = compareHere(rest) ? 0 : 1;
else if (first === 'stopped-exact') process.exitCode = (await stopHere(rest)) ? 0 : 1;
else if (first !== undefined) process.exitCode = runEach([first, ...rest]) ? 0 : 1;
else
  process.exitCode = [runEach(runs.map(({ name }) => name)), compareHere([]), await stopHere([])].every(Boolean)
    ? 0
    : 1;

function compareHere(args: readonly string[]): boolean {
  return compareExactProblems(readExactProblemsOptions(args), (line) => console.log(line));
}

function stopHere(args: readonly string[]): Promise<boolean> {
  return stopExactSolve(readStoppedExactOptions(args), (line) => console.log(line));
}

function runEach(names: readonly string[]): boolean {
  const unknown = names.find((name) => runs.every((run) => run.name !== name));
  if (unknown !== undefined) {
    throw new RangeError(
      `expected exact-problems, stopped-exact or some of ${runs.map(({ name }) => name).join(', ')}, got ${unknown}`,
    );
  }
  const failed = names.filter((name) => {
    const args = ['--expose-gc', fileURLToPath(import.meta.url), '--in-this-process', name];
    return spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0;
  });
  console.log(failed.length === 0 ? `${names.length} runs, all flat` : `not flat: ${failed.join(', ')}`);
  return failed.length === 0;
}

async function runHere(name: string): Promise<boolean> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('start node with --expose-gc');
  const { count, unit, run, countTensors } = runs.find((each) => each.name === name)!;
  const watch = watchMemory(count, () => void gc(), countTensors);
  const start = performance.now();
  await run(count, (k) => watch.repeated(k));
  const seconds = (performance.now() - start) / 1000;
  const trends = watch.trends();
  console.log(`${name}: ${count} ${unit} in ${seconds.toFixed(0)} s`);
  for (const trend of trends) console.log(`  ${describeTrend(trend)}`);
  return trends.every(isFlat);
}
