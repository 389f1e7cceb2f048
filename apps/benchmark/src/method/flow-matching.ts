/**
 * The rows CFM and OT-CFM: the velocity of straight paths with a little noise, between points that are paired at random or by
 * exact optimal transport of the minibatch (Tong et al., 2024, algorithms 2 and 3).
 */
import {
  cloudSource,
  exactPairing,
  flowMatching,
  generatorSource,
  independentPairing,
  linearInterpolant,
  type Pairing,
  type PointSource,
} from '@brenier/flows';
import { adamW, fusedMlp, train } from '@brenier/nets/fused';
import { euler, integrate } from '@brenier/samplers';
import { PROTOCOL } from '../settings.js';
import { couplingPairs } from './coupling-pairs.js';
import type { Method } from './method.js';
import { timedPairing } from './timed-pairing.js';

const { hidden, batchSize, sigma, learningRate, weightDecay, trainSetSize } = PROTOCOL;

/** Flow matching with independent pairs. */
export const cfm: Method = flowMatchingMethod('CFM', independentPairing);

/** Flow matching with exact minibatch couplings. */
export const otCfm: Method = flowMatchingMethod('OT-CFM', exactPairing);

function flowMatchingMethod(name: string, pair: (source: PointSource, target: PointSource) => Pairing): Method {
  return {
    name,
    needsGaussianSource: false,
    isStochastic: false,
    sigma: () => 0,
    steps: 20_000,
    quickSteps: 5000,
    settings: {
      network: { value: `3-${hidden.join('-')}-2, SELU, raw time`, origin: 'published protocol' },
      optimizer: {
        value: `AdamW, learning rate ${learningRate}, weight decay ${weightDecay}`,
        origin: 'published protocol',
      },
      'batch size': { value: batchSize, origin: 'published protocol' },
      'path noise σ': { value: sigma, origin: 'published protocol' },
    },
    async train({ data, steps, timeLimit, checkpoint, signal, onProgress }) {
      const source = generatorSource((rng, count) => data.task.source(rng, count), { dim: 2 });
      const target = cloudSource(data.draw('target', 'train', trainSetSize));
      const pairing = timedPairing(pair(source, target));
      const objective = flowMatching({
        pairing,
        interpolant: linearInterpolant({ sigma }),
        batchSize,
        name: `${name}, sigma ${sigma}, batch ${batchSize}`,
      });
      const network = fusedMlp({ dim: 2, hidden, activation: 'selu', time: 'raw' });
      const result = await train({
        network,
        objective,
        rng: data.stream('training'),
        steps,
        optimizer: adamW({ learningRate, weightDecay }),
        checkpoint: { store: checkpoint('velocity') },
        signal,
        onProgress: ({ step, loss }) => onProgress({ stage: 'velocity', step, steps, loss }),
        timeLimit: 1000 * timeLimit,
      });
      if (result.status === 'diverged') {
        throw new Error(`${name} diverged at step ${result.step}; the checkpoint before it is kept`);
      }
      const { window, means } = result.losses;
      const velocity = network.field(result.parameters);
      return {
        status: result.status,
        step: result.step,
        velocity,
        sample: (_rng, start, numSteps) =>
          integrate(velocity, start, { method: euler(), numSteps, keep: 'trajectory' }),
        losses: Array.from(means, (loss, i) => ({ step: Math.min((i + 1) * window, result.step), loss })),
        iterations: [],
        pairingSeconds: pairing.seconds(),
        pairs: couplingPairs(data, pairing),
        engine: `Engine of training and sampling: ${result.engine}, one thread.`,
      };
    },
  };
}
