/** What the methods on one data set share: the floors and the clouds of the pictures. */
import type { PointCloud } from '@brenier/datasets';
import { wasserstein2 } from '@brenier/metrics';
import { permutation, type Rng } from '@brenier/random';
import type { DataSetRecord } from '../results.js';
import { PICTURED_POINTS } from '../settings.js';
import { thin } from '../thinning.js';
import type { DataSetTask } from './messages.js';
import { seededTask, type SeededTask } from './tasks.js';

/** Measures the floors of a data set at a seed. */
export function describeDataSet({ dataSet, seed, samples }: DataSetTask): DataSetRecord {
  const data = seededTask(dataSet, seed);
  const source = data.draw('source', 'test', samples);
  const target = data.draw('target', 'test', samples);
  const distances = Array.from({ length: FLOOR_REPEATS }, (_, i) => {
    const perfect = independentSample(data, data.stream('floor').fork(i), samples);
    return wasserstein2(perfect, target).value;
  });
  return {
    name: dataSet,
    samplingFloor: distances.reduce((sum, distance) => sum + distance / FLOOR_REPEATS, 0),
    energyFloor: wasserstein2(source, target).squared,
    source: thin(source.points, PICTURED_POINTS),
    target: thin(target.points, PICTURED_POINTS),
  };
}

const FLOOR_REPEATS = 3;
const POOL_SIZE = 8;

/**
 * What a perfect model would generate. The table's generators space their points evenly and fill their modes equally, which no
 * model of independent samples does: so these are picked at random from a pool that is several times as large.
 */
function independentSample({ task }: SeededTask, rng: Rng, count: number): PointCloud {
  const { points, count: poolCount, dim } = task.target(rng.fork('pool'), POOL_SIZE * count);
  const picked = permutation(rng.fork('pick'), poolCount).subarray(0, count);
  return {
    points: Float64Array.from({ length: count * dim }, (_, k) => points[picked[Math.floor(k / dim)] * dim + (k % dim)]),
    count,
    dim,
  };
}
