/** A suite: what one `pnpm bench <name>` measures. */
import type { Option } from 'commander';
import type { Comparison } from '../agreement.js';
import type { Work } from '../contender/work.js';
import type { Pace } from '../pace.js';
import type { BenchResult, CellPlace } from '../results.js';

/** What the user may choose for a suite. */
export interface SuiteSettings {
  /** Steps of a whole training run. */
  steps: number;
  /** Seed of weights, data and batches. */
  seed: number;
  /** What the suite's own options give, by their names. */
  chosen?: Readonly<Record<string, unknown>>;
}

/** One thing to measure. */
export interface BenchCell {
  /** Its name on the command line. */
  name: string;
  title: string;
  /** What one repetition is, in the singular. */
  unit: string;
  /** Units of a run that is measured from its first to its last; default: the unit is repeated as often as time allows. */
  total?: number;
  work: Work;
  /** What must agree before anything is timed. Default: every quantity, to what float32 explains. */
  agreement?: Comparison;
  /** Where its times belong in a plot over sizes. */
  place?: CellPlace;
  /**
   * How it is timed: in rounds; as the first call of a process beside its later ones, with new processes in each round; or once, with the
   * answer of that one time. Default: in rounds.
   */
  timing?: 'rounds' | 'first call' | 'once';
  /** Whether rivals stay out of it. Default: false. */
  oursAlone?: boolean;
}

/** How the result of a suite is shown. */
interface SuiteReport {
  /** The page. */
  page(result: BenchResult): string;
  /** What the terminal prints. */
  text(result: BenchResult): string;
}

/** A suite of cells. */
export interface Suite {
  name: string;
  title: string;
  /** Whom it knows how to time in turn with ours. */
  rivals: string;
  /** What is timed on both sides, in a few sentences of plain text. */
  summary: string;
  /** What the command line offers beside what all suites have. Default: nothing. */
  options?: readonly Option[];
  /** What replaces the usual pace. */
  pace?: Partial<Pace>;
  /**
   * Whether each cell is measured by new processes, one on each side with all threads, so that memory is that of the cell. Default: the
   * same processes for all cells, one for each number of threads and each way to compile.
   */
  freshProcesses?: boolean;
  /** Default: the tables and figures of every cell. */
  report?: SuiteReport;
  cells(settings: SuiteSettings): BenchCell[] | Promise<BenchCell[]>;
}
