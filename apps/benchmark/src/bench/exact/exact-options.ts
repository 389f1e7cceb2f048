/** What the command line of the exact suite offers, and what it means. */
import { InvalidArgumentError, Option } from 'commander';
import { listOption, wholeNumber } from '../../command/option-values.js';
import type { ExactWork } from '../contender/work.js';
import { instanceNames, type InstanceName } from './exact-instances.js';

/** Kinds of masses: all equal, or uniform in [0.5, 1.5] and divided by their sum. */
export type WeightsName = 'equal' | 'general';

/** All combinations of a few choices. */
export interface SeriesChoice {
  instances: readonly InstanceName[];
  dims: readonly number[];
  weights: readonly WeightsName[];
  given: ExactWork['given'];
  sizes: readonly number[];
}

/** The parsed options. */
export interface ExactChoice extends Partial<Omit<SeriesChoice, 'given'>> {
  given?: ExactWork['given'];
  large?: boolean;
  /** Two image files. */
  photographs?: readonly [string, string];
}

const SMALL = [128, 256, 512, 1000, 2000];

/** What runs where nothing is chosen: about ten minutes with rivals, on two cores. */
export const DEFAULT_SERIES: readonly SeriesChoice[] = [
  {
    instances: ['shift', '8gaussians'],
    dims: [2],
    weights: ['equal', 'general'],
    given: 'points',
    sizes: [...SMALL, 10_000],
  },
  { instances: ['shift', '8gaussians'], dims: [32, 784], weights: ['equal'], given: 'matrix', sizes: SMALL },
  { instances: ['shift', '8gaussians'], dims: [3, 5], weights: ['equal'], given: 'points', sizes: [2000] },
  { instances: ['shift'], dims: [784], weights: ['equal'], given: 'distances', sizes: [2000] },
];

/** The options; any of the first five replaces the default set. */
export const exactOptions: readonly Option[] = [
  new Option('--sizes <counts>', 'numbers of points, separated by commas').argParser(wholeNumbers),
  listOption('--instances <names>', 'pairs of clouds', instanceNames, []).default(undefined, 'shift'),
  new Option('--dims <dims>', 'dimensions, separated by commas').argParser(wholeNumbers),
  listOption('--weights <kinds>', 'kinds of masses', ['equal', 'general'], []).default(undefined, 'equal'),
  new Option('--given <what>', 'what is at hand when the clock starts').choices(['points', 'matrix', 'distances']),
  new Option('--large', '1,000 to 1,000,000 points of the plane, ours alone; nothing else'),
  new Option(
    '--photographs <files>',
    'two PNG files: colours of 100,000 pixels each, ours alone; nothing else',
  ).argParser(pairOfFiles),
];

/** The combinations that were asked for; `undefined` where nothing was. */
export function chosenSeries({ sizes, instances, dims, weights, given }: ExactChoice): SeriesChoice | undefined {
  if ([sizes, instances, dims, weights, given].every((each) => each === undefined)) return undefined;
  return {
    instances: instances ?? ['shift'],
    dims: dims ?? [2],
    weights: weights ?? ['equal'],
    given: given ?? 'points',
    sizes: sizes ?? SMALL,
  };
}

function wholeNumbers(text: string): number[] {
  return [...new Set(text.split(',').map((each) => wholeNumber(each.trim())))];
}

function pairOfFiles(text: string): string[] {
  const files = text.split(',').map((file) => file.trim());
  if (files.length !== 2) throw new InvalidArgumentError('Expected two files, separated by a comma.');
  return files;
}
