/** A suite: what one `pnpm bench <name>` measures. */
import type { Work } from '../contender/work.js';

/** What the user may choose for a suite. */
export interface SuiteSettings {
  /** Steps of a whole training run. */
  steps: number;
  /** Seed of weights, data and batches. */
  seed: number;
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
}

/** A suite of cells. */
export interface Suite {
  name: string;
  title: string;
  /** What is timed on both sides, in a few sentences of plain text. */
  summary: string;
  cells(settings: SuiteSettings): BenchCell[];
}
