/** A whole bench: everybody starts, each cell is timed with progress, and the result is kept after every cell. */
import { loadavg } from 'node:os';
import { Listr, type ListrTask } from 'listr2';
import { describeMachine } from '../machine.js';
import type { BenchRequest } from './command-line.js';
import { secondsOfRun } from './compare-rows.js';
import { openHall, type Hall } from './hall.js';
import type { CellWatch, Pace } from './pace.js';
import type { BenchResult, CellRecord } from './results.js';
import type { BenchCell } from './suite/suite.js';
import { timeCell } from './time-cell.js';
import { timeFirstCalls, timeOnce } from './time-fresh.js';

/** The pace of a real bench; rounds are the user's choice. */
const PACE: Omit<Pace, 'rounds'> = {
  samples: 5,
  sampleSeconds: 0.1,
  turnSeconds: Infinity,
  cellSeconds: Infinity,
  quiet: 30,
};

/**
 * Runs a bench.
 *
 * @param keep - is given the result as it stands, after each cell
 * @param signal - ends the bench when aborted; cells that were not timed are not in the result
 * @throws (rejects) Error where the request names an unknown cell or our side cannot be started
 */
export async function runBench(
  request: BenchRequest,
  keep: (result: BenchResult) => Promise<void>,
  signal: AbortSignal,
): Promise<BenchResult> {
  const { suite, rounds, compiled } = request;
  const cells = await chooseCells(request);
  const startedAt = new Date();
  const loadBefore = loadavg()[0];
  const hall = await openHall(request);
  const { versions, peers } = hall;
  const pace = { ...PACE, ...suite.pace, rounds };
  // A contender may be in the middle of a minute of work: it is not waited for.
  const stop = (): void => void hall.close();
  signal.addEventListener('abort', stop);
  const records: CellRecord[] = [];
  const result = (): BenchResult => ({
    format: 'brenier-bench/1',
    suite: suite.name,
    title: suite.title,
    summary: suite.summary,
    startedAt: startedAt.toISOString(),
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    status: signal.aborted ? 'aborted' : records.some(({ error }) => error !== undefined) ? 'failed' : 'finished',
    machine: describeMachine(),
    loadBefore,
    versions,
    peers,
    rounds,
    cells: records,
  });
  const tasks = cells.map((cell): ListrTask => {
    return {
      title: cell.title,
      skip: () => signal.aborted,
      task: async (_, task) => {
        const report = (text: string): string => (task.output = text);
        const record = await measure(cell, hall, pace, { signal, compiled, report });
        if (record.rows.some((row) => row.rounds.length > 0) || record.error !== undefined) records.push(record);
        task.title = `${cell.title}: ${describeCell(record)}`;
        await keep(result());
      },
    };
  });
  try {
    await new Listr(tasks, {
      concurrent: false,
      rendererOptions: { collapseErrors: false },
      fallbackRenderer: 'verbose',
      registerSignalListeners: false,
    }).run();
  } finally {
    signal.removeEventListener('abort', stop);
    await hall.close();
  }
  return result();
}

async function measure(cell: BenchCell, hall: Hall, pace: Pace, watch: CellWatch): Promise<CellRecord> {
  if (cell.timing === 'first call') return timeFirstCalls(cell, () => hall.enter(cell), pace, watch);
  const contenders = await hall.enter(cell);
  const record = await (cell.timing === 'once'
    ? timeOnce(cell, contenders, watch)
    : timeCell(cell, contenders, pace, watch));
  await hall.leave();
  return record;
}

async function chooseCells({ suite, cells: wanted, steps, seed, chosen }: BenchRequest): Promise<BenchCell[]> {
  const all = await suite.cells({ steps, seed, chosen });
  const unknown = wanted?.filter((name) => all.every((cell) => cell.name !== name)) ?? [];
  if (unknown.length > 0) {
    throw new Error(`Unknown: ${unknown.join(', ')}. Choose from ${all.map(({ name }) => name).join(', ')}.`);
  }
  return wanted === undefined ? all : all.filter(({ name }) => wanted.includes(name));
}

/** The quickest of ours in one line. */
function describeCell({ rows, unit, total, error }: CellRecord): string {
  if (error !== undefined) return error;
  const ours = rows.filter(({ side, median }) => side === 'ours' && median !== undefined);
  const best = ours.sort((a, b) => a.median! - b.median!)[0];
  if (best === undefined) return 'not timed';
  const time = total === undefined ? `${best.median!.toFixed(3)} ms a ${unit}` : `${secondsOfRun(best).toFixed(1)} s`;
  return best.ratio === undefined ? time : `${time}, ${best.ratio.median.toFixed(2)} of the best rival`;
}
