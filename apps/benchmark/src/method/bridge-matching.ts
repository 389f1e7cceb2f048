/**
 * The rows of bridges: DSBM-IPF, DSBM-IMF and DSBM-IMF+, which differ in their first coupling alone (Shi et al., 2023), and DSB, which
 * fits whole paths (De Bortoli et al., 2021).
 */
import { bridgeFields, brownian, dsb, dsbm, type BridgeTrainingOptions, type LearnedBridge } from '@brenier/bridges';
import { modelPairing } from '@brenier/flows';
import { adamW, constantRate, cosineDecay, fusedMlp, multiplyRates } from '@brenier/nets/fused';
import type { Rng } from '@brenier/random';
import { denoisingEulerMaruyama, integrateSde, refinedTimes, type ArrayField } from '@brenier/samplers';
import { PROTOCOL } from '../settings.js';
import { SIMULATED_SIGMA, STEPWISE_SIGMA, sigmaSetting, type BridgeSigma } from './bridge-sigma.js';
import { couplingPairs } from './coupling-pairs.js';
import { LARGE_PAIRING_SETTING, largeEntropicPairing } from './large-pairing.js';
import { iterationRecords, lossCurve, watchIteration } from './bridge-iterations.js';
import type { Method, MethodContext, SampledPaths } from './method.js';
import { wholeTrainingData } from './training-data.js';

const { hidden, batchSize, weightDecay, eulerSteps, trainSetSize } = PROTOCOL;

/** How a bridge of the table is trained and simulated; all of it ours, since the paper gives none of it for these tasks. */
interface BridgeRecipe {
  /** Of the reference. */
  readonly sigma: BridgeSigma;
  /** What the learning rate of the last half-step begins with, as a share of that of the first; it falls like 1/(1 + k·c). */
  readonly lastRate: number;
  /** Half-steps come in twos, backward and forward. */
  readonly iterations: number;
  readonly emaDecay: number;
  readonly cacheSize: number;
  /** Optimizer steps between two caches. */
  readonly refreshEvery: number;
  /** Steps of a simulation in training; the table samples with its own number. */
  readonly numSteps: number;
}

/** Of the first half-step; it falls to 0 along a cosine in each. */
const LEARNING_RATE = 4e-3;

const REFINEMENT = 1.5;

/**
 * The masses of far modes want a long mean of the parameters, and late half-steps small rates: at the first one each half-step
 * forgets what the others averaged.
 */
const DSBM: BridgeRecipe = {
  sigma: SIMULATED_SIGMA,
  lastRate: 0.1,
  iterations: 10,
  emaDecay: 0.999,
  cacheSize: 10_000,
  refreshEvery: 500,
  numSteps: eulerSteps,
};

/** Mean matching fits a process of Gaussian steps, and is off by their length: it needs many. */
const DSB: BridgeRecipe = {
  sigma: STEPWISE_SIGMA,
  lastRate: 1,
  iterations: 20,
  emaDecay: 0.99,
  cacheSize: 5000,
  refreshEvery: 500,
  numSteps: 80,
};

/** Bridge matching from independent ends. */
export const dsbmImf: Method = bridgeMethod('DSBM-IMF', 'independent ends', DSBM, (rng, _context, options) =>
  dsbm(rng, { ...options, start: 'independent', startHalfSteps: 2 }),
);

/** Bridge matching from the reference process started at the source. */
export const dsbmIpf: Method = bridgeMethod(
  'DSBM-IPF',
  'the reference, started at the source',
  DSBM,
  (rng, _, options) => dsbm(rng, { ...options, start: 'reference' }),
);

/** Bridge matching from an entropic coupling. */
export const dsbmImfPlus: Method = bridgeMethod(
  'DSBM-IMF+',
  `entropic couplings: ${LARGE_PAIRING_SETTING.entropic.value}`,
  DSBM,
  (rng, { data }, options) => {
    const start = largeEntropicPairing(data, options.reference.sigma);
    return dsbm(rng, { ...options, start, startHalfSteps: 2 });
  },
);

/** The classic, on whole paths. */
export const dsbMethod: Method = bridgeMethod('DSB', 'the reference, started at the source', DSB, (rng, _, options) =>
  dsb(rng, { ...options, refinement: REFINEMENT }),
);

