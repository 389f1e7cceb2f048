/** The table of a bench: the terminal and the page print the same texts. */
import { alignedTable } from '../../report/aligned-table.js';
import { secondsOfRun } from '../compare-rows.js';
import { ourGroups, type BenchResult, type CellRecord, type RowRecord } from '../results.js';
import { ratioOverRounds } from '../statistics.js';

/** A table as texts. */
export interface TextTable {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** What stands where there is nothing to say. */
export const NONE = '–';

const HEAD = [
  'contender',
  'threads',
  'setting',
  'median ms',
  'least ms',
  'run s',
  '÷ best rival',
  'rounds from – to',
  'busy when idle',
] as const;

/** One row per contender of a cell, without the columns that have nothing to say. */
export function benchTable(cell: CellRecord): TextTable {
  return withoutEmptyColumns({ head: HEAD, rows: cell.rows.map((row) => rowTexts(cell, row)) });
}

/** A table without the columns in which nothing stands; without rows where no column but the first says anything. */
export function withoutEmptyColumns({ head, rows }: TextTable): TextTable {
  const said = head.map((_, k) => rows.some((row) => row[k] !== '' && row[k] !== NONE));
  const keep = (texts: readonly string[]): string[] => texts.filter((_, k) => said[k]);
  return { head: keep(head), rows: said.includes(true, 1) ? rows.map(keep) : [] };
}

/** The whole bench for the terminal. */
export function benchText(result: BenchResult): string {
  const cells = result.cells.map((cell) => {
    const heading = `${cell.title} (ms a ${cell.unit})`;
    if (cell.error !== undefined) return `${heading}\n${cell.error}`;
    const notes = cell.notes.map((note) => `\n${firstLine(note)}`).join('');
    return `${heading}\n${aligned(benchTable(cell), 3)}${notes}`;
  });
  const { peers } = result;
  const alone = 'missing' in peers ? [`Ours alone; rivals: ${peers.missing}`] : [];
  return [...cells, aligned(summaryTable(result), 1), ...alone].join('\n\n');
}

/** What heads the columns of {@link ourGroups}. */
const GROUP_HEADS = ['ours', 'fused', '256-bit', 'both'] as const;

/**
 * One row per cell: the best of ours against the best of theirs, in the same rounds; the best that is not compiled has columns of its own where
 * it is another.
 */
export function summaryTable({ cells }: BenchResult): TextTable {
  const rows = cells.flatMap((cell) => {
    const best = (wanted: (row: RowRecord) => boolean) => quickest(cell.rows.filter(wanted));
    const ours = ourGroups.map((wanted) => best(({ side, group }) => side === 'ours' && group === wanted));
    const rival = best(({ side }) => side === 'peer');
    const eager = best(({ side, group }) => side === 'peer' && group === 'eager');
    const other = eager === rival ? undefined : eager;
    if (ours.every((row) => row === undefined)) return [];
    const times = [...ours, rival, other].map((row) => (row === undefined ? NONE : formatMilliseconds(row.median!)));
    return [[cell.title, ...times, ...ours.map((row) => ratioOf(row, rival)), ratioOf(ours[0], other)]];
  });
  const head = ['milliseconds', ...GROUP_HEADS, 'best rival', 'uncompiled'];
  const ratios = [...GROUP_HEADS.map((name) => `${name} ÷ rival`), 'ours ÷ uncompiled'];
  return withoutEmptyColumns({ head: [...head, ...ratios], rows });
}

/** What went wrong, without the traceback. */
export function firstLine(text: string): string {
  return text.split('\n', 1)[0];
}

function rowTexts(cell: CellRecord, row: RowRecord): string[] {
  const { name, threads, group, variant, median, minimum, ratio, idleCores } = row;
  const timed = median !== undefined && minimum !== undefined;
  return [
    name,
    String(threads),
    `${group}: ${variant}`,
    timed ? formatMilliseconds(median) : `tried: ${formatMilliseconds(leastTried(row))}`,
    timed ? formatMilliseconds(minimum) : '',
    timed && cell.total !== undefined ? secondsOfRun(row).toFixed(1) : '',
    ratio === undefined ? '' : formatRatio(ratio.median),
    ratio === undefined ? '' : `${formatRatio(ratio.low)} – ${formatRatio(ratio.high)}`,
    timed ? `${(100 * idleCores).toFixed(1)} %` : '',
  ];
}

function aligned({ head, rows }: TextTable, left: number): string {
  return rows.length === 0 ? '' : alignedTable(head, rows, left);
}

function quickest(rows: readonly RowRecord[]): RowRecord | undefined {
  return rows.filter(({ median }) => median !== undefined).sort((a, b) => a.median! - b.median!)[0];
}

function ratioOf(ours: RowRecord | undefined, theirs: RowRecord | undefined): string {
  return ours && theirs ? formatRatio(ratioOverRounds(ours.rounds, theirs.rounds).median) : NONE;
}

function leastTried({ tried }: RowRecord): number {
  return Math.min(...tried.map(({ milliseconds }) => milliseconds));
}

/** Three digits behind the point where they say something. */
export function formatMilliseconds(value: number): string {
  return value.toFixed(value < 10 ? 3 : 1);
}

function formatRatio(value: number): string {
  return value.toFixed(value < 0.1 ? 3 : 2);
}
