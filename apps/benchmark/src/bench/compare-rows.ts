/** From samples to the numbers of a table: medians, minima, and ratios to the best rival. */
import type { CellRecord, RowRecord } from './results.js';
import { median, ratioOverRounds } from './statistics.js';

/** Fills in what follows from the rounds of a cell. */
export function compareRows(cell: CellRecord): CellRecord {
  const timed = cell.rows.filter(({ rounds }) => rounds.length > 0);
  for (const row of timed) {
    row.median = median(row.rounds.flat());
    row.minimum = Math.min(...row.rounds.flat());
  }
  const best = bestPeer(cell);
  if (best !== undefined) {
    for (const row of timed) row.ratio = ratioOverRounds(row.rounds, best.rounds);
  }
  return cell;
}

/** The rival's quickest row in the rounds; `undefined` where no rival was timed. */
export function bestPeer({ rows }: CellRecord): RowRecord | undefined {
  const timed = rows.filter(({ side, median }) => side === 'peer' && median !== undefined);
  return timed.sort((a, b) => a.median! - b.median!)[0];
}

/** Seconds that a row took for all its rounds, of a cell that is a run. */
export function secondsOfRun({ rounds, unitsPerSample }: RowRecord): number {
  return (rounds.flat().reduce((sum, each) => sum + each, 0) * unitsPerSample) / 1000;
}
