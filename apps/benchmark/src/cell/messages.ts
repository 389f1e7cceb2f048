/** What crosses the border between the main thread and a cell's thread. */
import type { MessagePort } from 'node:worker_threads';
import type { CellSettings } from '../settings.js';

/** One cell's work order. */
export interface CellTask {
  settings: CellSettings;
  /** Seconds of training. */
  timeLimit: number;
  /** File of the training checkpoint; continued from where it exists. */
  checkpoint: string;
  /** Carries {@link CellEvent} out, and the word 'stop' in. */
  port: MessagePort;
}

/** One data set's work order. */
export interface DataSetTask {
  dataSet: CellSettings['dataSet'];
  seed: number;
  samples: number;
}

/** Where a cell stands. */
export type CellEvent =
  | { phase: 'training'; step: number; steps: number; loss: number; stepsPerSecond: number; secondsLeft: number }
  | { phase: 'sampling' }
  | { phase: 'judging' };
