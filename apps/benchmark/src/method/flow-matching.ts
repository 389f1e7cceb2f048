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
} from '@brenier/flows';
import type { SeededTask } from '../cell/tasks.js';
import { PROTOCOL } from '../settings.js';
import { BRIDGE_SIGMA, BRIDGE_SIGMA_SETTING } from './bridge-sigma.js';
import { couplingPairs } from './coupling-pairs.js';
import { fitVelocity, trainedFlow, VELOCITY_SETTINGS } from './fit-velocity.js';
import { LARGE_PAIRING_SETTING, largeEntropicPairing, largeExactPairing, type LargePairing } from './large-pairing.js';
import type { Method } from './method.js';
import { timedPairing, type TimedPairing } from './timed-pairing.js';
import { trainingData } from './training-data.js';

const { batchSize, sigma } = PROTOCOL;

const PATH_NOISE = { 'path noise σ': { value: sigma, origin: 'published protocol' } } as const;

/** Lipman's flow matching: from the standard normal law alone. */
export const fm: Method = {
  ...flowMethod('FM', PATH_NOISE, independent, () => lipmanInterpolant({ sigma })),
  needsGaussianSource: true,
};

/** Flow matching with independent pairs. */
export const cfm: Method = flowMethod('CFM', PATH_NOISE, independent, () => linearInterpolant({ sigma }));

/** Flow matching with exact couplings. */
export const otCfm: Method = flowMethod(
  'OT-CFM',
  { ...PATH_NOISE, couplings: LARGE_PAIRING_SETTING.exact },
  (data) => stored(largeExactPairing(data)),
  () => linearInterpolant({ sigma }),
);

/** Flow matching along Brownian bridges between the pairs of an entropic coupling. */
export const sbCfm: Method = {
  ...flowMethod(
    'SB-CFM',
    { ...BRIDGE_SIGMA_SETTING, couplings: LARGE_PAIRING_SETTING.entropic },
    (data, bridgeSigma) => stored(largeEntropicPairing(data, bridgeSigma)),
    (bridgeSigma) => brownianBridgeInterpolant({ sigma: bridgeSigma }),
  ),
  isStochastic: true,
  sigma: (dataSet) => BRIDGE_SIGMA[dataSet],
};

function flowMethod(
  name: string,
  settings: Method['settings'],
  pair: (data: SeededTask, bridgeSigma: number) => TimedPairing,
  path: (bridgeSigma: number) => Interpolant,
): Method {
  return {
    name,
    needsGaussianSource: false,
    isStochastic: false,
    sigma: () => 0,
    steps: 20_000,
    quickSteps: 5000,
    settings: { ...VELOCITY_SETTINGS, ...settings },
    async train(context) {
      const { data, steps, timeLimit } = context;
      const bridgeSigma = context.sigma ?? BRIDGE_SIGMA[data.name];
      const pairing = pair(data, bridgeSigma);
      const interpolant = path(bridgeSigma);
      const objective = flowMatching({ pairing, interpolant, batchSize, name: `${name}, batch ${batchSize}` });
      const stage = { name: 'velocity', objective, steps, stepsBefore: 0, timeLimit };
      const fitted = await fitVelocity(context, stage);
      return trainedFlow(fitted, { pairs: couplingPairs(data, pairing), pairingSeconds: pairing.seconds() });
    },
  };
}

function independent(data: SeededTask): TimedPairing {
  const { source, target } = trainingData(data);
  return timedPairing(independentPairing(source, target));
}

/** A pairing whose time before the first draw counts too. */
function stored({ pairing, seconds }: LargePairing): TimedPairing {
  const timed = timedPairing(pairing);
  return { ...timed, seconds: () => seconds + timed.seconds() };
}
