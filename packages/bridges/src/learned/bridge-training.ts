/** The options that all learned bridges share, checked once. */
import {
  checkFlag,
  checkFunction,
  checkInteger,
  checkNonNegative,
  checkOptions,
  checkPositive,
  checkWithin,
  describeValue,
} from '@brenier/errors';
import type { CheckpointStore, Optimizer, RateSchedule } from '@brenier/nets/fused';
import type { StochasticMethod } from '@brenier/samplers';
import { checkDrawable } from '../matching/check-drawable.js';
import type { PointSource } from '../matching/point-source.js';
import type { Direction } from '../matching/drift-matching.js';
import { checkReference } from '../reference/check-reference.js';
import type { Reference } from '../reference/reference.js';
import { checkNetworks, type BridgeFields, type BridgeNetworks, type BridgeParameters } from './bridge-network.js';
import type { HalfStepRecord } from './half-step-record.js';

/** Where a learned bridge saves its state: one file for the whole loop. */
export interface BridgeCheckpoint {
  /** The place; what it holds when a run starts is resumed. */
  readonly store: CheckpointStore;
  /** Updates between two checkpoints within a half-step. Default: none. */
  readonly everySteps?: number;
  /** Milliseconds between two checkpoints within a half-step. Default 30,000 where `everySteps` is not given, none otherwise. */
  readonly interval?: number;
  /**
   * Whether to resume what another engine has saved, whose rounding differs: the run then has the bits of neither. Default `false`:
   * such a checkpoint is refused.
   */
  readonly allowOtherEngine?: boolean;
}

/** Where a bridge stands. */
export interface BridgeProgress {
  /** The half-step under way, from 1. */
  readonly halfStep: number;
  /** Half-steps asked for. */
  readonly halfSteps: number;
  /** Which drift is being fitted. */
  readonly direction: Direction;
  /** Updates made in this half-step. */
  readonly step: number;
  /** Updates of this half-step. */
  readonly steps: number;
  /** Updates made in all half-steps. */
  readonly totalStep: number;
  /** Updates of all half-steps. */
  readonly totalSteps: number;
  /** Mean loss since the event before. */
  readonly loss: number;
}

/** Options that {@link dsbm} and {@link dsb} share. */
export interface BridgeTrainingOptions {
  /** The law at time 0. */
  readonly source: PointSource;
  /** The law at time 1, the data. */
  readonly target: PointSource;
  /** The process that the bridge is to be near, for example `brownian({ sigma: 1 })`. */
  readonly reference: Reference;
  /** One network for each drift. */
  readonly networks: BridgeNetworks;
  /** Fits of one drift to make in all, backward and forward in turn; those before a resume included. An even number ends forward. */
  readonly halfSteps: number;
  /** Updates of a half-step. */
  readonly steps: number;
  /** Updates of the first half-step of each network, which starts from nothing. Default: `steps`. */
  readonly firstSteps?: number;
  /** Samples per batch. Default 128. */
  readonly batchSize?: number;
  /** How to update; its state is made anew for each half-step. Default `adam()` at 1e-3. */
  readonly optimizer?: Optimizer;
  /**
   * What multiplies the learning rate within a half-step, made from its number of updates, for example
   * `(steps) => cosineDecay({ to: steps })`, and from its place, counted from 1: later half-steps that learn more slowly forget less
   * of what the earlier ones learnt. Default: 1 throughout.
   */
  readonly rateSchedule?: (steps: number, halfStep: number) => RateSchedule;
  /** Largest norm of a gradient. Default: gradients are taken as they are. */
  readonly clipNorm?: number;
  /** Decay of the mean of the parameters that simulates, in [0, 1), started anew in each half-step. Default: none, the last parameters simulate. */
  readonly emaDecay?: number;
  /** Paths of a simulation, each of which gives a pair to fit the other drift to. Default 10,000. */
  readonly cacheSize?: number;
  /** Updates after which the paths are simulated anew, from new starts. Default: never within a half-step. */
  readonly refreshEvery?: number;
  /** Steps of a simulation. Default 20. */
  readonly numSteps?: number;
  /** How much the steps of a simulation shorten towards its end: the exponent of `refinedTimes`; 1 for equal steps. */
  readonly refinement?: number;
  /** How a simulation steps; {@link dsb} takes `eulerMaruyama()` alone. */
  readonly method?: StochasticMethod;
  /** Points that a simulation moves at once, each lot with its own noise: bounds memory and the wait of the event loop. Default 4096. */
  readonly simulationBatch?: number;
  /** Parameters to start from, of one network or both. Default: `initParameters` of each. */
  readonly parameters?: Partial<BridgeParameters>;
  /** Points of the simulation that {@link HalfStepRecord.monitor} looks at after each half-step; 0 for no monitor. Default 2000. */
  readonly monitorCount?: number;
  /**
   * Numbers of the caller's own after each half-step, kept in its record, across a resume too. Default: none.
   */
  readonly measure?: (fields: BridgeFields, halfStep: number) => MeasuredNumbers | Promise<MeasuredNumbers>;
  /** Looked at after each half-step, at once and not as a promise: true ends the run with the status `'stopped'`. Default: never. */
  readonly stopWhen?: (history: readonly HalfStepRecord[]) => boolean;
  /** Called with the record of each half-step of this call. Default: none. */
  readonly onHalfStep?: (record: HalfStepRecord) => void;
  /** Called while a half-step is under way. Default: none. */
  readonly onProgress?: (progress: BridgeProgress) => void;
  /** Least time between two progress events, in milliseconds; 0 reports after every update. Default 100. */
  readonly progressInterval?: number;
  /** Where to save the state and resume from. Default: nowhere. */
  readonly checkpoint?: BridgeCheckpoint;
  /** Raise it to stop, with a checkpoint. Default: none. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which the run stops between two updates, with a checkpoint. Default: none. */
  readonly timeLimit?: number;
}

