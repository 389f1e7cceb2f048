// Everything that a training run changes, and its passage through a checkpoint.
import { checkLength } from '@brenier/errors';
import { decodeContainer, encodeContainer } from './container.js';
import { crc32 } from './crc32.js';
import { createLossHistory, type LossHistory } from './loss-history.js';
import type { OptimizerState } from './optimizer.js';
import type { TrainJob } from './train-options.js';
import { createWeightAverage, type WeightAverage } from './weight-average.js';

/** The state after `step` updates. The random stream has no place in it: batches depend on the seed and the step only. */
export interface TrainingState {
  /** Updates made. */
  step: number;
  /** The network's parameters, changed in place. */
  readonly parameters: Float32Array;
  /** What the optimizer remembers. */
  readonly optimizer: OptimizerState;
  /** The running mean of the parameters; filled only where the job asks for it. */
  readonly average: WeightAverage;
  /** The losses of all steps. */
  readonly history: LossHistory;
}

/** The state of a run before its first update. */
export function createTrainingState({ network, optimizer, parameters, emaDecay }: TrainJob): TrainingState {
  return {
    step: 0,
    parameters: parameters.slice(),
    optimizer: optimizer.init(network.parameterCount),
    average: createWeightAverage(emaDecay === undefined ? 0 : network.parameterCount),
    history: createLossHistory(),
  };
}

/** Packs a state and what identifies its run. */
export function encodeTrainingState(state: TrainingState, job: TrainJob): Uint8Array {
  const { step, parameters, optimizer, average, history } = state;
  const moments = Object.fromEntries(optimizer.moments.map((moment, k) => [`moment${k}`, moment]));
  return encodeContainer('checkpoint', {
    meta: {
      run: runIdentity(job),
      step,
      optimizerStep: optimizer.step,
      average: { count: average.count, mass: average.mass },
      history: { count: history.count, window: history.window },
    },
    arrays: { parameters, ...moments, average: average.sums, losses: history.sums },
  });
}

/**
 * Unpacks a state.
 *
 * @throws RangeError where the bytes are no intact checkpoint, or one of another run; the message names what differs
 */
export function decodeTrainingState(bytes: Uint8Array, job: TrainJob): TrainingState {
  const { meta, arrays } = decodeContainer('checkpoint', 'checkpoint', bytes);
  const saved = meta as unknown as SavedMeta;
  checkSameRun(saved.run, runIdentity(job));
  if (saved.step > job.steps) {
    throw new RangeError(`"steps" expected at least the ${saved.step} of the checkpoint, got ${job.steps}`);
  }
  const fresh = createTrainingState(job);
  fill('parameters', fresh.parameters);
  fresh.optimizer.moments.forEach((moment, k) => fill(`moment${k}`, moment));
  fill('average', fresh.average.sums);
  fill('losses', fresh.history.sums);
  return {
    step: saved.step,
    parameters: fresh.parameters,
    optimizer: { ...fresh.optimizer, step: saved.optimizerStep },
    average: { ...fresh.average, ...saved.average },
    history: { ...fresh.history, ...saved.history },
  };

  function fill(name: string, target: Float32Array | Float64Array): void {
    target.set(checkLength(`checkpoint.${name}`, arrays[name] ?? [], target.length));
  }
}

interface SavedMeta {
  readonly run: RunIdentity;
  readonly step: number;
  readonly optimizerStep: number;
  readonly average: { readonly count: number; readonly mass: number };
  readonly history: { readonly count: number; readonly window: number };
}

type RunIdentity = Readonly<Record<string, unknown>>;

/** What must agree for a resumed run to equal an uninterrupted one. `steps` may differ: a longer run extends a shorter one. */
function runIdentity({ network, objective, rng, optimizer, parameters, emaDecay }: TrainJob): RunIdentity {
  const { algorithm, key } = rng.snapshot();
  return {
    network: network.spec,
    objective: objective.name ?? null,
    optimizer: optimizer.name,
    emaDecay: emaDecay ?? null,
    rng: { algorithm, key },
    'starting parameters': crc32(new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength)),
  };
}

function checkSameRun(saved: RunIdentity, asked: RunIdentity): void {
  for (const key of Object.keys(asked)) {
    const [before, now] = [JSON.stringify(saved[key]), JSON.stringify(asked[key])];
    if (before === now) continue;
    throw new RangeError(
      `"checkpoint" expected a run with the same ${key}, ${now}, got ${before}; give another store to start afresh`,
    );
  }
}
