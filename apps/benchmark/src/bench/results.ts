/** What a bench yields and writes: plain JSON. */
import type { MachineRecord } from '../results.js';
import type { Agreement } from './agreement.js';
import type { RatioSummary } from './statistics.js';

/** Whose code a row timed. */
export type Side = 'ours' | 'peer';

/** The ways in which ours is compiled, in the order of the columns of a summary; an engine may not know all. */
export const ourGroups = ['plain SIMD', 'fused multiply-add', '256-bit vectors', '256-bit and fused'] as const;

/** One of {@link ourGroups}. */
export type OurGroup = (typeof ourGroups)[number];

/** A cell as a point of a curve over sizes. */
export interface CellPlace {
  /** Cells of one series differ in size alone. */
  series: string;
  size: number;
}

/** One contender in one setting, timed. All times are milliseconds a unit. */
export interface RowRecord {
  side: Side;
  /** What computed. */
  name: string;
  threads: number;
  /** The group that this row stands for, for example `'eager'`. */
  group: string;
  /** The variant that was quickest before the rounds began. */
  variant: string;
  /** All variants of the group as they were tried. */
  tried: { variant: string; milliseconds: number }[];
  /** The samples of each round; none where the row was left out after the trial. */
  rounds: number[][];
  median?: number;
  minimum?: number;
  /** Against the best peer row: below 1 is quicker than it. */
  ratio?: RatioSummary;
  /** The numbers of its answer. */
  figures: Record<string, number>;
  /** Units of one sample. */
  unitsPerSample: number;
  /** Cores that the process kept busy while others had their turn. */
  idleCores: number;
}

/** One thing that was measured. */
export interface CellRecord {
  name: string;
  title: string;
  /** What the times are for. */
  unit: string;
  /** Units of a run that is measured from its first to its last; its rounds are its slices. */
  total?: number;
  place?: CellPlace;
  agreements: Agreement[];
  rows: RowRecord[];
  /** What was left out, and why. */
  notes: string[];
  /** Why nothing was timed. */
  error?: string;
}

/** A whole bench. */
export interface BenchResult {
  format: 'brenier-bench/1';
  suite: string;
  title: string;
  summary: string;
  startedAt: string;
  seconds: number;
  status: 'finished' | 'failed' | 'aborted';
  machine: MachineRecord;
  /** Processes that wanted a core, over the minute before the start: on a machine of our own nearly 0. */
  loadBefore: number;
  versions: Record<string, string>;
  peers: { command: string; versions: Record<string, string> } | { missing: string };
  rounds: number;
  cells: CellRecord[];
}
