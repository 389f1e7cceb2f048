/**
 * Repeats training, sampling and the making of what they need very often, and says whether the memory stays flat; and
 * compares thousands of exact transport problems with an independent solver, and a solve that is stopped with one that is not.
 * The exit code is 1 where memory grew or a run failed.
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { compareExactProblems, type ExactProblemsOptions } from './exact-problems.js';
import { describeTrend, isFlat } from './judge-trend.js';
import { longRunsCommand } from './long-runs-command.js';
import { watchMemory } from './memory-watch.js';
import { preparedRun } from './prepared-run.js';
import { sampleRuns } from './sample-runs.js';
import { stopExactSolve, type StoppedExactOptions } from './stopped-exact.js';
import { trainRuns } from './train-runs.js';
import { turnoverRuns } from './turnover-runs.js';

const runs = [...trainRuns, preparedRun, ...sampleRuns, ...turnoverRuns];
const names = runs.map(({ name }) => name);
const print = (line: string): void => console.log(line);
const actions = {
  runEach,
  runHere,
  compareExactProblems: (options: ExactProblemsOptions) => compareExactProblems(options, print),
  stopExactSolve: (options: StoppedExactOptions) => stopExactSolve(options, print),
};
await longRunsCommand(names, actions, (isWell) => (process.exitCode = isWell ? 0 : 1)).parseAsync();

function runEach(chosen: readonly string[]): boolean {
  const failed = chosen.filter((name) => {
    const args = ['--expose-gc', fileURLToPath(import.meta.url), '--in-this-process', name];
    return spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0;
  });
  console.log(failed.length === 0 ? `${chosen.length} runs, all flat` : `not flat: ${failed.join(', ')}`);
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
