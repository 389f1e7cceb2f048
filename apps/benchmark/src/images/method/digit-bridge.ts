/**
 * DSBM-IMF on images: the Schrödinger bridge between the digits 0–4 and 5–9, the reference a Brownian motion.
 *
 * Shi et al. (NeurIPS 2023) judge bridges of images between two sets, letters and digits. A bridge keeps what it can of its start, which
 * shows where the start is an image: slant and stroke of a digit should survive.
 */
import { setImmediate } from 'node:timers/promises';
import {
  bridgeFields,
  brownian,
  dsbm,
  type BridgeNetwork,
  type HalfStepRecord,
  type LearnedBridge,
} from '@brenier/bridges';
import { cloudSource } from '@brenier/flows';
import { adam, asArrayField, cosineDecay, linearWarmUp, multiplyRates, velocityUnet } from '@brenier/nets';
import { createRng } from '@brenier/random';
import { integrateSde, pinnedEulerMaruyama, type ArrayField } from '@brenier/samplers';
import { ofClasses } from '../digit-sets.js';
import { FIXED, warmUpSteps, type ImageProtocol } from '../image-settings.js';
import type { ImageIteration } from '../image-results.js';
import { meanSquaredDistance } from '../image-task.js';
import { digitFrechet, judgeDigits } from '../judge/judge-digits.js';
import { SIDE } from '../judge/judge-shape.js';
import { lossRows } from './loss-rows.js';
import { scaledDrift } from './scaled-drift.js';
import type { CarriedImages, ImageContext, ImageMethod, TrainedImages } from './image-method.js';

/** DSBM-IMF: the first coupling is independent. */
export const dsbmImf: ImageMethod = { task: 'digits to digits', train: trainBridge };

/** Images that are simulated at once. */
const AT_ONCE = 50;

async function trainBridge(context: ImageContext): Promise<TrainedImages> {
  const { protocol, sets, rng, checkpoint, timeLimit, signal, onProgress } = context;
  const { batch, channels, iterations, sigma, samplingSteps } = protocol;
  const network = unetOnArrays(channels);
  const networks = { forward: scaledDrift(network, (t) => 1 - t), backward: scaledDrift(network, (t) => t) };
  const pace = paceMeter();
  const bridge = await dsbm(rng, {
    source: cloudSource(ofClasses(sets.training, FIXED.bridgeSource)),
    target: cloudSource(ofClasses(sets.training, FIXED.bridgeTarget)),
    reference: brownian({ sigma }),
    networks,
    start: 'independent',
    // Both drifts are first fitted to real pairs: a fit to simulated ends needs a drift that can simulate.
    startHalfSteps: 2,
    // The target's variance grows without bound towards the end that a drift leads to.
    weight: 'end-variance',
    halfSteps: 2 * iterations,
    ...shareSteps(protocol),
    batchSize: batch,
    optimizer: adam({ learningRate: FIXED.learningRate }),
    rateSchedule: (steps) =>
      multiplyRates(linearWarmUp({ steps: warmUpSteps(steps) }), cosineDecay({ to: steps, end: FIXED.lastRate })),
    clipNorm: FIXED.clipNorm,
    emaDecay: FIXED.emaDecay,
    cacheSize: protocol.paths,
    numSteps: 2 * samplingSteps,
    method: pinnedEulerMaruyama(),
    refinement: 1,
    simulationBatch: AT_ONCE,
    monitorCount: 0,
    measure: (fields, halfStep) => (halfStep % 2 === 0 ? measureForward(context, fields.forward) : {}),
    checkpoint: { store: checkpoint },
    timeLimit,
    signal,
    onProgress: ({ halfStep, halfSteps, direction, totalStep, totalSteps, loss }) =>
      onProgress({
        stage: `${direction} drift, half-step ${halfStep} of ${halfSteps}`,
        step: totalStep,
        steps: totalSteps,
        loss,
        remaining: pace(totalStep, totalSteps),
      }),
  });
  return describeBridge(context, networks, bridge);
}

