/** How a cell is timed, and what goes on around it. */

/** How long and how often to time. */
export interface Pace {
  rounds: number;
  /** Samples of a row in one round; one where a cell is a run. */
  samples: number;
  /** Seconds that a sample should take. */
  sampleSeconds: number;
  /** Seconds that a turn should not exceed: long units get fewer samples, at least one, and their first answer is their trial. */
  turnSeconds: number;
  /** Seconds after which no further round begins; the first always does. */
  cellSeconds: number;
  /** Milliseconds of quiet before each turn, in which the threads of the turn before fall asleep. */
  quiet: number;
}

/** What goes on around the timing. */
export interface CellWatch {
  signal: AbortSignal;
  /** Whether rivals may compile their networks. */
  compiled: boolean;
  report(text: string): void;
}
