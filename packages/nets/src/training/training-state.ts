// Everything that a training run changes, and its passage through a checkpoint.
import { checkLength } from '@brenier/errors';
import { decodeContainer, encodeContainer } from '../storage/container.js';
import { crc32 } from '../storage/crc32.js';
import { createLossHistory, type LossHistory } from './loss-history.js';
import type { TrainJob } from './train-options.js';
import type { SessionState } from './training-session.js';
import { createWeightAverage } from '../optimizer/weight-average.js';

/**
 * The state after `step` updates. Neither the random stream nor the objective has a place in it: batches depend on the seed and the
 * step only.
 */
export interface TrainingState extends SessionState {
  /** Updates made. */
  step: number;
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
      engine: job.network.engine,
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
  const name = job.checkpoint?.store.name ?? 'checkpoint';
  const { meta, arrays } = decodeContainer(name, 'checkpoint', bytes);
  const saved = meta as unknown as SavedMeta;
  checkSameRun(name, saved.run, runIdentity(job));
  checkSameEngine(name, saved.engine, job);
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

  function fill(array: string, target: Float32Array | Float64Array): void {
    target.set(checkLength(`${array} of ${name}`, arrays[array] ?? [], target.length));
  }
}

interface SavedMeta {
  readonly run: RunIdentity;
  readonly engine: string;
  readonly step: number;
  readonly optimizerStep: number;
  readonly average: { readonly count: number; readonly mass: number };
  readonly history: { readonly count: number; readonly window: number };
}

type RunIdentity = Readonly<Record<string, unknown>>;

/** What must agree for a resumed run to equal an uninterrupted one. `steps` may differ: a longer run extends a shorter one. */
function runIdentity(job: TrainJob): RunIdentity {
  const { network, objective, rng, optimizer, rateSchedule, clipNorm, parameters, emaDecay } = job;
  const { algorithm, key } = rng.snapshot();
  return {
    network: network.spec,
    objective: objective.name ?? null,
    optimizer: optimizer.name,
    'rate schedule': rateSchedule.name,
    clipNorm: clipNorm ?? null,
    emaDecay: emaDecay ?? null,
    rng: { algorithm, key },
    'starting parameters': crc32(new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength)),
  };
}

function checkSameRun(name: string, saved: RunIdentity, asked: RunIdentity): void {
  for (const key of Object.keys(asked)) {
    const [before, now] = [JSON.stringify(saved[key]), JSON.stringify(asked[key])];
    if (before === now) continue;
    throw new RangeError(
      `"${name}" expected a run with the same ${key}, ${now}, got ${before}; give another store to start afresh`,
    );
  }
}

/** Engines round differently, and a machine with fused multiply-add differs from one without. */
function checkSameEngine(name: string, saved: string, { network, checkpoint }: TrainJob): void {
  if (saved === network.engine || checkpoint?.allowOtherEngine === true) return;
  throw new RangeError(
    `"${name}" expected a run on the same engine, "${network.engine}", got "${saved}"; ` +
      '"checkpoint.allowOtherEngine" resumes it all the same, with other bits',
  );
}
