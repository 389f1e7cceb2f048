/** What the methods on one data set share at a seed: the floors, and the clouds of the pictures. */
import type { PointCloud } from '@brenier/datasets';
import { wasserstein2 } from '@brenier/metrics';
import type { Rng } from '@brenier/random';
import type { FloorRecord } from '../results.js';
import { PICTURED_POINTS } from '../settings.js';
import { thin } from '../thinning.js';
import { pickPoints } from './pick-points.js';
import { seededTask, type SeededTask } from './tasks.js';
import type { FloorOrder } from './work-order.js';

/** Measures the floors of a data set at a seed. */
export function describeDataSet({ dataSet, seed, samples }: FloorOrder): FloorRecord {
  const data = seededTask(dataSet, seed);
  const source = data.draw('source', 'test', samples);
  const target = data.draw('target', 'test', samples);
  return {
    dataSet,
    seed,
    samplingDistances: Array.from({ length: FLOOR_REPEATS }, (_, i) => {
      const perfect = independentSample(data, data.stream('floor').fork(i), samples);
      return wasserstein2(perfect, target).value;
    }),
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
  return pickPoints(rng.fork('pick'), task.target(rng.fork('pool'), POOL_SIZE * count), count);
}