function bridgeMethod(
  name: string,
  start: string,
  { sigma: sigmas, lastRate, iterations, emaDecay, cacheSize, refreshEvery, numSteps }: BridgeRecipe,
  learn: (rng: Rng, context: MethodContext, options: BridgeTrainingOptions) => Promise<LearnedBridge>,
): Method {
  return {
    name,
    needsGaussianSource: false,
    isStochastic: true,
    sigma: (dataSet) => sigmas[dataSet],
    steps: 40_000,
    quickSteps: 10_000,
    settings: {
      ...sigmaSetting(sigmas),
      'first coupling': { value: start, origin: 'published protocol' },
      networks: { value: `two, 3-${hidden.join('-')}-2, SELU, raw time`, origin: 'ours' },
      optimizer: {
        value: `AdamW, weight decay ${weightDecay}, new in each half-step; learning rate ${LEARNING_RATE}${lastRate === 1 ? '' : ` at first, ${lastRate} of it at last`}, along a cosine to 0`,
        origin: 'ours',
      },
      'batch size': { value: batchSize, origin: 'ours' },
      'running mean of the parameters': { value: emaDecay, origin: 'ours' },
      iterations: { value: `${iterations}, each a backward and a forward half-step`, origin: 'ours' },
      'simulated pairs': {
        value: `${cacheSize}, anew every ${refreshEvery} optimizer steps${cacheSize === trainSetSize ? ', each training point once' : ''}`,
        origin: 'ours',
      },
      simulation: {
        value: `${numSteps} Euler–Maruyama steps in training, ${eulerSteps} for the samples; they shorten towards the end`,
        origin: 'ours',
      },
    },
    async train(context) {
      const { data, steps, timeLimit } = context;
      const sigma = context.sigma ?? sigmas[data.name];
      const network = fusedMlp({ dim: 2, hidden, activation: 'selu', time: 'raw' });
      const networks = { forward: network, backward: network };
      const ends = wholeTrainingData(data);
      const halfSteps = 2 * iterations;
      const bridge = await learn(data.stream('training'), context, {
        ...ends,
        reference: brownian({ sigma }),
        networks,
        halfSteps,
        steps: Math.max(1, Math.round(steps / halfSteps)),
        batchSize,
        optimizer: adamW({ learningRate: LEARNING_RATE, weightDecay }),
        rateSchedule: (updates, halfStep) =>
          multiplyRates(
            cosineDecay({ to: updates }),
            constantRate({ factor: 1 / (1 + ((1 / lastRate - 1) * (halfStep - 1)) / (halfSteps - 1)) }),
          ),
        emaDecay,
        cacheSize,
        refreshEvery,
        numSteps,
        measure: ({ forward }, halfStep) =>
          halfStep % 2 === 1
            ? {}
            : watchIteration(data, (rng, from) => simulate(rng, forward, sigma, from, eulerSteps)),
        checkpoint: { store: context.checkpoint('bridge') },
        signal: context.signal,
        ...(timeLimit < Infinity && { timeLimit: 1000 * timeLimit }),
        onProgress: ({ halfStep, direction, totalStep, totalSteps, loss }) =>
          context.onProgress({
            stage: `${direction} drift, iteration ${Math.ceil(halfStep / 2)} of ${iterations}`,
            step: totalStep,
            steps: totalSteps,
            loss,
          }),
      });
      if (bridge.status === 'diverged') throw new Error(`${name} diverged at step ${bridge.totalStep}`);
      const { forward, flow } = bridgeFields(networks, bridge);
      const learned = modelPairing(ends.source, (x0, { rng }) =>
        simulate(rng, forward, sigma, x0, eulerSteps).states.at(-1)!,
      );
      return {
        status: bridge.status === 'stopped' ? 'finished' : bridge.status,
        step: bridge.totalStep,
        velocity: flow,
        sample: (rng, from, numSteps) => simulate(rng, forward, sigma, from, numSteps),
        pairs: couplingPairs(data, learned),
        losses: lossCurve(bridge.history),
        iterations: iterationRecords(bridge.history),
        engine: `Engine of training and sampling: ${bridge.engine}, one thread.`,
      };
    },
  };
}

/** Carries points forwards along the process itself. */
function simulate(rng: Rng, drift: ArrayField, sigma: number, start: Float64Array, numSteps: number): SampledPaths {
  return integrateSde(rng, drift, start, {
    method: denoisingEulerMaruyama(),
    diffusion: sigma,
    times: refinedTimes({ numSteps, exponent: REFINEMENT, from: 0, to: 1 }),
    keep: 'trajectory',
  });
}
