/** A process that takes part in a cell. */
import type { ContenderProcess } from './process.js';
import type { Variant } from './protocol.js';
import type { RowRecord, Side } from '../results.js';

/** A process with its place in the table. */
export interface Contender {
  side: Side;
  threads: number;
  process: ContenderProcess;
}

/** A row of the table while it is timed. */
export interface Entrant {
  contender: Contender;
  variant: Variant;
  row: RowRecord;
  /** What the process did when it was not its turn, so far; its rows share this. */
  idle: { processorSeconds: number; seconds: number };
}
