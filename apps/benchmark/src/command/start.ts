/** `pnpm start`: two methods on two data sets, in a few minutes. */
import { Command } from 'commander';
import { METHODS } from '../method/methods.js';
import { PUBLISHED_DATA_SETS } from '../published.js';
import { threadCrew } from '../run/thread-crew.js';
import { folderUse, overwriteOption, type FolderOptions } from '../run/work-folder.js';
import type { DataSetName, MethodName } from '../settings.js';
import { listOption, positiveNumber, seedNumber, wholeNumber } from './option-values.js';
import { runAndReport } from './run-and-report.js';
import { typedCommand } from './typed-command.js';

interface StartOptions extends FolderOptions {
  dataSets: DataSetName[];
  methods: MethodName[];
  steps: number;
  timeLimit: number;
  samples: number;
  seed: number;
  threads: number;
  out: string;
  json: boolean;
}

/** The command. */
export function startCommand(): Command {
  const names = METHODS.map(({ name }) => name);
  return new Command('start')
    .description('Train flows between point clouds, sample them, judge the samples, and write a report.')
    .addOption(listOption('--data-sets <names>', 'columns of the table', PUBLISHED_DATA_SETS, ['moons', '8gaussians']))
    .addOption(listOption('--methods <names>', 'rows of the table', names, ['CFM', 'OT-CFM']))
    .option(
      '--steps <count>',
      'optimizer steps per cell, at most; bridges round them to a multiple of their half-steps',
      wholeNumber,
      20_000,
    )
    .option(
      '--time-limit <seconds>',
      'training time of the whole run, shared by its cells: pairing counts, sampling and judging come on top',
      positiveNumber,
      190,
    )
    .option('--samples <count>', 'generated and test samples per cell', wholeNumber, 10_000)
    .option('--seed <number>', 'seed of data, initial weights and batches', seedNumber, 42)
    .option('--threads <count>', 'cells that train at the same time', wholeNumber, 2)
    .option(
      '--out <folder>',
      'where the report, the numbers and the checkpoints go; the default is overwritten',
      'brenier-report',
    )
    .option('--resume', 'continue the run in the --out folder from its checkpoints', false)
    .addOption(overwriteOption())
    .option('--json', 'print every number as JSON instead of the table', false)
    .addHelpText('after', '\nCtrl-C saves a checkpoint; the same command with --resume continues from it.')
    .action(async (options: StartOptions, command: Command) => {
      const { dataSets, methods, steps, timeLimit, samples, seed, threads, out, resume, json } = options;
      // A first look is often looked at again: its own folder may be written over unasked.
      const overwrite = options.overwrite || command.getOptionValueSource('out') === 'default';
      await runAndReport({
        settings: { dataSets, methods, seeds: [seed], steps, isQuick: false, timeLimit, samples, sweep: [] },
        out,
        use: folderUse({ resume, overwrite }),
        json,
        command: typedCommand(),
        crew: () => threadCrew(threads),
      });
    });
}
