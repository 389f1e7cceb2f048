/** What the methods on one data set share: the floors and the clouds of the pictures. */
import { samplingFloor, wasserstein2 } from '@brenier/metrics';
import type { DataSetRecord } from '../results.js';
import { PICTURED_POINTS } from '../settings.js';
import { thin } from '../thinning.js';
import type { DataSetTask } from './messages.js';
import { seededTask } from './tasks.js';

/** Measures the floors of a data set at a seed. */
export function describeDataSet({ dataSet, seed, samples }: DataSetTask): DataSetRecord {
  const data = seededTask(dataSet, seed);
  const source = data.draw('source', 'test', samples);
  const target = data.draw('target', 'test', samples);
  const floor = samplingFloor(data.stream('floor'), data.task.target, samples, { repeats: FLOOR_REPEATS });
  return {
    name: dataSet,
    samplingFloor: floor.mean,
    energyFloor: wasserstein2(source, target).squared,
    source: thin(source.points, PICTURED_POINTS),
    target: thin(target.points, PICTURED_POINTS),
  };
}

/** Pairs of perfect samples behind a floor: its spread over pairs is about a hundredth of it. */
const FLOOR_REPEATS = 3;
