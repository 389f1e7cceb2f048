/** The monitor of a learned bridge. Marginals drift by the sum of the errors of all half-steps: better seen than assumed. */
import { slicedWasserstein2, trajectoryEnergy } from '@brenier/metrics';
import type { Rng } from '@brenier/random';
import { euler, runIntegration, startIntegration, type ArrayField } from '@brenier/samplers';
import type { Direction } from '../matching/drift-matching.js';
import { drawChecked } from '../matching/point-source.js';
import type { BridgeTraining } from './bridge-training.js';
import type { BridgeMonitor } from './half-step-record.js';
import { simulateEnds } from './simulate.js';

/** Most points that the flow carries: its energy is a mean, which asks for fewer than a covariance does. */
const MOST_FLOW_POINTS = 2000;

/** The widest points whose whole covariance is kept. */
const WIDEST_COVARIANCE = 64;

/**
 * Simulates the process of a drift and looks at where it arrives; `undefined` where the signal was raised meanwhile.
 *
 * @param flow - the probability flow, where both drifts were fitted
 */
export async function monitorDrift(
  rng: Rng,
  job: BridgeTraining,
  direction: Direction,
  drift: ArrayField,
  flow: ArrayField | undefined,
): Promise<BridgeMonitor | undefined> {
  const { dim, source, target, monitorCount: count } = job;
  const sourcePoints = drawChecked('source', source, rng.fork('source'), count);
  const targetPoints = drawChecked('target', target, rng.fork('target'), count);
  const [start, goal] = direction === 'forward' ? [sourcePoints, targetPoints] : [targetPoints, sourcePoints];
  const arrived = await simulateEnds(rng.fork('noise'), drift, direction, start, job);
  if (arrived === undefined) return undefined;
  const seen = moments(arrived, dim);
  const wanted = moments(goal, dim);
  const energy = flow && (await flowEnergy(flow, sourcePoints.subarray(0, MOST_FLOW_POINTS * dim), job));
  if (flow !== undefined && energy === undefined) return undefined;
  return {
    count,
    mean: [...seen.mean],
    variance: [...seen.variance],
    ...(seen.covariance && { covariance: [...seen.covariance] }),
    meanError: distance(seen.mean, wanted.mean),
    covarianceError: distance(seen.covariance ?? seen.variance, wanted.covariance ?? wanted.variance),
    slicedW2: slicedWasserstein2(rng.fork('directions'), arrived, goal, { dim }).value,
    endpointCovariance: meanCovariance(start, arrived, dim),
    ...(energy !== undefined && { pathEnergy: energy }),
  };
}

async function flowEnergy(
  flow: ArrayField,
  start: Float64Array,
  { dim, numSteps, signal, simulationBatch }: BridgeTraining,
): Promise<number | undefined> {
  const lot = simulationBatch * dim;
  let sum = 0;
  for (let first = 0; first < start.length; first += lot) {
    const points = start.subarray(first, first + lot);
    const integration = startIntegration(flow, points, { method: euler(), numSteps, keep: 'trajectory', signal });
    const { status, times, states } = await runIntegration(integration);
    if (status === 'aborted') return undefined;
    sum += trajectoryEnergy(times, states, { dim }) * points.length;
  }
  return sum / start.length;
}

interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly covariance: Float64Array | undefined;
}

function moments(points: Float64Array, dim: number): Moments {
  const mean = meanOf(points, dim);
  const variance = covarianceDiagonal(points, mean, points, mean);
  if (dim > WIDEST_COVARIANCE) return { mean, variance, covariance: undefined };
  const covariance = new Float64Array(dim * dim);
  for (let i = 0; i < points.length; i += dim) {
    for (let k = 0; k < dim; k++) {
      const deviation = points[i + k] - mean[k];
      for (let l = 0; l < dim; l++) covariance[k * dim + l] += deviation * (points[i + l] - mean[l]);
    }
  }
  const count = points.length / dim;
  return { mean, variance, covariance: covariance.map((each) => each / count) };
}

function meanOf(points: Float64Array, dim: number): Float64Array {
  const sum = new Float64Array(dim);
  for (let j = 0; j < points.length; j++) sum[j % dim] += points[j];
  return sum.map((each) => each / (points.length / dim));
}

/** Cov(x_k, y_k) for each coordinate k. */
function covarianceDiagonal(x: Float64Array, xMean: Float64Array, y: Float64Array, yMean: Float64Array): Float64Array {
  const dim = xMean.length;
  const sum = new Float64Array(dim);
  for (let j = 0; j < x.length; j++) sum[j % dim] += (x[j] - xMean[j % dim]) * (y[j] - yMean[j % dim]);
  return sum.map((each) => each / (x.length / dim));
}

function meanCovariance(x: Float64Array, y: Float64Array, dim: number): number {
  const diagonal = covarianceDiagonal(x, meanOf(x, dim), y, meanOf(y, dim));
  return diagonal.reduce((sum, each) => sum + each, 0) / dim;
}

function distance(x: Float64Array, y: Float64Array): number {
  return Math.sqrt(x.reduce((sum, each, k) => sum + (each - y[k]) * (each - y[k]), 0));
}