function describeBridge(
  { protocol }: ImageContext,
  networks: Parameters<typeof bridgeFields>[0],
  bridge: LearnedBridge,
): TrainedImages {
  const { status, totalStep, history, engine } = bridge;
  if (status === 'diverged') throw new Error(`DSBM-IMF diverged at step ${totalStep}`);
  const fields = bridgeFields(networks, bridge);
  return {
    status: status === 'stopped' ? 'finished' : status,
    step: totalStep,
    losses: lossesOf(history),
    parameterCount: networks.forward.parameterCount + networks.backward.parameterCount,
    iterations: iterationsOf(history),
    engine,
    carry: (rng, starts) => carryForward(rng, fields.forward, starts, protocol),
    probabilityFlow: fields.flow,
    dispose: () => fields.dispose(),
  };
}

/**
 * The updates of the first two fits, which start from nothing, and of each of those after them, which go on: two thirds of all for
 * the first two. What they miss, the fits after them take for the ends of a bridge.
 */
export function shareSteps({ steps, iterations }: Pick<ImageProtocol, 'steps' | 'iterations'>): {
  firstSteps: number;
  steps: number;
} {
  if (iterations === 1) return { firstSteps: Math.ceil(steps / 2), steps: Math.ceil(steps / 2) };
  return { firstSteps: Math.ceil(steps / 3), steps: Math.ceil(steps / 3 / (2 * iterations - 2)) };
}

/** A U-Net whose fields are on arrays, a few images at a time. */
function unetOnArrays(channels: readonly number[]): BridgeNetwork {
  const network = velocityUnet({ height: SIDE, channels });
  return {
    ...network,
    // The backend may change after the network was made.
    get engine() {
      return network.engine;
    },
    field(parameters) {
      const owned = network.field(parameters);
      return { ...asArrayField(owned, { chunk: AT_ONCE }), dispose: () => owned.dispose() };
    },
  };
}

/** The noise of a bridge that is pinned at its end: none is left in the last image. */
function carryForward(
  rng: Parameters<typeof integrateSde>[0],
  drift: ArrayField,
  starts: Float64Array,
  { sigma, samplingSteps }: ImageProtocol,
): CarriedImages {
  return integrateSde(rng, drift, starts, {
    method: pinnedEulerMaruyama(),
    diffusion: sigma,
    numSteps: 2 * samplingSteps,
    keep: 'trajectory',
  });
}

/** A look at the drift forwards, from the first held-out starts. */
async function measureForward(
  { protocol, task, judge }: ImageContext,
  drift: ArrayField,
): Promise<Record<string, number>> {
  const dim = SIDE * SIDE;
  const starts = task.starts.subarray(0, FIXED.measuredStarts * dim);
  const images = new Float64Array(starts.length);
  const rng = createRng(protocol.seed).fork('measured on the way');
  for (let at = 0; at < starts.length; at += AT_ONCE * dim) {
    const { states } = carryForward(rng.fork(at), drift, starts.slice(at, at + AT_ONCE * dim), protocol);
    images.set(states[states.length - 1], at);
    await setImmediate();
  }
  return {
    frechet: digitFrechet(judgeDigits(judge, images), task.reference),
    transportCost: meanSquaredDistance(starts, images, dim),
  };
}

function iterationsOf(history: readonly HalfStepRecord[]): ImageIteration[] {
  return history
    .filter(({ direction }) => direction === 'forward')
    .map(({ halfStep, measured }) => ({
      iteration: halfStep / 2,
      frechet: measured!.frechet,
      transportCost: measured!.transportCost,
    }));
}

function lossesOf(history: readonly HalfStepRecord[]): { step: number; loss: number }[] {
  let before = 0;
  return history.flatMap(({ steps, losses }) => {
    const rows = lossRows(losses, steps, before);
    before += steps;
    return rows;
  });
}

/** The time that is left at the pace since the first step that was seen. */
function paceMeter(): (step: number, steps: number) => number {
  let start: { step: number; time: number } | undefined;
  return (step, steps) => {
    const time = performance.now();
    start ??= { step, time };
    return step > start.step ? ((steps - step) * (time - start.time)) / (step - start.step) : Infinity;
  };
}
