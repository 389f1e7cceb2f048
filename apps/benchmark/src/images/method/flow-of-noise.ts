/** CFM and OT-CFM on images: the velocity of a flow from N(0, I) in 784 dimensions to the digits. */
import {
  cloudSource,
  exactPairing,
  flowMatching,
  generatorSource,
  independentPairing,
  linearInterpolant,
  type Pairing,
} from '@brenier/flows';
import { adam, asArrayField, cosineDecay, linearWarmUp, multiplyRates, train, velocityUnet } from '@brenier/nets';
import { fillNormal } from '@brenier/random';
import { integrate, midpoint } from '@brenier/samplers';
import { SIDE } from '../judge/judge-shape.js';
import { FIXED, warmUpSteps } from '../image-settings.js';
import type { ImageContext, ImageMethod, TrainedImages } from './image-method.js';
import { lossRows } from './loss-rows.js';
import { pairedAtOnce } from './paired-at-once.js';

/** CFM: noise and digits are paired at random. */
export const cfm: ImageMethod = {
  task: 'noise to digits',
  train: (context) => trainFlow(context, 'CFM', independentPairing(noise, cloudSource(context.sets.training))),
};

/** OT-CFM: noise and digits are paired by exact optimal transport, more of them at once than a batch holds. */
export const otCfm: ImageMethod = {
  task: 'noise to digits',
  train(context) {
    const pairing = exactPairing(noise, cloudSource(context.sets.training));
    return trainFlow(context, 'OT-CFM', pairedAtOnce(pairing, FIXED.pairedAtOnce));
  },
};

const noise = generatorSource(
  (rng, count) => ({ points: fillNormal(rng, new Float64Array(count * SIDE * SIDE)), count, dim: SIDE * SIDE }),
  { dim: SIDE * SIDE },
);

async function trainFlow(context: ImageContext, name: string, pairing: Pairing): Promise<TrainedImages> {
  const { protocol, rng, checkpoint, timeLimit, signal, onProgress } = context;
  const { steps, batch, channels, samplingSteps } = protocol;
  const network = velocityUnet({ height: SIDE, channels });
  const result = await train({
    network,
    objective: flowMatching({
      pairing,
      interpolant: linearInterpolant({ sigma: 0 }),
      batchSize: batch,
      name: `${name} on digits, batch ${batch}`,
    }),
    rng,
    steps,
    optimizer: adam({ learningRate: FIXED.learningRate }),
    rateSchedule: multiplyRates(
      linearWarmUp({ steps: warmUpSteps(steps) }),
      cosineDecay({ to: steps, end: FIXED.lastRate }),
    ),
    clipNorm: FIXED.clipNorm,
    emaDecay: FIXED.emaDecay,
    checkpoint: { store: checkpoint },
    timeLimit,
    signal,
    onProgress,
    progressInterval: 1000,
  });
  if (result.status === 'diverged') throw new Error(`${name} diverged at step ${result.step}`);
  const owned = network.field(result.emaParameters!);
  const field = asArrayField(owned);
  return {
    status: result.status,
    step: result.step,
    losses: lossRows(result.losses, result.step),
    parameterCount: network.parameterCount,
    iterations: [],
    engine: result.engine,
    carry: (_, starts) => integrate(field, starts, { method: midpoint(), numSteps: samplingSteps, keep: 'trajectory' }),
    dispose: () => owned.dispose(),
  };
}
