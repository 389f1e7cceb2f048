/** The laws at both ends as training sees them: fresh noise where the source is a Gaussian, else a training set; always a training set of data. */
import { cloudSource, generatorSource, type PointSource } from '@brenier/flows';
import type { PointCloud } from '@brenier/datasets';
import type { SeededTask } from '../cell/tasks.js';
import { PROTOCOL } from '../settings.js';

/** The ends of a data set at a seed. */
export interface TrainingData {
  readonly source: PointSource;
  readonly target: PointSource;
}

/** What a method is trained on. */
export function trainingData(data: SeededTask): TrainingData {
  return {
    source: data.hasGaussianSource
      ? generatorSource((rng, count) => data.task.source(rng, count), { dim: 2 })
      : cloudSource(trainingSet(data, 'source')),
    target: cloudSource(trainingSet(data, 'target')),
  };
}

/**
 * The same ends where the whole training set is wanted: asked for as many points as the set has, each of its points comes once, so
 * that no share of the mass is left to chance.
 *
 * @param data - the draws of the data set
 */
export function wholeTrainingData(data: SeededTask): TrainingData {
  return {
    source: data.hasGaussianSource ? trainingData(data).source : wholeSet(trainingSet(data, 'source')),
    target: wholeSet(trainingSet(data, 'target')),
  };
}

function trainingSet(data: SeededTask, end: 'source' | 'target'): PointCloud {
  return data.draw(end, 'train', PROTOCOL.trainSetSize);
}

function wholeSet(cloud: PointCloud): PointSource {
  const source = cloudSource(cloud);
  return {
    dim: cloud.dim,
    draw: (rng, count) => (count === cloud.count ? cloud.points.slice() : source.draw(rng, count)),
  };
}
