// The one training loop: every objective, every network, every optimizer.
import { checkNonNegative } from '@brenier/errors';
import { createPause, type Pause } from '@brenier/event-loop';
import { arraySession } from './array-session.js';
import { copyBatch, type DivergenceReport } from './divergence-report.js';
import { clipScale } from '../optimizer/gradient-norm.js';
import { addLoss, lossCurve, type LossCurve } from './loss-history.js';
import { createProgressMeter } from './progress-meter.js';
import { checkTrainOptions, type TrainJob, type TrainOptions } from './train-options.js';
import type { LossReport, TrainingSession } from './training-session.js';
import { createTrainingState, decodeTrainingState, encodeTrainingState, type TrainingState } from './training-state.js';
import { readWeightAverage } from '../optimizer/weight-average.js';

/** Work between two turns of the event loop, in milliseconds: under one frame. */
const SLICE = 10;

/** Work between two checkpoints where the caller does not say, in milliseconds. */
const CHECKPOINT_INTERVAL = 30_000;

/** How a run ended. */
export type TrainStatus = 'finished' | 'aborted' | 'time-limit' | 'diverged';

/** What {@link train} gives back: plain data, transferable. */
export interface TrainResult {
  /**
   * `'finished'` after all steps; `'aborted'` and `'time-limit'` after fewer, ready to resume; `'diverged'` where the loss or its
   * gradient was not finite at these parameters.
   */
  readonly status: TrainStatus;
  /** Updates made, those before a resume included. Where the run diverged: the step whose loss was not finite. */
  readonly step: number;
  /** The parameters after `step` updates. */
  readonly parameters: Float32Array;
  /** The running mean of the parameters; `undefined` without `emaDecay`. */
  readonly emaParameters: Float32Array | undefined;
  /** Mean losses over windows of steps. */
  readonly losses: LossCurve;
  /** Milliseconds that this call took. */
  readonly elapsed: number;
  /** What computed the losses and gradients: the network's `engine`. */
  readonly engine: string;
  /** Where and on what the run diverged; `undefined` for every other status. */
  readonly divergence: DivergenceReport | undefined;
}

/**
 * Fits a network to an objective.
 *
 * The event loop gets a turn at least every 10 ms, or after one step if longer. The batch of step k is
 * `objective.draw(rng.fork(k))`, a function of the seed and k alone, so a run that was stopped, or killed, and is called again with
 * the same options and store ends with the same bits as one that never stopped, on the same engine. Nor has the objective a state
 * that a checkpoint would have to hold.
 *
 * Where the network offers a session that knows the optimizer, the whole run stays in its engine's memory: the fused networks with
 * `adam` and `adamW`. The bits are the same without.
 *
 * A state is saved only once the loss at its parameters is known to be finite: a checkpoint never holds a network that has
 * diverged. For the same reason one batch more than `steps` is drawn: it is evaluated at the final parameters, without an update.
 *
 * @param options - network, objective, random stream, number of steps, and how to optimise, save, report and stop
 * @returns the parameters and how the run went; an abort, a time limit and a divergence are no exceptions
 * @throws (rejects) TypeError or RangeError for options of the wrong kind or value, for a batch of another shape, for a factor of the
 * rate schedule that is not finite or below 0, and for a checkpoint that is damaged or belongs to another run or engine; and whatever the
 * objective, the store or `onProgress` throws
 *
 * @example
 * Fit a field whose velocity is the point itself, −1 at −1 and 1 at 1.
 * ```ts
 * import { createRng, fillUniform, type Rng } from '@brenier/random';
 * import { adam, train, velocityMlp } from '@brenier/nets';
 * import { chooseEngine } from '@brenier/nets/node';
 *
 * await chooseEngine({ prefer: 'wasm' });
 * const objective = {
 *   dim: 1,
 *   draw(rng: Rng) {
 *     const t = fillUniform(rng, new Float32Array(64));
 *     const x = fillUniform(rng, new Float32Array(64), { low: -1, high: 1 });
 *     return { count: 64, dim: 1, t, x, target: x };
 *   },
 * };
 * const network = velocityMlp({ dim: 1, hidden: [16] });
 * const result = await train({ network, objective, rng: createRng(0), steps: 200, optimizer: adam({ learningRate: 0.01 }) });
 * result.status; // => 'finished'
 * result.losses.means[199] < 0.01; // => true
 * ```
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const job = checkTrainOptions(options);
  // The engine has its name, which a checkpoint is held against, once it has started.
  await job.network.ready?.();
  const saved = await job.checkpoint?.store.load();
  const state = saved === undefined ? createTrainingState(job) : decodeTrainingState(saved, job);
  const pause = createPause();
  try {
    return await fit(job, state, pause, saved === undefined ? -1 : state.step);
  } finally {
    pause.close();
  }
}

async function fit(job: TrainJob, start: TrainingState, pause: Pause, resumedAt: number): Promise<TrainResult> {
  const { network, objective, rng, steps, optimizer, emaDecay } = job;
  objective.start?.(rng, start.step, steps);
  const session =
    network.startSession?.(start, optimizer, emaDecay) ?? arraySession(network, start, optimizer, emaDecay);
  try {
    return await runSteps(job, { session, step: start.step, history: start.history }, pause, resumedAt);
  } finally {
    session.dispose();
  }
}

/** A run under way: the session has what the engine changes, the rest is the loop's. */
interface Run extends Pick<TrainingState, 'step' | 'history'> {
  readonly session: TrainingSession;
}

