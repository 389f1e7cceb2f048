/** The command line of the bench. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { seedNumber } from '../command/option-values.js';
import type { Suite } from './suite/suite.js';

/** A parsed command line. */
export interface BenchRequest {
  suite: Suite;
  /** Time the rivals too. */
  peers: boolean;
  /** The Python that has the rivals installed. */
  python: string;
  /** Numbers of threads, for both sides. */
  threads: number[];
  rounds: number;
  /** Steps of a whole training run. */
  steps: number;
  seed: number;
  /** What the suite's own options gave. */
  chosen: Readonly<Record<string, unknown>>;
  /** Names of the cells to measure; default: all. */
  cells?: string[];
  /** Whether rivals may compile their networks. */
  compiled: boolean;
  /** Folder of the report and the numbers. */
  out: string;
}

/** What commander hands over; a suite without steps or compilation has no such option. */
type GivenOptions = Omit<BenchRequest, 'suite' | 'chosen' | 'steps' | 'compiled'> &
  Partial<Pick<BenchRequest, 'steps' | 'compiled'>> &
  Record<string, unknown>;

/** The environment that `peers/README.md` tells to make. */
const venv = fileURLToPath(new URL('../../peers/.venv/bin/python', import.meta.url));

/** Reads the command line; prints help or an error and ends the process where it asks for that. */
export function parseBenchCommandLine(argv: readonly string[], suites: readonly Suite[]): BenchRequest {
  let request: BenchRequest | undefined;
  const program = new Command('brenier-bench').description('Time Brenier, alone or against its rivals in turn.');
  for (const suite of suites) {
    const command = program
      .command(suite.name)
      .description(suite.title)
      .option('--peers', `time ${suite.rivals} too, in turn with ours`, false)
      .option('--python <path>', 'the Python that has them', existsSync(venv) ? venv : 'python3')
      .option('--threads <counts>', 'numbers of threads, separated by commas', threadCounts, defaultThreads())
      .option('--rounds <count>', 'rounds in which everybody has a turn', wholeNumber, 10)
      .option('--seed <number>', 'seed of weights, data and batches', seedNumber, 42)
      .option('--cells <names>', 'the cells to measure, separated by commas (default: all)', names)
      .option('--out <folder>', 'where the report and the numbers go', `brenier-report/bench-${suite.name}`)
      .addHelpText('after', '\nCtrl-C ends the bench and writes what is measured.')
      .action((options: GivenOptions) => {
        const own = (suite.options ?? []).map((option) => option.attributeName());
        const chosen = Object.fromEntries(own.map((name) => [name, options[name]]));
        const { steps = options.rounds, compiled = false } = options;
        request = { suite, ...options, steps, compiled, chosen };
      });
    for (const option of suite.options ?? []) command.addOption(option);
  }
  program.parse(argv);
  const { steps, rounds } = request!;
  if (steps % rounds !== 0) program.error(`--steps ${steps} is no multiple of --rounds ${rounds}.`);
  return request!;
}

function defaultThreads(): number[] {
  return availableParallelism() > 1 ? [1, 2] : [1];
}

function threadCounts(text: string): number[] {
  return [...new Set(names(text).map(wholeNumber))];
}

function names(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('Expected a whole number >= 1.');
  return value;
}
