/** `pnpm reproduce`: the whole published table. */
import { Command, Option } from 'commander';
import { METHODS } from '../method/methods.js';
import { PUBLISHED_DATA_SETS } from '../published.js';
import { queueCrew } from '../queue/queue-crew.js';
import { threadCrew } from '../run/thread-crew.js';
import { folderUse, overwriteOption, type FolderOptions } from '../run/work-folder.js';
import type { DataSetName, MethodName } from '../settings.js';
import { listOption, seedNumbers, wholeNumber } from './option-values.js';
import { runAndReport } from './run-and-report.js';
import { typedCommand } from './typed-command.js';

interface ReproduceOptions extends FolderOptions {
  dataSets: DataSetName[];
  methods: MethodName[];
  seeds?: number[];
  steps?: number;
  quick: boolean;
  samples: number;
  sweep: boolean;
  threads: number;
  queue?: string;
  out: string;
  json: boolean;
}

const SEEDS = [42, 43, 44, 45, 46];

/** Multiples of the method's own σ, at which the table itself trains it. */
const SWEEP = [0.25, 0.5, 1.5, 2];

/** The command. */
export function reproduceCommand(): Command {
  const names = METHODS.map(({ name }) => name);
  return new Command('reproduce')
    .description('Train, sample and judge every method of the published table on every data set, and write a report.')
    .addOption(listOption('--methods <names>', 'rows of the table', names, names))
    .addOption(listOption('--data-sets <names>', 'columns of the table', PUBLISHED_DATA_SETS, PUBLISHED_DATA_SETS))
    .option('--seeds <numbers>', `seeds of data, weights and batches (default: ${SEEDS.join(',')})`, seedNumbers)
    .option(
      '--steps <count>',
      'optimizer steps per cell, of bridges rounded to a multiple of their half-steps (default: as each method says)',
      wholeNumber,
    )
    .addOption(new Option('--quick', 'one seed and fewer steps, for a first look').default(false).conflicts('steps'))
    .option('--samples <count>', 'generated and test samples per cell', wholeNumber, 10_000)
    .option('--sweep', 'train DSBM-IMF also with more and with less noise, with the first seed', false)
    .option('--threads <count>', 'cells that train at the same time', wholeNumber, 2)
    .addOption(
      new Option('--queue <address>', 'redis://host:port: let the workers there train the cells').conflicts('threads'),
    )
    .option('--out <folder>', 'where the report, the numbers and the checkpoints go', 'brenier-report/table')
    .option('--resume', 'continue the run in the --out folder: what is finished is kept', false)
    .addOption(overwriteOption())
    .option('--json', 'print every number as JSON instead of the table', false)
    .addHelpText(
      'after',
      '\nCtrl-C saves checkpoints; the same command with --resume continues from them, after a kill too.',
    )
    .action(async (options: ReproduceOptions) => {
      const { dataSets, methods, steps, quick, samples, sweep, threads, queue, out, json } = options;
      const seeds = options.seeds ?? (quick ? SEEDS.slice(0, 1) : SEEDS);
      await runAndReport({
        settings: {
          dataSets,
          methods,
          seeds,
          steps,
          isQuick: quick,
          timeLimit: Infinity,
          samples,
          sweep: sweep ? SWEEP : [],
        },
        out,
        use: folderUse(options),
        json,
        command: typedCommand(),
        crew: ({ runId }) => (queue === undefined ? threadCrew(threads) : queueCrew(queue, runId)),
      });
    });
}
