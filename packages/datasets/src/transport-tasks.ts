// The four experiments of table 2 of Shi, De Bortoli, Campbell & Doucet, Diffusion Schrödinger bridge matching
// (NeurIPS 2023). The generators were never published with the table: these are inferred, from distances W2² that fit the
// path energies which it reports.
import { type Rng } from '@brenier/random';
import { addNoise } from './add-noise.js';
import { eightGaussians, eightGaussiansMixture } from './eight-gaussians.js';
import { gaussian } from './gaussian.js';
import { fillHalfCircles } from './half-circles.js';
import { moons } from './moons.js';
import { createCloud, type PointCloud, type PointSampler } from './point-cloud.js';
import { scurve } from './scurve.js';

/** Two laws to be joined, given by their samplers. */
export interface TransportTask {
  /** The column of the table, as printed there. */
  readonly title: string;
  /** Draws from the law at time 0. */
  readonly source: PointSampler;
  /** Draws from the law at time 1. */
  readonly target: PointSampler;
}

/** The names of the four tasks. */
export type TransportTaskName = 'moons' | 'scurve' | 'eightGaussians' | 'moonsToEightGaussians';

/**
 * The four experiments by which 2-D flow and bridge matching methods are compared, one for each column of the table.
 *
 * `moons`, `scurve` and `eightGaussians` start from N(0, I₂). `moonsToEightGaussians` starts from half circles with
 * noise 0.1, standardised by the mean and the standard deviation over all entries of both coordinates of the drawn
 * sample, times 7; its target has radius 12 and sd 1.5, the mode of each point drawn at random. Half circles and eight
 * Gaussians of equal counts are dealt out evenly: draw many at once, and batches from these.
 *
 * @example
 * A training set and a test set for one of them.
 * ```ts
 * import { transportTasks } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const { source, target } = transportTasks.moonsToEightGaussians;
 * const rng = createRng(42);
 * const train = { x0: source(rng.fork('train x0'), 100), x1: target(rng.fork('train x1'), 100) };
 * [train.x0.count, train.x1.count]; // => [100, 100]
 * ```
 */
export const transportTasks: Readonly<Record<TransportTaskName, TransportTask>> = /* @__PURE__ */ Object.freeze({
  moons: defineTask('moons', standardNormal, (rng, count) => moons(rng, count)),
  scurve: defineTask('scurve', standardNormal, (rng, count) => scurve(rng, count)),
  eightGaussians: defineTask('8gaussians', standardNormal, (rng, count) => eightGaussians(rng, count)),
  moonsToEightGaussians: defineTask('moons→8gaussians', standardisedMoons, distantMixture),
});

function defineTask(title: string, source: PointSampler, target: PointSampler): TransportTask {
  return Object.freeze({ title, source, target });
}

function standardNormal(rng: Rng, count: number): PointCloud {
  return gaussian(rng, count);
}

function distantMixture(rng: Rng, count: number): PointCloud {
  return eightGaussiansMixture(rng, count, { radius: 12, sd: 1.5 });
}

function standardisedMoons(rng: Rng, count: number): PointCloud {
  const cloud = createCloud(rng, count, 2);
  const { points } = cloud;
  fillHalfCircles(rng, points, count);
  addNoise(rng, points, 0.1);
  let mean = 0;
  for (const each of points) mean += each / points.length;
  let variance = 0;
  for (const each of points) variance += (each - mean) ** 2 / points.length;
  const scale = 7 / Math.sqrt(variance);
  for (let i = 0; i < points.length; i++) points[i] = scale * (points[i] - mean);
  return cloud;
}
