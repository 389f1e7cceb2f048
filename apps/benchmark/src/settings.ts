/** What a run is asked to do, and the protocol that all its cells share. */
import type { PUBLISHED_DATA_SETS, PUBLISHED_METHODS } from './published.js';

export type MethodName = (typeof PUBLISHED_METHODS)[number];
export type DataSetName = (typeof PUBLISHED_DATA_SETS)[number];

/** What the user may choose. */
export interface RunSettings {
  dataSets: DataSetName[];
  methods: MethodName[];
  seeds: number[];
  /** Optimizer steps of every cell; where it is absent, as many as each method's recipe says. */
  steps?: number;
  /** Whether the recipes' step counts are those for a first look. */
  isQuick: boolean;
  /** Seconds of training for the whole run, shared by its cells; `Infinity` for no limit. */
  timeLimit: number;
  /** Generated and test samples per cell. */
  samples: number;
  /** Multiples of a bridge's own σ at which the sweep trains it once more; empty for no sweep. */
  sweep: number[];
}

/** What one cell needs to know, and all that its numbers depend on: plain data, it crosses threads and machines. */
export interface CellSettings {
  dataSet: DataSetName;
  method: MethodName;
  seed: number;
  steps: number;
  samples: number;
  /** The noise of the reference process, where it is not the method's own: a point of the sweep. */
  sigma?: number;
  /** Whether the cell also gives its pictures and its curve over numbers of sampling steps. */
  isPictured: boolean;
}

/** The protocol of the table: the baselines' network and optimizer, which a recipe may depart from, and what all cells share. */
export const PROTOCOL = {
  hidden: [64, 64, 64],
  batchSize: 512,
  sigma: 0.1,
  learningRate: 1e-3,
  weightDecay: 1e-5,
  trainSetSize: 10_000,
  eulerSteps: 20,
  energySteps: 100,
  nfeCurve: [5, 10, 20, 50, 100],
  sinkhornPoints: 2000,
  sinkhornEpsilon: { moons: 0.2, scurve: 0.2, '8gaussians': 1, 'moons→8gaussians': 5 },
} as const;

/** Points of a cloud in a picture. */
export const PICTURED_POINTS = 1000;

/** A cell's name in files and on screen. */
export function cellName(cell: Pick<CellSettings, 'dataSet' | 'method' | 'seed' | 'sigma'>): string {
  const sigma = cell.sigma === undefined ? '' : `-sigma-${cell.sigma}`;
  return `${cell.dataSet}-${cell.method}-${cell.seed}${sigma}`.toLowerCase().replace('→', '-to-').replace('+', '-plus');
}
