/** The data sets of the benchmark and how their samples are drawn: every set has a stream of its own. */
import { transportTasks, type PointCloud, type TransportTask, type TransportTaskName } from '@brenier/datasets';
import { createRng, type Rng } from '@brenier/random';
import type { DataSetName } from '../settings.js';

/** The draws of one data set at one seed. All methods share them, so that they differ in the method alone. */
export interface SeededTask {
  /** The column of the table. */
  name: DataSetName;
  /** Whether the source is N(0, I). */
  hasGaussianSource: boolean;
  task: TransportTask;
  /** A fresh, reproducible sample of the source or the target for the use that `label` names. */
  draw(end: 'source' | 'target', label: string, count: number): PointCloud;
  /** The stream for a use that is no sample. */
  stream(label: string): Rng;
}

/** The samples of a data set at a seed. */
export function seededTask(dataSet: DataSetName, seed: number): SeededTask {
  const task = transportTasks[taskName(dataSet)];
  const root = createRng(seed).fork(dataSet);
  return {
    name: dataSet,
    hasGaussianSource: dataSet !== 'moons→8gaussians',
    task,
    draw: (end, label, count) => task[end](root.fork(end).fork(label), count),
    stream: (label) => root.fork(label),
  };
}

/** The name of a data set among the transport tasks of `@brenier/datasets`. */
export function taskName(dataSet: DataSetName): TransportTaskName {
  return TASK_NAMES[dataSet];
}

const TASK_NAMES: Record<DataSetName, TransportTaskName> = {
  moons: 'moons',
  scurve: 'scurve',
  '8gaussians': 'eightGaussians',
  'moons→8gaussians': 'moonsToEightGaussians',
};
