/** The table that a run fills: its cells over all seeds, beside what was published. */
import { PUBLISHED_DATA_SETS, PUBLISHED_METHODS, publishedEnergy, publishedW2, type Published } from '../published.js';
import type { ComparedCell, DataSetRecord, RunResult } from '../results.js';
import { spreadOf, type Spread } from './spread.js';
import { standingOf, type Standing } from './standing.js';

/** One method on one data set. */
export interface TableCell {
  method: string;
  dataSet: string;
  w2: Spread;
  energy: Spread;
  npe: Spread;
  publishedW2?: Published;
  publishedEnergy?: Published;
  /** Absent where nothing was published. */
  standing?: Standing;
  /** Of stochastic methods: the energy of the exact bridge at their σ, and how far theirs is above it, relatively. */
  exactBridge?: { sigma: number; pathEnergy: number; deviation: number };
  /** The seeds, in the order of the run. */
  seeds: readonly ComparedCell[];
  /** Whether every seed that there is was trained to its last step. */
  isFinished: boolean;
  /** Whether it is finished and no seed that the run was asked for is missing: what a claim may be decided by. */
  isWhole: boolean;
}

/** A run as a table. */
export interface Table {
  /** Rows, in the published order. */
  methods: readonly string[];
  /** Columns, in the published order. */
  dataSets: readonly DataSetRecord[];
  /** Seeds that the run was asked for. */
  seedCount: number;
  /** `undefined` where the run has no such cell. */
  cell(dataSet: string, method: string): TableCell | undefined;
  /** Those that there are, column by column. */
  cells: readonly TableCell[];
}

/** Gathers the seeds of every cell. */
export function tableOfRun(run: RunResult): Table {
  const groups = new Map<string, ComparedCell[]>();
  for (const each of run.cells) {
    const key = keyOf(each.settings.dataSet, each.settings.method);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const seedCount = seedsOf(run);
  const cells = new Map([...groups].map(([key, seeds]) => [key, tableCell(seeds, seedCount)]));
  const methods = inOrder([...new Set(run.cells.map(({ settings }) => settings.method))], PUBLISHED_METHODS);
  const names = inOrder(
    run.dataSets.map(({ name }) => name),
    PUBLISHED_DATA_SETS,
  );
  const dataSets = names.map((name) => run.dataSets.find((each) => each.name === name)!);
  const cell: Table['cell'] = (dataSet, method) => cells.get(keyOf(dataSet, method));
  return {
    methods,
    dataSets,
    seedCount,
    cell,
    cells: names.flatMap((name) => methods.flatMap((method) => cell(name, method) ?? [])),
  };
}

/** Why the W2 of a run cannot stand beside the published ones; `undefined` where they can. */
export function incomparable({ cells }: RunResult): string | undefined {
  const samples = cells.map(({ settings }) => settings.samples).find((each) => each !== PUBLISHED_SAMPLES);
  if (samples === undefined) return undefined;
  const direction = samples < PUBLISHED_SAMPLES ? 'larger' : 'smaller';
  return `These W2 are of ${samples} samples and ${direction} than those of the ${PUBLISHED_SAMPLES} that the published ones were measured with.`;
}

/** Samples behind a published W2. */
export const PUBLISHED_SAMPLES = 10_000;

/** The seeds asked for, as the settings list them; a run that was stopped may have fewer of every cell. */
function seedsOf({ settings, cells }: RunResult): number {
  const listed = settings.seeds === undefined ? 0 : String(settings.seeds.value).split(',').length;
  return Math.max(listed, new Set(cells.map((cell) => cell.settings.seed)).size);
}

function tableCell(seeds: readonly ComparedCell[], seedCount: number): TableCell {
  const { dataSet, method } = seeds[0].settings;
  const w2 = spreadOf(seeds.map(({ judgement }) => judgement.w2));
  const energy = spreadOf(seeds.map(({ judgement }) => judgement.pathEnergy));
  const reference = publishedW2(dataSet, method);
  const bridge = seeds[0].exactBridge;
  const isFinished = seeds.every(({ training }) => training.status === 'finished');
  return {
    method,
    dataSet,
    w2,
    energy,
    npe: spreadOf(seeds.map(({ npe }) => npe)),
    publishedW2: reference,
    publishedEnergy: publishedEnergy(dataSet, method),
    standing: reference && standingOf(w2.mean, reference),
    exactBridge: bridge && { ...bridge, deviation: energy.mean / bridge.pathEnergy - 1 },
    seeds,
    isFinished,
    isWhole: isFinished && seeds.length === seedCount,
  };
}

/** The published ones first, as published, then the others. */
function inOrder(names: readonly string[], published: readonly string[]): string[] {
  const others = names.filter((name) => !published.includes(name));
  return [...published.filter((name) => names.includes(name)), ...others];
}

function keyOf(dataSet: string, method: string): string {
  return `${dataSet}\n${method}`;
}
