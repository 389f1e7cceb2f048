/** The tables of the exact suite: the terminal and the page print the same texts. */
import { alignedTable } from '../../report/aligned-table.js';
import { exactSeries, growthOf, timeOf, type ExactFigures, type ExactSeries } from '../exact/exact-figures.js';
import type { BenchResult, CellRecord } from '../results.js';
import { benchTable, firstLine, formatMilliseconds, NONE, withoutEmptyColumns, type TextTable } from './bench-table.js';

/** Every series beside every size: ours ÷ POT in the median, and how both grow. */
export function ratioTable({ cells }: BenchResult): TextTable {
  const all = exactSeries(cells);
  const sizes = [...new Set(all.flatMap(({ figures }) => figures.map(({ cell }) => cell.place!.size)))];
  sizes.sort((a, b) => a - b);
  const rows = all.map((series) => [
    series.name,
    ...sizes.map((size) => {
      const found = series.figures.find(({ cell }) => cell.place!.size === size);
      if (found === undefined) return '';
      return found.cell.error === undefined ? formatRatio(found.ratio) : 'failed';
    }),
    ...(['ours', 'pot'] as const).map((who) => growthText(series, who)),
  ]);
  const titles = sizes.map((size) => size.toLocaleString('en'));
  return withoutEmptyColumns({ head: ['ours ÷ POT', ...titles, 'ours grows', 'POT grows'], rows });
}

/** Times and memory of a series, a row for each size. */
export function seriesTable({ figures }: ExactSeries): TextTable {
  const head = ['n', 'ours ms', 'POT ms', '÷ POT', '÷ POT, least', 'SciPy ms', 'without proof', 'proof'];
  const rows = figures.map(({ cell, ours, unproved, pot, scipy, ratio, ratioOfLeast, proofShare }) => [
    cell.place!.size.toLocaleString('en'),
    formatTime(timeOf(ours)),
    formatTime(timeOf(pot)),
    formatRatio(ratio),
    formatRatio(ratioOfLeast),
    formatTime(timeOf(scipy)),
    formatTime(timeOf(unproved)),
    proofShare === undefined ? NONE : `${(100 * proofShare).toFixed(0)} %`,
    ...[ours, pot].flatMap((row) => [row?.figures.memoryPeak, row?.figures.memoryBefore].map(formatMemory)),
  ]);
  return withoutEmptyColumns({ head: [...head, 'MiB at most', 'before', 'POT MiB at most', 'before'], rows });
}

/** What the certificates say: a row for each cell that has one. */
export function certificateTable(figures: readonly ExactFigures[], title: (each: ExactFigures) => string): TextTable {
  const rows = figures.flatMap((each) => {
    if (each.ours?.figures.gap === undefined) return [];
    const { cost, gap, worstViolation, largestCost, marginalError, smallestMass, pivots } = each.ours.figures;
    return [
      [
        title(each),
        cost.toPrecision(10),
        formatSmall(gap),
        formatSmall(gap / Math.abs(cost)),
        formatSmall(worstViolation),
        formatSmall(worstViolation / largestCost),
        formatSmall(marginalError),
        formatSmall(smallestMass),
        pivots.toLocaleString('en'),
      ],
    ];
  });
  const relative = ['÷ cost', 'worst violation', '÷ largest cost'];
  return { head: ['n', 'cost', 'gap', ...relative, 'marginal error', 'smallest mass', 'pivots'], rows };
}

/** How the time of a series grows, in a sentence for each side. */
export function growthSentence(series: ExactSeries): string {
  const texts = (['ours', 'pot'] as const).flatMap((who) => {
    const all = growthOf(series, who);
    const later = growthOf(series, who, 1000);
    if (all === undefined) return [];
    const range = ({ exponent, from, to }: NonNullable<typeof all>): string =>
      `n^${exponent.toFixed(2)} from ${from.toLocaleString('en')} to ${to.toLocaleString('en')}`;
    const both = later !== undefined && later.from !== all.from ? `${range(all)}, ${range(later)}` : range(all);
    return [`${who === 'ours' ? 'Ours' : 'POT'} grows like ${both}.`];
  });
  return texts.join(' ');
}

/** The whole bench for the terminal. */
export function exactText(result: BenchResult): string {
  const { cells, peers } = result;
  const series = exactSeries(cells).map((each) =>
    [
      each.name,
      aligned(seriesTable(each), 0),
      aligned(
        certificateTable(each.figures, ({ cell }) => cell.place!.size.toLocaleString('en')),
        0,
      ),
      growthSentence(each),
      ...each.figures.flatMap(({ cell }) => remarks(cell)),
    ]
      .filter(Boolean)
      .join('\n'),
  );
  const others = cells
    .filter(({ place }) => place === undefined)
    .map((cell) =>
      [cell.title, aligned(benchTable(cell), 3), firstCallSentence(cell), ...remarks(cell)].filter(Boolean).join('\n'),
    );
  const alone = 'missing' in peers ? [`Ours alone; rivals: ${peers.missing}`] : [];
  return [...series, ...others, aligned(ratioTable(result), 1), ...alone].filter(Boolean).join('\n\n');
}

/** How much longer the first call of a process takes; empty for other cells. */
export function firstCallSentence({ rows }: CellRecord): string {
  const texts = (['ours', 'peer'] as const).flatMap((side) => {
    const find = (group: string) => rows.find((row) => row.side === side && row.group === group)?.median;
    const [first, warm] = [find('first call'), find('warm call')];
    if (first === undefined || warm === undefined) return [];
    return [`The first call of ${side === 'ours' ? 'ours' : 'POT'} takes ${(first / warm).toFixed(1)} warm ones.`];
  });
  return texts.join(' ');
}

/** What was left out or went wrong. */
export function remarks({ title, error, notes }: CellRecord): string[] {
  return [...(error === undefined ? [] : [`${title}: ${error}`]), ...notes].map(firstLine);
}

function growthText(series: ExactSeries, who: 'ours' | 'pot'): string {
  const growth = growthOf(series, who);
  return growth === undefined ? '' : `n^${growth.exponent.toFixed(2)}`;
}

function aligned({ head, rows }: TextTable, left: number): string {
  return rows.length === 0 ? '' : alignedTable(head, rows, left);
}

function formatTime(value: number | undefined): string {
  return value === undefined ? NONE : formatMilliseconds(value);
}

function formatRatio(value: number | undefined): string {
  return value === undefined ? NONE : value.toPrecision(value < 0.1 ? 2 : 3);
}

function formatMemory(value: number | undefined): string {
  return value === undefined ? NONE : value.toFixed(0);
}

function formatSmall(value: number): string {
  return value === 0 ? '0' : value.toExponential(1);
}
