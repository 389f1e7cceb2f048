/**
 * The loop of all learned bridges: fit the backward drift, fit the forward drift, and so on, each to paths of the other. What a fit
 * regresses on is injected. One half-step is one `train`; its checkpoint lies inside that of the loop, so a run that was stopped or
 * killed at any moment goes on with the same bits.
 */
import { checkFlag } from '@brenier/errors';
import { train, type CheckpointStore, type Objective, type TrainResult } from '@brenier/nets/fused';
import { checkRng, type Rng } from '@brenier/random';
import type { ArrayField } from '@brenier/samplers';
import type { Direction } from '../matching/drift-matching.js';
import { bridgeFields } from './bridge-network.js';
import { decodeState, encodeState, initialState, withTrained, type BridgeState } from './bridge-state.js';
import { directionOf, rateScheduleOf, stepsOf, type BridgeProgress, type BridgeTraining } from './bridge-training.js';
import type { HalfStepRecord } from './half-step-record.js';
import type { BridgeStatus, LearnedBridge } from './learned-bridge.js';
import { monitorDrift } from './monitor.js';
import { enginesOf, runIdentity, type RunIdentity } from './run-identity.js';

/** What distinguishes the learned bridges. */
export interface HalfStepMethod {
  /** The method and its own settings; a checkpoint remembers it and refuses another. */
  readonly name: string;
  /**
   * What half-step `halfStep`, counted from 0, fits.
   *
   * @param rng - where its paths come from
   * @param opposite - the drift of the other direction, for as long as the half-step lasts
   */
  objective(halfStep: number, direction: Direction, rng: Rng, opposite: ArrayField): Objective;
}

/** Runs a method to its end, or to where it is stopped. */
export async function runHalfSteps(rng: Rng, job: BridgeTraining, method: HalfStepMethod): Promise<LearnedBridge> {
  checkRng('rng', rng);
  const start = initialState(rng, job);
  const identity = runIdentity(rng, job, method.name);
  const store = job.checkpoint?.store;
  const saved = await store?.load();
  let state = saved === undefined ? start : decodeState(saved, identity, start, job.checkpoint!);
  const startTime = performance.now();
  for (;;) {
    const remaining = (job.timeLimit ?? Infinity) - (performance.now() - startTime);
    const status = statusBetween(job, state, remaining);
    if (status !== 'running') return conclude(job, state, status, 0);
    const stepRng = rng.fork('half-step').fork(state.halfStep);
    const trained = await fit(stepRng, job, method, state, identity, remaining);
    state = withTrained(state, trained);
    if (trained.status !== 'finished') return conclude(job, state, trained.status, trained.step);
    const record = await describe(stepRng, job, state, trained);
    if (record === undefined) return conclude(job, state, 'aborted', trained.step);
    state = { ...state, halfStep: state.halfStep + 1, history: [...state.history, record], training: undefined };
    await store?.save(encodeState(state, identity));
    job.onHalfStep?.(record);
  }
}

function statusBetween(job: BridgeTraining, state: BridgeState, remaining: number): BridgeStatus | 'running' {
  if (state.history.length > 0 && asksToStop(job, state)) return 'stopped';
  if (state.halfStep >= job.halfSteps) return 'finished';
  if (job.signal?.aborted === true) return 'aborted';
  return remaining <= 0 ? 'time-limit' : 'running';
}

/** A promise would be no answer yet, and never true. */
function asksToStop({ stopWhen }: BridgeTraining, { history }: BridgeState): boolean {
  return stopWhen !== undefined && checkFlag('stopWhen(…)', stopWhen(history));
}

