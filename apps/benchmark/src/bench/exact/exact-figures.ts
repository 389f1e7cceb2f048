/** What a reader wants to know of a cell of the exact suite, and of a series of them. */
import type { CellRecord, RowRecord } from '../results.js';
import { CERTIFIED, POT, SCIPY, UNCERTIFIED } from './exact-groups.js';
import { growthExponent, ratioOverRounds } from '../statistics.js';

/** One cell, read. Times are milliseconds, memory MiB. */
export interface ExactFigures {
  cell: CellRecord;
  ours?: RowRecord;
  unproved?: RowRecord;
  pot?: RowRecord;
  scipy?: RowRecord;
  /** Ours ÷ POT: the median over the rounds. */
  ratio?: number;
  /** The least of ours ÷ the least of POT. */
  ratioOfLeast?: number;
  /** The part of our time that the certificate takes: the median over the rounds. */
  proofShare?: number;
}

/** Cells that differ in size alone, smallest first. */
export interface ExactSeries {
  name: string;
  figures: ExactFigures[];
}

/** Reads one cell. */
export function exactFigures(cell: CellRecord): ExactFigures {
  const find = (group: string) => cell.rows.find((row) => row.group === group && row.median !== undefined);
  const [ours, unproved, pot, scipy] = [CERTIFIED, UNCERTIFIED, POT, SCIPY].map(find);
  return {
    cell,
    ours,
    unproved,
    pot,
    scipy: scipy ?? cell.rows.find(({ group }) => group === SCIPY),
    ratio: ours && pot && ratioOverRounds(ours.rounds, pot.rounds).median,
    ratioOfLeast: ours && pot && ours.minimum! / pot.minimum!,
    proofShare: ours && unproved && 1 - ratioOverRounds(unproved.rounds, ours.rounds).median,
  };
}

/** The cells that have a place, by series. */
export function exactSeries(cells: readonly CellRecord[]): ExactSeries[] {
  const series = new Map<string, CellRecord[]>();
  for (const cell of cells) {
    if (cell.place !== undefined) series.set(cell.place.series, [...(series.get(cell.place.series) ?? []), cell]);
  }
  return [...series].map(([name, ofSeries]) => ({
    name,
    figures: ofSeries.sort((a, b) => a.place!.size - b.place!.size).map(exactFigures),
  }));
}

/** The time of a row: its median, or where it was only tried, the best of that. */
export function timeOf(row: RowRecord | undefined): number | undefined {
  return row?.median ?? (row && Math.min(...row.tried.map(({ milliseconds }) => milliseconds)));
}

/** How the time grows over a series; `undefined` where fewer than two sizes from `smallest` on were timed. */
export function growthOf(
  { figures }: ExactSeries,
  who: 'ours' | 'pot',
  smallest = 0,
): { exponent: number; from: number; to: number } | undefined {
  const points = figures
    .filter((each) => each[who] !== undefined && each.cell.place!.size >= smallest)
    .map((each) => ({ size: each.cell.place!.size, value: each[who]!.median! }));
  if (points.length < 2) return undefined;
  return { exponent: growthExponent(points), from: points[0].size, to: points[points.length - 1].size };
}
