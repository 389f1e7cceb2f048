/** The command line: what the user may ask for. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { DATA_SET_NAMES, METHOD_NAMES, type DataSetName, type MethodName, type RunSettings } from './settings.js';

/** A parsed command line. */
export interface Request {
  settings: RunSettings;
  /** Folder of the report, the numbers and the checkpoints. */
  out: string;
  /** Print the numbers as JSON on standard output, and nothing else there. */
  json: boolean;
  /** Continue the run in `out`. */
  resume: boolean;
}

/**
 * Reads the command line; prints help or an error and ends the process where it asks for that.
 *
 * @param argv - as in `process.argv`
 */
export function parseCommandLine(argv: readonly string[]): Request {
  const program = new Command('brenier-benchmark')
    .description('Train flows between point clouds, sample them, judge the samples, and write a report.')
    .addOption(list('--data-sets <names>', 'columns of the table', DATA_SET_NAMES))
    .addOption(list('--methods <names>', 'rows of the table', METHOD_NAMES))
    .option('--steps <count>', 'optimizer steps per cell, at most', wholeNumber, 20_000)
    .option('--time-limit <seconds>', 'training time of the whole run, shared by its cells', positiveNumber, 190)
    .option('--samples <count>', 'generated and test samples per cell', wholeNumber, 10_000)
    .option('--seed <number>', 'seed of data, initial weights and batches', seedNumber, 42)
    .option('--threads <count>', 'cells that train at the same time', wholeNumber, 2)
    .option('--out <folder>', 'where the report, the numbers and the checkpoints go', 'brenier-report')
    .option('--resume', 'continue the run in the --out folder from its checkpoints', false)
    .option('--json', 'print every number as JSON instead of the table', false)
    .addHelpText('after', '\nCtrl-C saves a checkpoint; the same command with --resume continues from it.')
    .parse(argv);
  const { out, json, resume, ...settings } = program.opts<RunSettings & Omit<Request, 'settings'>>();
  return { settings, out, json, resume };
}

function list<T extends DataSetName | MethodName>(flags: string, description: string, allowed: readonly T[]): Option {
  const parse = (text: string): T[] => {
    const names = text.split(',').map((name) => name.trim());
    const found = names.map((name) => allowed.find((each) => each.toLowerCase() === name.toLowerCase()));
    const unknown = names.filter((_, i) => found[i] === undefined);
    if (unknown.length > 0)
      throw new InvalidArgumentError(`Unknown: ${unknown.join(', ')}. Choose from ${allowed.join(', ')}.`);
    return allowed.filter((each) => found.includes(each));
  };
  return new Option(flags, `${description}, separated by commas`)
    .argParser(parse)
    .default([...allowed], allowed.join(','));
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Expected a whole number >= 1.');
  return value;
}

function seedNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0 || text.trim() === '')
    throw new InvalidArgumentError('Expected a whole number >= 0.');
  return value;
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('Expected a number > 0.');
  return value;
}