/** One half-step. Its checkpoint is that of the loop with the state of `train` inside. */
async function fit(
  rng: Rng,
  job: BridgeTraining,
  method: HalfStepMethod,
  state: BridgeState,
  identity: RunIdentity,
  timeLimit: number,
): Promise<TrainResult> {
  const { networks, optimizer, clipNorm, emaDecay, signal, checkpoint } = job;
  const direction = directionOf(state.halfStep);
  const other = direction === 'forward' ? 'backward' : 'forward';
  const steps = stepsOf(job, state.halfStep);
  const rateSchedule = rateScheduleOf(job, state.halfStep);
  const opposite = networks[other].field(state.simulating[other]);
  const store: CheckpointStore | undefined = checkpoint && {
    name: checkpoint.store.name,
    load: () => Promise.resolve(state.training),
    save: (training) => checkpoint.store.save(encodeState({ ...state, training }, identity)),
  };
  const { everySteps, interval, allowOtherEngine } = checkpoint ?? {};
  try {
    return await train({
      network: networks[direction],
      objective: method.objective(state.halfStep, direction, rng.fork('paths'), opposite),
      rng: rng.fork('training'),
      steps,
      optimizer,
      rateSchedule,
      clipNorm,
      emaDecay,
      parameters: state.trained[direction],
      checkpoint: store && { store, everySteps, interval, allowOtherEngine },
      signal,
      timeLimit,
      progressInterval: job.progressInterval,
      onProgress: job.onProgress && (({ step, loss }) => job.onProgress!(progressAt(job, state.halfStep, step, loss))),
    });
  } finally {
    opposite.dispose?.();
  }
}

function progressAt(job: BridgeTraining, halfStep: number, step: number, loss: number): BridgeProgress {
  const { halfSteps } = job;
  const steps = stepsOf(job, halfStep);
  const direction = directionOf(halfStep);
  const totalStep = stepsBefore(job, halfStep) + step;
  return {
    halfStep: halfStep + 1,
    halfSteps,
    direction,
    step,
    steps,
    totalStep,
    totalSteps: stepsBefore(job, halfSteps),
    loss,
  };
}

function stepsBefore(job: BridgeTraining, halfStep: number): number {
  let sum = 0;
  for (let k = 0; k < halfStep; k++) sum += stepsOf(job, k);
  return sum;
}

/** The record of the half-step just trained; `undefined` where the signal was raised meanwhile. */
async function describe(
  rng: Rng,
  job: BridgeTraining,
  state: BridgeState,
  { step, losses }: TrainResult,
): Promise<HalfStepRecord | undefined> {
  const direction = directionOf(state.halfStep);
  const fields = bridgeFields(job.networks, state.simulating);
  try {
    // The flow needs both drifts: before the second half-step one of them knows nothing.
    const flow = state.halfStep > 0 ? fields.flow : undefined;
    const monitor =
      job.monitorCount === 0
        ? undefined
        : await monitorDrift(rng.fork('monitor'), job, direction, fields[direction], flow);
    if (job.signal?.aborted === true) return undefined;
    const measured = await job.measure?.(fields, state.halfStep + 1);
    return {
      halfStep: state.halfStep + 1,
      direction,
      steps: step,
      losses: thinned(losses.window, [...losses.means], step),
      ...(monitor && { monitor }),
      ...(measured && { measured: checkMeasured(measured) }),
    };
  } finally {
    fields.dispose();
  }
}

/** What does not survive a passage through JSON would differ after a resume. */
function checkMeasured(measured: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  for (const [name, value] of Object.entries(measured)) {
    if (!Number.isFinite(value)) throw new RangeError(`"measure(…).${name}" expected a finite number, got ${value}`);
  }
  return measured;
}

/** Windows merged in pairs until there are at most 64. */
function thinned(window: number, means: number[], steps: number): HalfStepRecord['losses'] {
  if (means.length <= 64) return { window, means };
  const merged = Array.from({ length: Math.ceil(means.length / 2) }, (_, k) => {
    const [first, second] = [2 * k, 2 * k + 1].map((each) => Math.max(0, Math.min(window, steps - each * window)));
    return (first * means[2 * k] + (second === 0 ? 0 : second * means[2 * k + 1])) / (first + second);
  });
  return thinned(2 * window, merged, steps);
}

function conclude(job: BridgeTraining, state: BridgeState, status: BridgeStatus, step: number): LearnedBridge {
  return {
    status,
    halfSteps: state.halfStep,
    totalStep: stepsBefore(job, state.halfStep) + step,
    forward: state.simulating.forward,
    backward: state.simulating.backward,
    trained: state.trained,
    history: state.history,
    engine: enginesOf(job.networks),
  };
}
