#!/usr/bin/env node
/** `pnpm reproduce:gaussian`: bridges between two Gaussians, held to the closed form over all half-iterations. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { outliveReaders } from '../command/closed-output.js';
import { listOption, positiveNumber, seedNumbers, wholeNumber } from '../command/option-values.js';
import { stopSignal } from '../command/stop-signal.js';
import { describeMachine } from '../machine.js';
import { folderUse, overwriteOption, type FolderOptions } from '../run/work-folder.js';
import { describeVersions } from '../versions.js';
import { gaussianBoard } from './gaussian-board.js';
import { gaussianReport } from './gaussian-report.js';
import type { GaussianRun } from './gaussian-results.js';
import {
  cellName,
  GAUSSIAN_METHODS,
  OUR_PROTOCOL,
  PUBLISHED_PROTOCOL,
  settingOrigins,
  type GaussianMethodName,
  type GaussianProtocol,
} from './gaussian-settings.js';
import { gaussianTables } from './gaussian-table.js';
import { runGaussian } from './run-gaussian.js';

interface GaussianCommandOptions extends Partial<GaussianProtocol>, FolderOptions {
  methods: GaussianMethodName[];
  dims: number[];
  seeds: number[];
  published: boolean;
  threads: number;
  out: string;
}

const advice = {
  finished: '',
  aborted: 'Some cells have half-iterations left; the same command with --resume continues them.\n',
  failed: 'Some cells failed; the same command with --resume tries them again.\n',
};

outliveReaders();
try {
  await reproduce(readOptions());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function readOptions(): GaussianCommandOptions {
  return new Command('reproduce:gaussian')
    .description(
      'Learn the bridge between two Gaussians, hold every half-iteration to the closed form, write a report.',
    )
    .addOption(listOption('--methods <names>', 'methods', GAUSSIAN_METHODS, ['DSBM-IMF', 'DSBM-IPF']))
    .option('--dims <numbers>', 'dimensions, separated by commas', dimensions, [5, 20])
    .option('--seeds <numbers>', 'seeds, separated by commas', seedNumbers, [1])
    .addOption(new Option('--published', 'the published protocol instead of ours: hours for each cell').default(false))
    .option('--half-iterations <count>', 'fits of one drift, backward and forward in turn', wholeNumber)
    .option('--first-steps <count>', 'optimizer steps of the first fit of each network', wholeNumber)
    .option('--steps <count>', 'optimizer steps of every other fit', wholeNumber)
    .option('--batch-size <count>', 'samples in a batch', wholeNumber)
    .option('--learning-rate <number>', 'learning rate of Adam', positiveNumber)
    .option('--refresh-every <count>', 'optimizer steps between two simulations of the pairs', wholeNumber)
    .addOption(new Option('--schedule <name>', 'of the learning rate').choices(['constant', 'cosine']))
    .addOption(new Option('--weight <name>', 'of a sample').choices(['uniform', 'end-variance']))
    .option('--threads <count>', 'cells that train at the same time', wholeNumber, 2)
    .option('--out <folder>', 'where the page, the numbers and the checkpoints go', 'brenier-report/gaussian')
    .option('--resume', 'continue the run in the --out folder from its checkpoints', false)
    .addOption(overwriteOption())
    .addHelpText('after', '\nCtrl-C saves checkpoints; the same command with --resume continues from them.')
    .parse()
    .opts<GaussianCommandOptions>();
}

async function reproduce(options: GaussianCommandOptions): Promise<void> {
  const { methods, dims, seeds, published, threads, out, resume, overwrite, ...given } = options;
  const settings = { ...(published ? PUBLISHED_PROTOCOL : OUR_PROTOCOL), ...given, methods, dims, seeds };
  const signal = stopSignal('Stopping: each cell saves a checkpoint. Press Ctrl-C again to quit at once.');
  const startedAt = new Date().toISOString();
  const names = methods.flatMap((method) =>
    dims.flatMap((dim) => seeds.map((seed) => cellName({ settings, method, dim, seed }))),
  );
  const board = gaussianBoard(names);
  const place = { out, use: folderUse({ resume, overwrite }), threads, signal, tell: board.tell, fail: board.fail };
  const outcome = await runGaussian(settings, place).finally(() => board.close());
  const run: GaussianRun = {
    format: 'brenier-gaussian/1',
    command: ['pnpm reproduce:gaussian', ...typedWords(process.argv.slice(2))].join(' '),
    startedAt,
    machine: describeMachine(),
    versions: describeVersions(),
    settings: settingOrigins(settings),
    ...outcome,
  };
  await mkdir(out, { recursive: true });
  await writeFileAtomic(join(out, 'results.json'), `${JSON.stringify(run, null, 1)}\n`);
  await writeFileAtomic(join(out, 'report.html'), gaussianReport(run));
  process.stdout.write(`\n${gaussianTables(run)}\n\nReport: ${join(out, 'report.html')}\n`);
  process.stdout.write(advice[run.status]);
  for (const { cell, reason } of run.failures) process.stderr.write(`${cell}: ${reason}\n`);
  process.exitCode = { finished: 0, aborted: 130, failed: 1 }[run.status];
}

function dimensions(text: string): number[] {
  return [...new Set(text.split(',').map(wholeNumber))];
}

/** What was typed, but for `--out`, whose folder is nobody else's concern, and what becomes of a run there. */
function typedWords(words: readonly string[]): string[] {
  const isPath = (word: string | undefined): boolean => word === '--out';
  return words.filter(
    (word, k) =>
      !isPath(word) &&
      !isPath(words[k - 1]) &&
      !word.startsWith('--out=') &&
      !['--resume', '--overwrite'].includes(word),
  );
}
