/** What one cell of the table yields, and what a whole run writes: plain JSON. */
import type { CellSettings } from './settings.js';

/** The training half of a cell. */
export interface TrainingRecord {
  status: 'finished' | 'time-limit' | 'aborted';
  /** Steps done, of the steps asked for. */
  step: number;
  /** Mean loss per window of steps. */
  losses: { step: number; loss: number }[];
  /** Seconds of training without pairing. */
  trainingSeconds: number;
  /** Seconds spent on drawing and pairing minibatches. */
  pairingSeconds: number;
  /** The line that says which engine ran and why. */
  engine: string;
}

/** The judging half of a cell. All W2 are roots, all energies squares. */
export interface JudgementRecord {
  /** W2 between the generated and the test samples. */
  w2: number;
  /** E∫‖v‖²dt along the generated paths. */
  pathEnergy: number;
  /** Seconds of sampling `samples` points with `numSteps` Euler steps. */
  samplingSeconds: number;
  /** Seconds of the exact W2 between generated and test samples, its proof included. */
  w2Seconds: number;
  /** Worst reduced-cost violation of the proof behind `w2`, divided by the largest cost. */
  w2RelativeViolation: number;
  /** Network evaluations per sample. */
  nfe: number;
}

/** Points for the pictures, thinned, flat [x, y, x, y, …], rounded to 4 digits. */
interface PictureRecord {
  generated: number[];
  /** One flat polyline per path. */
  paths: number[][];
  /** One minibatch as its pairing couples it: flat [x0, y0, x1, y1, …]. */
  pairs: number[];
}

export interface CellResult {
  settings: CellSettings;
  training: TrainingRecord;
  judgement: JudgementRecord;
  pictures: PictureRecord;
}

/** A cell beside what its data set demands at least. */
export interface ComparedCell extends CellResult {
  /** |path energy − W2²(p0, p1)| / W2²(p0, p1). */
  npe: number;
}

/** What the methods on one data set share. */
export interface DataSetRecord {
  name: string;
  /** Mean W2 between independent draws of the target and the test sample: no method can be expected below it. */
  samplingFloor: number;
  /** W2² between a source and a target sample: the least path energy. */
  energyFloor: number;
  /** Points for the pictures, thinned. */
  source: number[];
  target: number[];
}

export interface RunResult {
  format: 'brenier-benchmark/1';
  startedAt: string;
  seconds: number;
  status: 'finished' | 'time-limit' | 'aborted';
  machine: MachineRecord;
  versions: Record<string, string>;
  settings: Record<string, { value: string | number; origin: 'published protocol' | 'inferred' | 'ours' }>;
  dataSets: DataSetRecord[];
  cells: ComparedCell[];
}

export interface MachineRecord {
  platform: string;
  arch: string;
  cpu: string;
  cores: number;
  memoryGiB: number;
  node: string;
}
