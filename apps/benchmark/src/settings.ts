/** Every setting of a run, with where it comes from. */

/** The methods of this benchmark, by their names in the published table. */
export const METHOD_NAMES = ['CFM', 'OT-CFM'] as const;
export type MethodName = (typeof METHOD_NAMES)[number];

/** The columns of the published table that this benchmark trains on. */
export const DATA_SET_NAMES = ['moons', '8gaussians'] as const;
export type DataSetName = (typeof DATA_SET_NAMES)[number];

/** What the user may choose. */
export interface RunSettings {
  dataSets: DataSetName[];
  methods: MethodName[];
  seed: number;
  /** Optimizer steps per cell. */
  steps: number;
  /** Seconds of training for the whole run, shared by its cells. */
  timeLimit: number;
  /** Generated and test samples per cell. */
  samples: number;
  /** Cells that train at the same time. */
  threads: number;
}

/** What one cell needs to know: plain data, it crosses a thread border. */
export interface CellSettings {
  dataSet: DataSetName;
  method: MethodName;
  seed: number;
  steps: number;
  samples: number;
}

/** The protocol of the table, fixed here. */
export const PROTOCOL = {
  hidden: [64, 64, 64],
  batchSize: 512,
  sigma: 0.1,
  learningRate: 1e-3,
  weightDecay: 1e-5,
  trainSetSize: 10_000,
  eulerSteps: 20,
  energySteps: 100,
} as const;

/** Points of a cloud in a picture. */
export const PICTURED_POINTS = 2500;

type Origin = 'published protocol' | 'inferred' | 'ours';

/** The settings as the report prints them: name → value and origin. */
export function describeSettings(run: RunSettings): Record<string, { value: string | number; origin: Origin }> {
  return {
    network: { value: `3-${PROTOCOL.hidden.join('-')}-2, SELU, raw time`, origin: 'published protocol' },
    optimizer: {
      value: `AdamW, learning rate ${PROTOCOL.learningRate}, weight decay ${PROTOCOL.weightDecay}`,
      origin: 'published protocol',
    },
    'batch size': { value: PROTOCOL.batchSize, origin: 'published protocol' },
    'path noise σ': { value: PROTOCOL.sigma, origin: 'published protocol' },
    'training set': { value: PROTOCOL.trainSetSize, origin: 'published protocol' },
    'steps per cell, at most': { value: run.steps, origin: run.steps === 20_000 ? 'published protocol' : 'ours' },
    'training time, all cells': { value: `${run.timeLimit} s`, origin: 'ours' },
    sampling: { value: `${PROTOCOL.eulerSteps} Euler steps`, origin: 'published protocol' },
    'samples per cell': { value: run.samples, origin: run.samples === 10_000 ? 'published protocol' : 'ours' },
    'path energy': {
      value: `∫‖v‖²dt by the trapezoidal rule along ${PROTOCOL.energySteps} midpoint steps`,
      origin: 'ours',
    },
    'data generators': { value: 'table variants of @brenier/datasets', origin: 'inferred' },
    seed: { value: run.seed, origin: 'ours' },
  };
}

/** A cell's name in files and on screen. */
export function cellName(cell: Pick<CellSettings, 'dataSet' | 'method'>): string {
  return `${cell.dataSet}-${cell.method}`.toLowerCase();
}
