/**
 * Timing of one cell: a trial, and then rounds in which everybody has a turn.
 *
 * A harness such as tinybench or mitata runs one task after the other inside one process. Here the contenders are processes, in two
 * languages, and have to take turns: A B C, B C A, so that what disturbs the machine meets all of them. What is left of a harness is
 * a loop around a clock, which stands in each contender.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { compareRows } from './compare-rows.js';
import type { Contender, Entrant } from './contender/contender.js';
import type { CellWatch, Pace } from './pace.js';
import type { CellRecord } from './results.js';
import type { BenchCell } from './suite/suite.js';
import { tryOut } from './trial.js';

/** How many times longer the trial of a run is: its choice is for all of the run, and its steps are long. */
const RUN_TRIAL = 10;

/** How many times slower than the best of its side a long row may be and still take part in the rounds. */
const STRAGGLER = 2;

/**
 * Times one cell. Contenders that fail are left out with a note; one that computes something else ends the cell.
 *
 * @returns the record; of a cell that was aborted or failed, the rounds that were finished
 */
export async function timeCell(
  cell: BenchCell,
  contenders: readonly Contender[],
  pace: Pace,
  watch: CellWatch,
): Promise<CellRecord> {
  const { total } = cell;
  const record = emptyRecord(cell);
  try {
    const trialPace = total === undefined ? pace : { ...pace, sampleSeconds: RUN_TRIAL * pace.sampleSeconds };
    const entrants = await tryOut(cell, contenders, trialPace, watch, record);
    record.rows = entrants.map(({ row }) => row);
    const racers =
      total === undefined ? withoutStragglers(entrants, pace) : await startOver(cell, quickestToRun(entrants), watch);
    const start = performance.now();
    for (let round = 0; round < pace.rounds && !watch.signal.aborted; round++) {
      if (round > 0 && (performance.now() - start) * (1 + 1 / round) > 1000 * pace.cellSeconds) break;
      watch.report(`round ${round + 1} of ${pace.rounds}`);
      await takeTurns(racers, round, pace, total);
    }
    for (const { process } of contenders) await process.ask('release', {});
  } catch (error) {
    if (!watch.signal.aborted) record.error = error instanceof Error ? error.message : String(error);
  }
  return compareRows(record);
}

/** The record of a cell before anything is measured. */
export function emptyRecord({ name, title, unit, total, place }: BenchCell): CellRecord {
  return { name, title, unit, total, place, agreements: [], rows: [], notes: [] };
}

/** Who fills a turn alone and is many times slower than the best of the same side has shown enough in the trial. */
function withoutStragglers(entrants: readonly Entrant[], { turnSeconds }: Pace): Entrant[] {
  return entrants.filter((entrant) => {
    const ofSide = entrants.filter(({ row }) => row.side === entrant.row.side);
    const quickest = Math.min(...ofSide.map(bestTried));
    // The first row of a side is what the cell is about.
    if (entrant === ofSide[0]) return true;
    return bestTried(entrant) <= 1000 * turnSeconds || bestTried(entrant) <= STRAGGLER * quickest;
  });
}

function bestTried({ row }: Entrant): number {
  return Math.min(...row.tried.map(({ milliseconds }) => milliseconds));
}

/** The quickest row of the rivals and of each way to compile ours after the trial: whole runs take too long for all of them. */
function quickestToRun(entrants: readonly Entrant[]): Entrant[] {
  const chosen = new Map<string, Entrant>();
  for (const entrant of entrants.toSorted((a, b) => bestTried(a) - bestTried(b))) {
    const { side, group } = entrant.row;
    const kind = side === 'ours' ? group : side;
    if (!chosen.has(kind)) chosen.set(kind, entrant);
  }
  return [...chosen.values()];
}

/** A run begins with its first step, which the trial has made already. */
async function startOver(cell: BenchCell, entrants: Entrant[], { compiled }: CellWatch): Promise<Entrant[]> {
  for (const { contender } of entrants) await contender.process.ask('prepare', { work: cell.work, compiled });
  return entrants;
}

/** One turn for everybody. The order rotates, so that nobody always follows the same neighbour's heat. */
async function takeTurns(
  entrants: readonly Entrant[],
  round: number,
  pace: Pace,
  total: number | undefined,
): Promise<void> {
  const { rounds, quiet } = pace;
  const taken = new Map<Entrant, number[]>();
  const first = round % entrants.length;
  for (const entrant of [...entrants.slice(first), ...entrants.slice(0, first)]) {
    await sleep(quiet);
    const { contender, variant, row, idle } = entrant;
    const turn =
      total === undefined
        ? { units: row.unitsPerSample, samples: samplesOfTurn(entrant, pace) }
        : { units: total / rounds, samples: 1 };
    const timing = await contender.process.ask('time', { variant, ...turn });
    const milliseconds = timing.milliseconds.map((each) => each / turn.units);
    row.unitsPerSample = turn.units;
    idle.processorSeconds += timing.idle.processorSeconds;
    idle.seconds += timing.idle.seconds;
    taken.set(entrant, milliseconds);
  }
  // A round counts once everybody has had a turn in it.
  for (const [{ row, idle }, milliseconds] of taken) {
    row.rounds.push(milliseconds);
    row.idleCores = idle.processorSeconds / idle.seconds;
  }
}

function samplesOfTurn(entrant: Entrant, { samples, turnSeconds }: Pace): number {
  const seconds = (entrant.row.unitsPerSample * bestTried(entrant)) / 1000;
  return Math.max(1, Math.min(samples, Math.floor(turnSeconds / seconds)));
}
