/** The training half of a cell: coupling → path → field. */
import {
  cloudSource,
  exactPairing,
  flowMatching,
  generatorSource,
  independentPairing,
  linearInterpolant,
} from '@brenier/flows';
import { adamW, fusedMlp, train, type FusedMlp, type TrainProgress } from '@brenier/nets/fused';
import { fileCheckpoint } from '@brenier/nets/node';
import type { TrainingRecord } from '../results.js';
import { PROTOCOL, type CellSettings } from '../settings.js';
import { seededTask } from './tasks.js';
import { timedPairing } from './timed-pairing.js';

/** What training may be told from outside. */
export interface TrainControl {
  /** Seconds after which training stops at a checkpoint. */
  timeLimit: number;
  checkpoint: string;
  signal: AbortSignal;
  onProgress(progress: TrainProgress): void;
}

/** A trained network and how it came about. */
export interface TrainedCell {
  network: FusedMlp;
  parameters: Float32Array;
  record: TrainingRecord;
  /** One minibatch as its pairing couples it, flat [x0, y0, x1, y1, …]. */
  pairs: Float64Array;
}

/** Trains a cell from its checkpoint, or from the start. */
export async function trainCell(settings: CellSettings, control: TrainControl): Promise<TrainedCell> {
  const { method, steps } = settings;
  const data = seededTask(settings.dataSet, settings.seed);
  const source = generatorSource((rng, count) => data.task.source(rng, count), { dim: 2 });
  const target = cloudSource(data.draw('target', 'train', PROTOCOL.trainSetSize));
  const pairing = timedPairing(method === 'OT-CFM' ? exactPairing(source, target) : independentPairing(source, target));
  const objective = flowMatching({
    pairing,
    interpolant: linearInterpolant({ sigma: PROTOCOL.sigma }),
    batchSize: PROTOCOL.batchSize,
    name: `${method}, sigma ${PROTOCOL.sigma}, batch ${PROTOCOL.batchSize}`,
  });
  const network = fusedMlp({ dim: 2, hidden: PROTOCOL.hidden, activation: 'selu', time: 'raw' });
  const result = await train({
    network,
    objective,
    rng: data.stream('training'),
    steps,
    optimizer: adamW({ learningRate: PROTOCOL.learningRate, weightDecay: PROTOCOL.weightDecay }),
    checkpoint: { store: fileCheckpoint(control.checkpoint) },
    signal: control.signal,
    onProgress: control.onProgress,
    timeLimit: 1000 * control.timeLimit,
  });
  if (result.status === 'diverged') {
    throw new Error(
      `${method} on ${settings.dataSet} diverged at step ${result.step}; the checkpoint before it is kept`,
    );
  }
  const pairingSeconds = pairing.seconds();
  const { window, means } = result.losses;
  const { x0, x1 } = pairing.draw(data.stream('picture of the coupling'), PICTURED_PAIRS);
  return {
    network,
    parameters: result.parameters,
    record: {
      status: result.status,
      step: result.step,
      losses: Array.from(means, (loss, i) => ({ step: Math.min((i + 1) * window, result.step), loss })),
      trainingSeconds: result.elapsed / 1000 - pairingSeconds,
      pairingSeconds,
      engine: `Engine of training and sampling: ${result.engine}, one thread.`,
    },
    pairs: Float64Array.from({ length: 4 * PICTURED_PAIRS }, (_, k) => {
      const pair = Math.floor(k / 4);
      return k % 4 < 2 ? x0[2 * pair + (k % 2)] : x1[2 * pair + (k % 2)];
    }),
  };
}

/** Pairs in the picture of a coupling: a full minibatch would hide its own lines. */
const PICTURED_PAIRS = 192;
