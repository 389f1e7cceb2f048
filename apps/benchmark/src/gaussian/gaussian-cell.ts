/** One cell of the Gaussian experiment, from draws to divergences. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import {
  bridgeFields,
  brownian,
  dsb,
  dsbm,
  type BridgeTrainingOptions,
  type HalfStepRecord,
  type LearnedBridge,
  type PointSource,
} from '@brenier/bridges';
import { gaussianKl } from '@brenier/metrics';
import { adam, constantRate, cosineDecay, fusedMlp } from '@brenier/nets/fused';
import { fileCheckpoint } from '@brenier/nets/node';
import { createRng, fillNormal, type Rng } from '@brenier/random';
import { eulerMaruyama, integrateSde, type ArrayField } from '@brenier/samplers';
import { bridgeVariance } from './exact-iterates.js';
import type { GaussianCell, GaussianDivergences, GaussianOrder, HalfIteration } from './gaussian-results.js';
import { GAUSSIAN } from './gaussian-settings.js';

/** What a thread is given. */
export interface GaussianAssignment {
  order: GaussianOrder;
  /** The file of its checkpoint. */
  checkpoint: string;
  /** Tells where the cell stands; whatever comes back asks to stop. */
  port: MessagePort;
}

const { shift, sigma, hidden, eulerSteps, samples, delta } = GAUSSIAN;

/** Does what a thread of the pool is given. */
export async function fillGaussianOrder({ order, checkpoint, port }: GaussianAssignment): Promise<GaussianCell> {
  const controller = new AbortController();
  port.once('message', () => controller.abort());
  try {
    // A stop that was asked for before this thread listened.
    await sleep(0);
    return await runGaussianCell(order, checkpoint, controller.signal, (text) => port.postMessage(text));
  } finally {
    port.close();
  }
}

async function runGaussianCell(
  { settings, method, dim, seed }: GaussianOrder,
  checkpoint: string,
  signal: AbortSignal,
  tell: (text: string) => void,
): Promise<GaussianCell> {
  const start = performance.now();
  const rng = createRng(seed).fork(`${method} ${dim}`);
  const network = fusedMlp({ dim, hidden, activation: 'silu', time: 'raw' });
  const networks = { forward: network, backward: network };
  const { halfIterations, firstSteps, steps, batchSize, learningRate, schedule, refreshEvery, weight } = settings;
  const options: BridgeTrainingOptions = {
    source: normalLaw(dim, -shift),
    target: normalLaw(dim, shift),
    reference: brownian({ sigma }),
    networks,
    halfSteps: halfIterations,
    firstSteps,
    steps,
    batchSize,
    optimizer: adam({ learningRate }),
    rateSchedule: (to) => (schedule === 'cosine' ? cosineDecay({ to }) : constantRate()),
    cacheSize: samples,
    refreshEvery,
    numSteps: eulerSteps,
    method: eulerMaruyama(),
    refinement: 1,
    monitorCount: samples,
    checkpoint: { store: fileCheckpoint(checkpoint) },
    signal,
    onProgress: ({ halfStep, halfSteps, direction, step, loss }) =>
      tell(`${direction} drift, half-iteration ${halfStep} of ${halfSteps}, step ${step}, loss ${loss.toFixed(3)}`),
    onHalfStep: (record) => tell(describeHalfStep(record)),
  };
  const bridge = await learn(rng, method, options, weight);
  if (bridge.status === 'diverged') throw new Error(`diverged after ${bridge.totalStep} steps: a loss is not finite`);
  const { forward } = bridgeFields(networks, bridge);
  return {
    method,
    dim,
    seed,
    status: bridge.status === 'finished' ? 'finished' : 'aborted',
    step: bridge.totalStep,
    seconds: (performance.now() - start) / 1000,
    history: bridge.history.map(halfIteration),
    ...(bridge.halfSteps > 1 && { divergences: divergences(rng.fork('judge'), forward) }),
    engine: bridge.engine,
  };
}

function learn(
  rng: Rng,
  method: GaussianOrder['method'],
  options: BridgeTrainingOptions,
  weight: GaussianOrder['settings']['weight'],
): Promise<LearnedBridge> {
  if (method === 'DSB') return dsb(rng, options);
  return dsbm(rng, { ...options, start: method === 'DSBM-IMF' ? 'independent' : 'reference', delta, weight });
}

function normalLaw(dim: number, mean: number): PointSource {
  return { dim, draw: (rng, count) => fillNormal(rng, new Float64Array(count * dim), { mean }) };
}

function describeHalfStep(record: HalfStepRecord): string {
  return `half-iteration ${record.halfStep}: endpoint covariance ${record.monitor!.endpointCovariance.toFixed(4)}`;
}

function halfIteration({ halfStep, direction, monitor }: HalfStepRecord): HalfIteration {
  const average = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
  const { endpointCovariance, mean, variance } = monitor!;
  return {
    halfIteration: halfStep,
    direction,
    endpointCovariance,
    mean: average(mean),
    variance: average(variance),
  };
}

/** Of the forward process, started at fresh draws of the source, at the times 0, 1/20, …, 1. */
function divergences(rng: Rng, forward: ArrayField): GaussianDivergences {
  const { dim } = forward;
  const start = normalLaw(dim, -shift).draw(rng.fork('start'), samples);
  const options = { method: eulerMaruyama(), diffusion: sigma, numSteps: eulerSteps, keep: 'trajectory' as const };
  const { times, states } = integrateSde(rng.fork('noise'), forward, start, options);
  const sum: GaussianDivergences = { full: 0, diagonal: 0, fullPerDimension: 0, diagonalPerDimension: 0 };
  states.forEach((points, k) => {
    const cloud = { points, count: samples, dim };
    const exact = exactLaw(dim, times[k]);
    const full = gaussianKl(cloud, exact);
    const diagonal = gaussianKl(cloud, exact, { covariance: 'diagonal' });
    sum.full += full.value / states.length;
    sum.diagonal += diagonal.value / states.length;
    sum.fullPerDimension += full.perDimension / states.length;
    sum.diagonalPerDimension += diagonal.perDimension / states.length;
  });
  return sum;
}

function exactLaw(dim: number, t: number): { mean: Float64Array; covariance: Float64Array } {
  const covariance = new Float64Array(dim * dim);
  for (let k = 0; k < dim; k++) covariance[k * (dim + 1)] = bridgeVariance(t);
  return { mean: new Float64Array(dim).fill((2 * t - 1) * shift), covariance };
}
