// The one training loop: every objective, every network, every optimizer.
import { createPause, type Pause } from '@brenier/event-loop';
import { lossCurve, addLoss, type LossCurve } from './loss-history.js';
import { createProgressMeter } from './progress-meter.js';
import { checkTrainOptions, type TrainJob, type TrainOptions } from './train-options.js';
import { createTrainingState, decodeTrainingState, encodeTrainingState, type TrainingState } from './training-state.js';
import { addToWeightAverage, readWeightAverage } from './weight-average.js';

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
}

/**
 * Fits a network to an objective.
 *
 * The event loop gets a turn at least every 10 ms, or after one step if longer. The batch of step k is
 * `objective.draw(rng.fork(k))`, a function of the seed and k alone, so a run that was stopped, or killed, and is called again with
 * the same options and store ends with the same bits as one that never stopped, on the same engine.
 *
 * A state is saved only once the loss at its parameters is known to be finite: a checkpoint never holds a network that has
 * diverged. For the same reason one batch more than `steps` is drawn: it is evaluated at the final parameters, without an update.
 *
 * @param options - network, objective, random stream, number of steps, and how to optimise, save, report and stop
 * @returns the parameters and how the run went; an abort, a time limit and a divergence are no exceptions
 * @throws (rejects) TypeError or RangeError for options of the wrong kind or value, for a batch of another shape, and for a
 * checkpoint that is damaged or belongs to another run; and whatever the objective, the store or `onProgress` throws
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
  const saved = await job.checkpoint?.store.load();
  const state = saved === undefined ? createTrainingState(job) : decodeTrainingState(saved, job);
  const pause = createPause();
  try {
    return await fit(job, state, pause, saved === undefined ? -1 : state.step);
  } finally {
    pause.close();
  }
}

async function fit(job: TrainJob, state: TrainingState, pause: Pause, resumedAt: number): Promise<TrainResult> {
  const { network, objective, rng, optimizer, emaDecay, checkpoint } = job;
  const start = performance.now();
  const meter = createProgressMeter(job, state.step, start);
  const gradient = new Float32Array(network.parameterCount);
  let turned = start;
  let savedAt = { step: resumedAt, time: start };
  for (;;) {
    const batch = await objective.draw(rng.fork(state.step));
    const loss = await network.lossAndGradient(state.parameters, batch, gradient);
    const now = performance.now();
    const status = judge(job, state, loss, gradient, now - start);
    const isOver = status !== 'running';
    if (checkpoint !== undefined && status !== 'diverged' && state.step !== savedAt.step) {
      if (isOver || isCheckpointDue(checkpoint, state.step, savedAt, now)) {
        await checkpoint.store.save(encodeTrainingState(state, job));
        savedAt = { step: state.step, time: performance.now() };
      }
    }
    meter.report(state.step, loss, now, isOver);
    if (isOver) return conclude(job, state, status, performance.now() - start);
    optimizer.update(state.optimizer, state.parameters, gradient);
    if (emaDecay !== undefined) addToWeightAverage(state.average, emaDecay, state.parameters);
    addLoss(state.history, loss);
    state.step++;
    if (now - turned >= SLICE) {
      await pause.turn();
      turned = performance.now();
    }
  }
}

function judge(
  { steps, signal, timeLimit }: TrainJob,
  { step }: TrainingState,
  loss: number,
  gradient: Float32Array,
  elapsed: number,
): TrainStatus | 'running' {
  // The squares of float32 numbers cannot overflow a float64 sum: it is finite exactly where every entry is.
  if (!Number.isFinite(loss) || !Number.isFinite(sumOfSquares(gradient))) return 'diverged';
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

function conclude(job: TrainJob, state: TrainingState, status: TrainStatus, elapsed: number): TrainResult {
  const { step, parameters, average, history } = state;
  const { engine } = job.network;
  const emaParameters = job.emaDecay === undefined ? undefined : readWeightAverage(average, parameters);
  return { status, step, parameters, emaParameters, losses: lossCurve(history), elapsed, engine };
}

function sumOfSquares(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
