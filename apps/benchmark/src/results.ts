/** What one cell of the table yields, and what a whole run writes: plain JSON. */
import type { CellSettings, DataSetName } from './settings.js';

/** Where a setting comes from. */
export type SettingOrigin = 'published protocol' | 'inferred' | 'ours';

/** A setting as the report prints it. */
export interface SettingRecord {
  readonly value: string | number;
  readonly origin: SettingOrigin;
}

/** The training half of a cell. */
export interface TrainingRecord {
  status: 'finished' | 'time-limit' | 'aborted';
  /** Steps done, of the steps asked for. */
  step: number;
  /** Mean loss per window of steps. */
  losses: { step: number; loss: number }[];
  /** Seconds of training without pairing, those of runs before a resume included. */
  trainingSeconds: number;
  /** Seconds spent on drawing and pairing minibatches, likewise. */
  pairingSeconds: number;
  /** The line that says which engine ran and why. */
  engine: string;
  /** What each iteration of a bridge gave; empty for flows. */
  iterations: IterationRecord[];
}

/** A bridge after one of its iterations, judged with the samples of the cell, or fewer of them. */
export interface IterationRecord {
  /** From 1. */
  iteration: number;
  /** Sliced W2 between what arrives at time 1 and the target. */
  slicedW2Target: number;
  /** Sliced W2 between what arrives at time 0 and the source. */
  slicedW2Source: number;
  /** Exact W2 at time 1, of fewer points than the cell's: for the shape of the curve. */
  w2: number;
  /** Path energy of the probability flow. */
  pathEnergy: number;
}

/** The judging half of a cell. All W2 are roots, all energies squares. */
export interface JudgementRecord {
  /** W2 between the generated and the test samples. */
  w2: number;
  /** Sinkhorn divergence between them, debiased, with its ε. */
  sinkhornDivergence: { value: number; epsilon: number };
  /** E∫‖v‖²dt along the generated paths. */
  pathEnergy: number;
  /** W2 for several numbers of steps, of all samples; empty where the cell has no pictures. */
  nfeCurve: { nfe: number; w2: number }[];
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
export interface PictureRecord {
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
  /** Cells of the first seed carry them, the others do not. */
  pictures?: PictureRecord;
}

/** A cell beside what its data set demands at least. */
export interface ComparedCell extends CellResult {
  /** W2²(p0, p1) between the samples of its seed. */
  energyFloor: number;
  /** |path energy − W2²(p0, p1)| / W2²(p0, p1). */
  npe: number;
  /** What the exact bridge at the σ of the method spends here; absent where the method has no noise. */
  exactBridge?: { sigma: number; pathEnergy: number };
}

/** What the methods on one data set share at one seed. */
export interface FloorRecord {
  dataSet: DataSetName;
  seed: number;
  /** W2 between independent draws of the target and the test sample, several draws. */
  samplingDistances: number[];
  /** W2² between the source and the target test sample: the least path energy. */
  energyFloor: number;
  /** Points for the pictures, thinned. */
  source: number[];
  target: number[];
}

/** The path energy of the exact bridge of a data set at one σ. */
export interface ExactBridgeRecord {
  dataSet: DataSetName;
  sigma: number;
  pathEnergy: number;
  /** How far a coarser computation is off: more than the error of this one. */
  error: number;
}

/** What the methods on one data set share. */
export interface DataSetRecord {
  name: string;
  /** W2 between independent draws of the target and the test sample, three a seed: no method can be expected below it. */
  samplingFloor: { mean: number; sd: number };
  /** W2² between a source and a target sample: the least path energy; one a seed, and the sd is 0 where there is one seed. */
  energyFloor: { mean: number; sd: number };
  /** Path energy of the exact bridge at each σ that a method or a sweep uses on this data set. */
  exactBridge: { sigma: number; pathEnergy: number }[];
  /** Points for the pictures, thinned. */
  source: number[];
  target: number[];
}

/** One point of the sweep over the noise of the reference. */
export interface SweepRecord {
  settings: CellSettings;
  sigma: number;
  w2: number;
  pathEnergy: number;
}

/** A cell that could not be trained or judged. */
export interface CellFailure {
  /** The cell's name. */
  cell: string;
  /** Why, in one sentence. */
  reason: string;
}

export interface RunResult {
  format: 'brenier-benchmark/2';
  /** What was typed, without paths. */
  command: string;
  /** When the command was started that wrote this, be it the first or one that resumed. */
  startedAt: string;
  /** `'failed'` where a cell is missing because it could not be computed. */
  status: 'finished' | 'time-limit' | 'aborted' | 'failed';
  machine: MachineRecord;
  versions: Record<string, string>;
  /** Settings of the run, then those of each method under its name. */
  settings: Record<string, SettingRecord>;
  methodSettings: Record<string, Record<string, SettingRecord>>;
  dataSets: DataSetRecord[];
  cells: ComparedCell[];
  sweep: SweepRecord[];
  /** The cells that are missing although the run came to them. */
  failures: CellFailure[];
}

export interface MachineRecord {
  platform: string;
  arch: string;
  cpu: string;
  cores: number;
  memoryGiB: number;
  node: string;
}
