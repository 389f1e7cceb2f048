/** The command line of `reproduce:images`. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { folderUse, overwriteOption, type FolderOptions, type FolderUse } from '../run/work-folder.js';
import {
  FULL_PROTOCOL,
  IMAGE_METHOD_NAMES,
  QUICK_PROTOCOL,
  type ImageMethodName,
  type ImageProtocol,
  type ImageSettings,
} from './image-settings.js';

/** A parsed command line. */
export interface ImageRequest {
  settings: ImageSettings;
  /** Folder of the report, the pictures, the numbers and the checkpoints. */
  out: string;
  /** What becomes of a run in `out`. */
  use: FolderUse;
}

/**
 * Reads the command line; prints help or an error and ends the process where it asks for that.
 *
 * @param argv - as in `process.argv`
 */
export function parseImageCommand(argv: readonly string[]): ImageRequest {
  const program = new Command('reproduce:images')
    .description('Train flows and a bridge on real handwritten digits, judge what they generate, and write a report.')
    .addOption(
      new Option('--methods <names>', `methods, separated by commas`)
        .argParser(methodNames)
        .default([...IMAGE_METHOD_NAMES], IMAGE_METHOD_NAMES.join(',')),
    )
    .option('--quick', 'a few minutes instead of an hour: smaller network, fewer steps and images', false)
    .option('--steps <count>', 'optimizer steps of each method', wholeNumber, FULL_PROTOCOL.steps)
    .option('--batch <count>', 'images in a batch', wholeNumber, FULL_PROTOCOL.batch)
    .option('--channels <list>', 'channels of the levels of the U-Net', channelList, FULL_PROTOCOL.channels)
    .option('--digits <count>', 'images that each method generates', wholeNumber, FULL_PROTOCOL.digits)
    .option('--sampling-steps <count>', 'steps of the integrator', wholeNumber, FULL_PROTOCOL.samplingSteps)
    .option('--iterations <count>', 'iterations of the bridge', wholeNumber, FULL_PROTOCOL.iterations)
    .option(
      '--paths <count>',
      'paths behind each fit of the bridge to simulated ends',
      wholeNumber,
      FULL_PROTOCOL.paths,
    )
    .option('--sigma <number>', 'noise of the bridge', positiveNumber, FULL_PROTOCOL.sigma)
    .option('--seed <number>', 'seed of initial weights, batches and noise', seedNumber, FULL_PROTOCOL.seed)
    .addOption(
      new Option('--time-limit <minutes>', 'training time of all methods together')
        .argParser(positiveNumber)
        .default(Infinity, 'none'),
    )
    .option('--threads <count>', 'threads of the WebAssembly engine', wholeNumber, 2)
    .option('--out <folder>', 'where report, pictures, numbers and checkpoints go', 'brenier-report/images')
    .option('--resume', 'continue the run in the --out folder from its checkpoints', false)
    .addOption(overwriteOption())
    .addHelpText('after', '\nCtrl-C saves a checkpoint; the same command with --resume continues from it.')
    .parse(argv);
  const { out, resume, overwrite, quick, ...given } = program.opts<
    ImageSettings & FolderOptions & { out: string; quick: boolean }
  >();
  const settings = { ...given, ...(quick ? quickDefaults(program) : {}) };
  return { settings, out, use: folderUse({ resume, overwrite }) };
}

/** The settings of `--quick`, but for those that were given. */
function quickDefaults(program: Command): Partial<ImageProtocol> {
  const names = (Object.keys(QUICK_PROTOCOL) as (keyof ImageProtocol)[]).filter(
    (name) => program.getOptionValueSource(name) === 'default',
  );
  return Object.fromEntries(names.map((name) => [name, QUICK_PROTOCOL[name]]));
}

function methodNames(text: string): ImageMethodName[] {
  const asked = text.split(',').map((name) => name.trim().toLowerCase());
  const unknown = asked.filter((name) => !IMAGE_METHOD_NAMES.some((each) => each.toLowerCase() === name));
  if (unknown.length > 0) {
    throw new InvalidArgumentError(`Unknown: ${unknown.join(', ')}. Choose from ${IMAGE_METHOD_NAMES.join(', ')}.`);
  }
  return IMAGE_METHOD_NAMES.filter((name) => asked.includes(name.toLowerCase()));
}

function channelList(text: string): number[] {
  const channels = text.split(',').map(Number);
  if (channels.length <= 3 && channels.every((each) => Number.isInteger(each) && each >= 8 && each % 8 === 0)) {
    return channels;
  }
  throw new InvalidArgumentError('Expected one to three multiples of 8, for example 16,32,32.');
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('Expected a whole number >= 1.');
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