async function runSteps(job: TrainJob, run: Run, pause: Pause, resumedAt: number): Promise<TrainResult> {
  const { objective, rng, checkpoint, clipNorm, rateSchedule } = job;
  const { session, history } = run;
  const start = performance.now();
  const meter = createProgressMeter(job, run.step, start);
  let turned = start;
  let saved = { step: resumedAt, time: start };
  for (;;) {
    const batch = await objective.draw(rng.fork(run.step));
    const report = await session.evaluate(batch);
    const now = performance.now();
    const status = judge(job, run.step, report, now - start);
    const isOver = status !== 'running';
    if (checkpoint !== undefined && status !== 'diverged' && run.step !== saved.step) {
      if (isOver || isCheckpointDue(checkpoint, run.step, saved, now)) {
        await checkpoint.store.save(encodeTrainingState(readState(run), job));
        saved = { step: run.step, time: performance.now() };
      }
    }
    meter.report(run.step, report.loss, now, isOver);
    if (isOver) {
      const lastCheckpoint = saved.step < 0 ? undefined : saved.step;
      const divergence = { step: run.step, batch: copyBatch(batch), ...report, lastCheckpoint };
      return conclude(job, run, status, performance.now() - start, status === 'diverged' ? divergence : undefined);
    }
    const factor = checkNonNegative('rateSchedule.factor(step)', rateSchedule.factor(run.step));
    session.update(factor, clipScale(report.gradientNorm, clipNorm));
    addLoss(history, report.loss);
    run.step++;
    if (now - turned >= SLICE) {
      await pause.turn();
      turned = performance.now();
    }
  }
}

function judge(
  { steps, signal, timeLimit }: TrainJob,
  step: number,
  { loss, gradientNorm }: LossReport,
  elapsed: number,
): TrainStatus | 'running' {
  if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) return 'diverged';
  if (step >= steps) return 'finished';
  if (signal?.aborted) return 'aborted';
  return elapsed >= timeLimit ? 'time-limit' : 'running';
}

function isCheckpointDue(
  {
    everySteps,
    interval = everySteps === undefined ? CHECKPOINT_INTERVAL : Infinity,
  }: NonNullable<TrainJob['checkpoint']>,
  step: number,
  saved: { readonly step: number; readonly time: number },
  now: number,
): boolean {
  return now - saved.time >= interval || (everySteps !== undefined && step - Math.max(saved.step, 0) >= everySteps);
}

function readState({ session, step, history }: Run): TrainingState {
  return { ...session.read(), step, history };
}

function conclude(
  job: TrainJob,
  run: Run,
  status: TrainStatus,
  elapsed: number,
  divergence: DivergenceReport | undefined,
): TrainResult {
  const { step, parameters, average, history } = readState(run);
  const { engine } = job.network;
  const emaParameters = job.emaDecay === undefined ? undefined : readWeightAverage(average, parameters);
  return { status, step, parameters, emaParameters, losses: lossCurve(history), elapsed, engine, divergence };
}
