/** The trial before the rounds: who computes the right thing, and which variant of each group is the quickest. */
import { compareAnswers } from './agreement.js';
import type { Contender, Entrant } from './contender/contender.js';
import type { Answer, Variant } from './contender/protocol.js';
import type { CellWatch, Pace } from './pace.js';
import type { CellRecord } from './results.js';
import type { BenchCell } from './suite/suite.js';

/** Timings of a variant in the trial; the best counts. */
const TRIALS = 3;

/**
 * Lets every contender prepare, answer and try its variants. A variant that fails is left out with a note in the record.
 *
 * @returns one entrant for each group of each contender
 * @throws (rejects) Error where an answer differs from that of the first contender, or nobody has one
 */
export async function tryOut(
  cell: BenchCell,
  contenders: readonly Contender[],
  pace: Pace,
  watch: CellWatch,
  record: CellRecord,
): Promise<Entrant[]> {
  const entrants: Entrant[] = [];
  let expected: Answer | undefined;
  for (const contender of contenders) {
    const { process } = contender;
    const { name, variants } = await process.ask('prepare', { work: cell.work, compiled: watch.compiled });
    for (const variant of variants) {
      if (watch.signal.aborted) return entrants;
      const threads = variant.threads ?? contender.threads;
      const called = `${name}, ${threads} thread${threads === 1 ? '' : 's'}, ${variant.group}, ${variant.name}`;
      watch.report(`${called}: comparing its answer`);
      const start = performance.now();
      const got = await process.ask('answer', { variant }).catch((error: Error) => error);
      if (got instanceof Error) {
        record.notes.push(`Left out: ${called}. ${got.message}`);
        continue;
      }
      const milliseconds = performance.now() - start;
      if (expected === undefined) expected = got;
      else record.agreements.push(...compareAnswers(called, expected, got, cell.agreement));
      watch.report(`${called}: warming up`);
      const isLong = milliseconds > 1000 * pace.turnSeconds;
      const trial = isLong ? { milliseconds, units: 1 } : await tryVariant(contender, variant, pace);
      enter(entrants, contender, { name, variant, figures: figuresOf(got) }, trial);
    }
  }
  if (entrants.length === 0) throw new Error(`Nobody can do this. ${record.notes.join(' ')}`);
  return entrants;
}

interface Trial {
  milliseconds: number;
  units: number;
}

/** Finds how many units fill a sample, then takes the best of a few. */
async function tryVariant({ process }: Contender, variant: Variant, { sampleSeconds }: Pace): Promise<Trial> {
  let units = 1;
  for (;;) {
    const { milliseconds } = await process.ask('time', { variant, units, samples: 1 });
    const wanted = (units * 1000 * sampleSeconds) / Math.max(milliseconds[0], 1e-3);
    if (wanted <= 2 * units) break;
    // The first units are slow, so their time says little about thousands.
    units = Math.ceil(Math.min(wanted, 20 * units));
  }
  const { milliseconds } = await process.ask('time', { variant, units, samples: TRIALS });
  return { milliseconds: Math.min(...milliseconds) / units, units };
}

/** The numbers of an answer, without its arrays. */
export function figuresOf(answer: Answer): Record<string, number> {
  const isNumber = (entry: [string, Answer[string]]): entry is [string, number] => typeof entry[1] === 'number';
  return Object.fromEntries(Object.entries(answer).filter(isNumber));
}

/** The first of a group founds a row; another takes it over where it is quicker. */
function enter(
  entrants: Entrant[],
  contender: Contender,
  { name, variant, figures }: { name: string; variant: Variant; figures: Record<string, number> },
  trial: Trial,
): void {
  const { side } = contender;
  const { group, threads = contender.threads } = variant;
  const tried = { variant: variant.name, milliseconds: trial.milliseconds };
  const before = entrants.find((each) => each.contender === contender && each.variant.group === group);
  if (before === undefined) {
    const chosen = { variant: variant.name, tried: [tried], unitsPerSample: trial.units };
    const row = { side, name, threads, group, ...chosen, figures, rounds: [], idleCores: 0 };
    const idle = entrants.find((each) => each.contender === contender)?.idle ?? { processorSeconds: 0, seconds: 0 };
    entrants.push({ contender, variant, row, idle });
    return;
  }
  const isQuicker = before.row.tried.every(({ milliseconds }) => trial.milliseconds < milliseconds);
  before.row.tried.push(tried);
  if (!isQuicker) return;
  before.variant = variant;
  before.row.variant = variant.name;
  before.row.figures = figures;
  before.row.unitsPerSample = trial.units;
}
