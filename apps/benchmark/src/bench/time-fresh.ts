/** Timing where processes must be new: the first call of a process, and works too long to be repeated. */
import { compareAnswers } from './agreement.js';
import { compareRows } from './compare-rows.js';
import type { Contender } from './contender/contender.js';
import type { Variant } from './contender/protocol.js';
import type { CellWatch, Pace } from './pace.js';
import type { CellRecord, RowRecord } from './results.js';
import type { BenchCell } from './suite/suite.js';
import { emptyRecord } from './time-cell.js';
import { figuresOf } from './trial.js';
import { median } from './statistics.js';

/** Calls of a process; its last ten are warm. */
const CALLS = 40;
const WARM = 10;

/** Rounds of new processes. */
const MOST_PROCESSES = 7;

/**
 * Times the first call of a process beside its later ones. In each round everybody is started anew; the clock starts once the libraries are
 * loaded and the work is prepared.
 *
 * @param start - starts everybody; all of them are closed here
 */
export async function timeFirstCalls(
  cell: BenchCell,
  start: () => Promise<readonly Contender[]>,
  { rounds }: Pace,
  { signal, compiled, report }: CellWatch,
): Promise<CellRecord> {
  const record = emptyRecord(cell);
  const processes = Math.min(rounds, MOST_PROCESSES);
  const calls = new Map<string, { first: RowRecord; warm: RowRecord }>();
  for (let round = 0; round < processes && !signal.aborted; round++) {
    report(`processes ${round + 1} of ${processes}`);
    const contenders = await start();
    try {
      const answers = [];
      for (const contender of contenders) {
        const { side, process } = contender;
        const { name, variants } = await process.ask('prepare', { work: cell.work, compiled });
        const [variant] = variants;
        const { milliseconds } = await process.ask('time', { variant, units: 1, samples: CALLS });
        answers.push({ name, answer: await process.ask('answer', { variant }) });
        const rows = calls.get(side) ?? {
          first: emptyRow(contender, name, { ...variant, group: 'first call' }),
          warm: emptyRow(contender, name, { ...variant, group: 'warm call' }),
        };
        calls.set(side, rows);
        rows.first.rounds.push([milliseconds[0]]);
        rows.warm.rounds.push([median(milliseconds.slice(-WARM))]);
      }
      const [expected, ...others] = answers;
      for (const { name, answer } of others) compareAnswers(name, expected.answer, answer, cell.agreement);
    } catch (error) {
      if (!signal.aborted) record.error = error instanceof Error ? error.message : String(error);
      break;
    } finally {
      await Promise.all(contenders.map(({ process }) => process.close()));
    }
  }
  record.rows = [...calls.values()].flatMap(({ first, warm }) => [first, warm]);
  // A round that somebody did not finish is nobody's.
  const finished = Math.min(...record.rows.map((row) => row.rounds.length));
  for (const row of record.rows) row.rounds.length = finished;
  return compareRows(record);
}

/** Times a work once, and asks for the answer of that one time. */
export async function timeOnce(
  cell: BenchCell,
  contenders: readonly Contender[],
  { signal, compiled, report }: CellWatch,
): Promise<CellRecord> {
  const record = emptyRecord(cell);
  try {
    for (const contender of contenders) {
      const { process } = contender;
      const { name, variants } = await process.ask('prepare', { work: cell.work, compiled });
      const [variant] = variants;
      report('running');
      const { milliseconds } = await process.ask('time', { variant, units: 1, samples: 1 });
      const answer = await process.ask('answer', { variant });
      const row = emptyRow(contender, name, variant);
      record.rows.push({ ...row, rounds: [milliseconds], figures: figuresOf(answer) });
    }
  } catch (error) {
    if (!signal.aborted) record.error = error instanceof Error ? error.message : String(error);
  }
  return compareRows(record);
}

function emptyRow(contender: Contender, name: string, variant: Variant): RowRecord {
  const { name: variantName, group, threads = contender.threads } = variant;
  const timing = { tried: [], rounds: [], unitsPerSample: 1, idleCores: 0 };
  return { side: contender.side, name, threads, group, variant: variantName, figures: {}, ...timing };
}
