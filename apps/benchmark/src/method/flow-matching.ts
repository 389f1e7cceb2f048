/**
 * The flows that are one regression: FM, CFM, OT-CFM and SB-CFM differ in who is paired with whom and in the path between the two
 * (Lipman et al., 2023; Tong et al., 2024, algorithms 2, 3 and 4).
 */
import {
  brownianBridgeInterpolant,
  flowMatching,
  independentPairing,
  linearInterpolant,
  lipmanInterpolant,
  type Interpolant,
  type Pairing,
} from '@brenier/flows';
import type { SeededTask } from '../cell/tasks.js';
import { PROTOCOL, type DataSetName } from '../settings.js';
import { COUPLED_SIGMA, sigmaSetting } from './bridge-sigma.js';
import { couplingPairs } from './coupling-pairs.js';
import { fitVelocity, trainedFlow, VELOCITY_SETTINGS } from './fit-velocity.js';
import { LARGE_PAIRING_SETTING, largeEntropicPairing, largeExactPairing } from './large-pairing.js';
import type { Method } from './method.js';
import { timedPairing } from './timed-pairing.js';
import { trainingData } from './training-data.js';

const { batchSize, sigma } = PROTOCOL;

/** What tells one of these flows from another. */
interface FlowRecipe {
  readonly settings: Method['settings'];
  /** Optimizer steps of the full table and of a first look. */
  readonly steps: number;
  readonly quickSteps: number;
  /** See `trainedFlow`. */
  readonly refinement?: number;
  /** See `VelocityStage`. */
  readonly emaDecay?: number;
  /** σ of the reference; 0 for flows without one. */
  sigma(dataSet: DataSetName): number;
  pair(data: SeededTask, bridgeSigma: number): Pairing;
  path(bridgeSigma: number): Interpolant;
}

const PATH_NOISE = { 'path noise σ': { value: sigma, origin: 'published protocol' } } as const;

/** A mean over thousands of updates. */
const BENT_EMA_DECAY = 0.9997;

/**
 * Independent pairs make paths that bend, and noisy targets. Euler's 20 steps follow sharp bends badly: a little is gained by steps that
 * are shorter at first. The noise is averaged out by a long running mean, which needs a longer training than the fit itself.
 */
const BENT = {
  settings: {
    ...PATH_NOISE,
    'running mean of the parameters': { value: BENT_EMA_DECAY, origin: 'ours' },
    'sampling steps': { value: 'lengthen, as 1 − (1 − k/20)^0.7; published: equal', origin: 'ours' },
  },
  steps: 12_000,
  quickSteps: 6000,
  refinement: 0.7,
  emaDecay: BENT_EMA_DECAY,
  sigma: () => 0,
  pair: independent,
} as const;

/** What arrives is blurred by the noise of the paths, which exact couplings hardly need: their paths do not cross. */
const OPTIMAL_PATH_NOISE = 0.02;

/** Lipman's flow matching: from the standard normal law alone. */
export const fm: Method = {
  ...flowMethod('FM', { ...BENT, path: () => lipmanInterpolant({ sigma }) }),
  needsGaussianSource: true,
};

/** Flow matching with independent pairs. */
export const cfm: Method = flowMethod('CFM', { ...BENT, path: () => linearInterpolant({ sigma }) });

/** Flow matching with exact couplings. */
export const otCfm: Method = flowMethod('OT-CFM', {
  steps: 40_000,
  quickSteps: 5000,
  settings: {
    'path noise σ': { value: `${OPTIMAL_PATH_NOISE}; published: ${sigma}`, origin: 'ours' },
    couplings: LARGE_PAIRING_SETTING.exact,
  },
  sigma: () => 0,
  pair: largeExactPairing,
  path: () => linearInterpolant({ sigma: OPTIMAL_PATH_NOISE }),
});

/** Flow matching along Brownian bridges between the pairs of an entropic coupling. */
export const sbCfm: Method = {
  ...flowMethod('SB-CFM', {
    steps: 20_000,
    quickSteps: 5000,
    settings: { ...sigmaSetting(COUPLED_SIGMA), couplings: LARGE_PAIRING_SETTING.entropic },
    sigma: (dataSet) => COUPLED_SIGMA[dataSet],
    pair: largeEntropicPairing,
    path: (bridgeSigma) => brownianBridgeInterpolant({ sigma: bridgeSigma }),
  }),
  isStochastic: true,
};

function flowMethod(name: string, { settings, refinement, emaDecay, pair, path, ...recipe }: FlowRecipe): Method {
  return {
    ...recipe,
    name,
    needsGaussianSource: false,
    isStochastic: false,
    settings: { ...VELOCITY_SETTINGS, ...settings },
    async train(context) {
      const { data, steps, timeLimit } = context;
      const bridgeSigma = context.sigma ?? recipe.sigma(data.name);
      const pairing = timedPairing(context, () => pair(data, bridgeSigma));
      const interpolant = path(bridgeSigma);
      const objective = flowMatching({ pairing, interpolant, batchSize, name: `${name}, batch ${batchSize}` });
      const stage = { name: 'velocity', objective, steps, stepsBefore: 0, timeLimit, emaDecay };
      const fitted = await fitVelocity(context, stage);
      return trainedFlow(fitted, { pairs: couplingPairs(data, pairing), refinement });
    },
  };
}

function independent(data: SeededTask): Pairing {
  const { source, target } = trainingData(data);
  return independentPairing(source, target);
}