/** Finite numbers by name. */
export type MeasuredNumbers = Readonly<Record<string, number>>;

/** The names of the shared options. */
export const bridgeTrainingNames = [
  'source',
  'target',
  'reference',
  'networks',
  'halfSteps',
  'steps',
  'firstSteps',
  'batchSize',
  'optimizer',
  'rateSchedule',
  'clipNorm',
  'emaDecay',
  'cacheSize',
  'refreshEvery',
  'numSteps',
  'refinement',
  'method',
  'simulationBatch',
  'parameters',
  'monitorCount',
  'measure',
  'stopWhen',
  'onHalfStep',
  'onProgress',
  'progressInterval',
  'checkpoint',
  'signal',
  'timeLimit',
] as const;

/** The options with their defaults filled in. */
export type BridgeTraining = BridgeTrainingOptions &
  Required<
    Pick<
      BridgeTrainingOptions,
      'batchSize' | 'cacheSize' | 'firstSteps' | 'monitorCount' | 'numSteps' | 'refinement' | 'simulationBatch'
    >
  > & { readonly method: StochasticMethod; readonly dim: number };

/** Checks the shared options; `train`, the optimizer and the integrator check what they are handed on. */
export function checkBridgeTraining(
  options: BridgeTrainingOptions,
  defaults: { readonly method: StochasticMethod; readonly refinement: number },
): BridgeTraining {
  const dim = checkNetworks(options.networks);
  checkDrawable('source', options.source, dim);
  checkDrawable('target', options.target, dim);
  checkReference('reference', options.reference);
  const {
    steps,
    batchSize = 128,
    cacheSize = 10_000,
    numSteps = 20,
    simulationBatch = 4096,
    monitorCount = 2000,
  } = options;
  const { method = defaults.method, refinement = defaults.refinement, timeLimit, signal, parameters } = options;
  checkInteger('halfSteps', options.halfSteps, 1);
  checkInteger('steps', steps, 1);
  const firstSteps = checkInteger('firstSteps', options.firstSteps ?? steps, 1);
  checkInteger('batchSize', batchSize, 1, 2 ** 31 - 1);
  checkInteger('cacheSize', cacheSize, 1, 2 ** 31 - 1);
  if (options.refreshEvery !== undefined) checkInteger('refreshEvery', options.refreshEvery, 1);
  checkInteger('numSteps', numSteps, 1);
  checkPositive('refinement', refinement);
  if (method?.kind !== 'stochastic') {
    throw new TypeError(`"method" expected a stochastic method such as eulerMaruyama(), got ${describeValue(method)}`);
  }
  checkInteger('simulationBatch', simulationBatch, 1);
  checkInteger('monitorCount', monitorCount, 0);
  if (options.emaDecay !== undefined) checkWithin('emaDecay', options.emaDecay, 0, 1 - Number.EPSILON);
  for (const name of ['rateSchedule', 'measure', 'stopWhen', 'onHalfStep', 'onProgress'] as const) {
    if (options[name] !== undefined) checkFunction(name, options[name] as () => unknown);
  }
  if (timeLimit !== undefined && timeLimit !== Infinity) checkNonNegative('timeLimit', timeLimit);
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(`"signal" expected an AbortSignal, got ${describeValue(signal)}`);
  }
  if (options.checkpoint !== undefined) checkCheckpoint(options.checkpoint);
  checkOptions('parameters', parameters, ['forward', 'backward']);
  return {
    ...options,
    dim,
    batchSize,
    cacheSize,
    firstSteps,
    monitorCount,
    numSteps,
    refinement,
    simulationBatch,
    method,
  };
}

function checkCheckpoint(checkpoint: BridgeCheckpoint): void {
  const names = ['store', 'everySteps', 'interval', 'allowOtherEngine'] as const;
  const { store, allowOtherEngine } = checkOptions('checkpoint', checkpoint, names);
  if (allowOtherEngine !== undefined) checkFlag('checkpoint.allowOtherEngine', allowOtherEngine);
  if (typeof store !== 'object' || store === null) {
    throw new TypeError(`"checkpoint.store" expected an object with load and save, got ${describeValue(store)}`);
  }
  checkFunction('checkpoint.store.load', store.load);
  checkFunction('checkpoint.store.save', store.save);
}

/** The direction of a half-step, counted from 0. */
export function directionOf(halfStep: number): Direction {
  return halfStep % 2 === 0 ? 'backward' : 'forward';
}

/** Updates of a half-step, counted from 0. */
export function stepsOf({ steps, firstSteps }: BridgeTraining, halfStep: number): number {
  return halfStep < 2 ? firstSteps : steps;
}

/** The schedule of a half-step, counted from 0; `undefined` where none was asked for. */
export function rateScheduleOf(job: BridgeTraining, halfStep: number): RateSchedule | undefined {
  if (job.rateSchedule === undefined) return undefined;
  const schedule = job.rateSchedule(stepsOf(job, halfStep), halfStep + 1);
  if (typeof schedule?.factor === 'function' && typeof schedule.name === 'string') return schedule;
  throw new TypeError(`"rateSchedule(…)" expected a schedule with name and factor, got ${describeValue(schedule)}`);
}
