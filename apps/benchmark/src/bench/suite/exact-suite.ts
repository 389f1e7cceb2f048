/** `bench exact`: exact plans with their proof. */
import { packArray } from '../contender/packed-array.js';
import { COST_AGREEMENT, exactCell, packed, seriesCells } from '../exact/exact-cells.js';
import { drawInstance } from '../exact/exact-instances.js';
import { chosenSeries, DEFAULT_SERIES, exactOptions, type ExactChoice } from '../exact/exact-options.js';
import { digitPair, photographPair } from '../exact/real-clouds.js';
import { exactPage } from '../report/exact-page.js';
import { exactText } from '../report/exact-tables.js';
import type { BenchCell, Suite, SuiteSettings } from './suite.js';

/** The suite of exact transport. */
export const exactSuite: Suite = {
  name: 'exact',
  title: 'Exact optimal transport',
  rivals: 'POT and SciPy',
  summary:
    'A plan is what emd gives: checked input, an optimal coupling, potentials, and the certificate over all pairs. Ours begins with ' +
    'points and computes every cost itself, while rivals have their matrix ready, unless a heading says that both are given the matrix, ' +
    'or both begin with points. POT is timed with its pivots unlimited and without its centring of potentials and its check of masses; ' +
    'that each of its plans is optimal, and costs what ours costs, is checked first. SciPy solves assignments.',
  options: exactOptions,
  pace: { samples: 3, sampleSeconds: 0.05, turnSeconds: 1, cellSeconds: 10 },
  freshProcesses: true,
  report: { page: exactPage, text: exactText },
  async cells(settings) {
    const choice = (settings.chosen ?? {}) as ExactChoice;
    if (choice.large) return largeCells(settings);
    if (choice.photographs !== undefined) return [await photographCell(choice.photographs, settings)];
    const chosen = chosenSeries(choice);
    if (chosen !== undefined) return seriesCells(chosen, settings.seed);
    const cells = DEFAULT_SERIES.flatMap((each) => seriesCells(each, settings.seed));
    const rest = [await digitCell(settings), batchCell(settings), firstCallCell(settings)];
    return [...cells, ...rest].sort(bySize);
  },
};

/** What has no place comes first. */
function bySize(a: BenchCell, b: BenchCell): number {
  return (a.place?.size ?? 0) - (b.place?.size ?? 0);
}

const LARGEST_DIGITS = 2000;

async function digitCell({ seed }: SuiteSettings): Promise<BenchCell> {
  const pair = await digitPair(LARGEST_DIGITS, seed);
  const work = { count: LARGEST_DIGITS, dim: 784, ...packed(pair, 'equal', LARGEST_DIGITS, seed) };
  return exactCell('digits', 'noise to handwritten digits, d = 784, equal weights, both from points', {
    ...work,
    given: 'distances',
  });
}

const BATCH = { problems: 256, count: 256, dim: 2 } as const;

function batchCell({ seed }: SuiteSettings): BenchCell {
  const { problems, count, dim } = BATCH;
  const { x, y } = drawInstance('shift', problems * count, dim, seed);
  return {
    name: 'batch',
    title: `${problems} problems of n = ${count}, N(0, I) to N(3, I), d = ${dim}`,
    unit: 'batch',
    work: { kind: 'exact-batch', ...BATCH, x: packArray(x), y: packArray(y) },
    agreement: COST_AGREEMENT,
  };
}

function firstCallCell({ seed }: SuiteSettings): BenchCell {
  const [cell] = seriesCells(
    { instances: ['shift'], dims: [2], weights: ['equal'], given: 'points', sizes: [256] },
    seed,
  );
  return {
    ...cell,
    name: 'first-call',
    title: `First call of a process, ${cell.title}`,
    place: undefined,
    timing: 'first call',
  };
}

/** Sizes that show how the time grows, and where no rival follows. */
function largeCells({ seed }: SuiteSettings): BenchCell[] {
  const ofPlane = { instances: ['shift'], dims: [2], given: 'points' } as const;
  return [
    ...seriesCells({ ...ofPlane, weights: ['equal', 'general'], sizes: [1000, 10_000, 100_000] }, seed),
    ...seriesCells({ ...ofPlane, weights: ['equal'], sizes: [1_000_000] }, seed),
  ]
    .map((cell) => ({ ...cell, oursAlone: true, timing: cell.place!.size > 10_000 ? ('once' as const) : undefined }))
    .sort(bySize);
}

const PIXELS = 100_000;

async function photographCell(files: readonly [string, string], { seed }: SuiteSettings): Promise<BenchCell> {
  const { count, ...pair } = await photographPair(files, PIXELS, seed);
  const work = { count, dim: 3, ...packed(pair, 'equal', count, seed), given: 'points' } as const;
  return { ...exactCell('photographs', 'colours of two photographs, d = 3', work), oursAlone: true, timing: 'once' };
}
