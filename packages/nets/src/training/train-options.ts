// What a caller may ask of a training run.
import {
  checkFunction,
  checkInteger,
  checkLength,
  checkNonNegative,
  checkOptions,
  checkPositive,
  checkWithin,
  describeValue,
} from '@brenier/errors';
import { checkRng, type Rng } from '@brenier/random';
import { adam } from '../optimizer/adam.js';
import type { CheckpointStore } from '../storage/checkpoint-store.js';
import type { Network } from '../network/network.js';
import type { Objective } from '../network/objective.js';
import type { Optimizer } from '../optimizer/optimizer.js';
import { checkRateSchedule, constantRate, type RateSchedule } from '../optimizer/rate-schedule.js';

/** One progress event of {@link train}. */
export interface TrainProgress {
  /** Updates made so far, those before a resume included. */
  readonly step: number;
  /** Updates asked for. */
  readonly steps: number;
  /** Mean loss, smoothed over about the last 100 steps; not finite in the last event of a run that diverged. */
  readonly loss: number;
  /** Updates a second since this call began. */
  readonly stepsPerSecond: number;
  /** Milliseconds since this call began. */
  readonly elapsed: number;
  /** Milliseconds until the end at this rate; `Infinity` before the first update. */
  readonly remaining: number;
}

/** Where and how often {@link train} saves its state. */
export interface TrainCheckpoint {
  /** The place; what it holds when the run starts is resumed. */
  readonly store: CheckpointStore;
  /** Updates between two checkpoints. Default: none. */
  readonly everySteps?: number;
  /** Milliseconds between two checkpoints. Default 30,000 where `everySteps` is not given, none otherwise. */
  readonly interval?: number;
  /**
   * Whether to resume what another engine has saved, whose rounding differs: the run then has the bits of neither. Default `false`:
   * such a checkpoint is refused.
   */
  readonly allowOtherEngine?: boolean;
}

/** Options of {@link train}. */
export interface TrainOptions {
  /** The network to fit. */
  readonly network: Network;
  /** What to fit it to. */
  readonly objective: Objective;
  /** Where all random numbers come from; the batch of step k is drawn from `rng.fork(k)`. */
  readonly rng: Rng;
  /** Updates to make in all, those before a resume included. */
  readonly steps: number;
  /** How to update. Default `adam()`. */
  readonly optimizer?: Optimizer;
  /** What the optimizer's learning rate is multiplied by, update for update. Default: 1 throughout. */
  readonly rateSchedule?: RateSchedule;
  /**
   * Largest Euclidean norm of a gradient; a longer one is shortened before the update, by PyTorch's rule clipNorm / (norm + 1e-6).
   * Default: gradients are taken as they are.
   */
  readonly clipNorm?: number;
  /** Parameters to start from. Default `network.initParameters(rng.fork('parameters'))`. */
  readonly parameters?: Float32Array;
  /** Decay of the running mean of the parameters, in [0, 1), for example 0.999. Default: no mean is kept. */
  readonly emaDecay?: number;
  /** Where to save the state and resume from. Default: nowhere. */
  readonly checkpoint?: TrainCheckpoint;
  /** Raise it to stop after the current step, with a checkpoint. Default: none. */
  readonly signal?: AbortSignal;
  /** Called with progress events while running, and once at the end. Default: none. */
  readonly onProgress?: (event: TrainProgress) => void;
  /** Least time between two progress events, in milliseconds; 0 reports after every step. Default 100. */
  readonly progressInterval?: number;
  /** Time after which the run stops with a checkpoint, in milliseconds; checked between steps. Default: none. */
  readonly timeLimit?: number;
}

/** The options with their defaults filled in. */
export interface TrainJob extends TrainOptions {
  readonly optimizer: Optimizer;
  readonly rateSchedule: RateSchedule;
  readonly parameters: Float32Array;
  readonly progressInterval: number;
  readonly timeLimit: number;
}

const optionNames = [
  'network',
  'objective',
  'rng',
  'steps',
  'optimizer',
  'rateSchedule',
  'clipNorm',
  'parameters',
  'emaDecay',
  'checkpoint',
  'signal',
  'onProgress',
  'progressInterval',
  'timeLimit',
] as const;

/** Checks the options of a run and fills in the defaults. */
export function checkTrainOptions(options: TrainOptions): TrainJob {
  const given = checkOptions('options', options, optionNames);
  const { network, objective, rng, optimizer = adam(), progressInterval = 100, timeLimit = Infinity, signal } = given;
  const { rateSchedule = constantRate() } = given;
  checkMethods('network', network, ['initParameters', 'lossAndGradient']);
  checkMethods('objective', objective, ['draw']);
  if (objective.dim !== network.dim) {
    throw new RangeError(`"objective.dim" expected ${network.dim}, the network's, got ${describeValue(objective.dim)}`);
  }
  checkRng('rng', rng);
  checkInteger('steps', given.steps, 0);
  checkMethods('optimizer', optimizer, ['init', 'update']);
  checkRateSchedule('rateSchedule', rateSchedule);
  if (given.clipNorm !== undefined) checkPositive('clipNorm', given.clipNorm);
  if (given.emaDecay !== undefined) checkWithin('emaDecay', given.emaDecay, 0, 1 - Number.EPSILON);
  if (given.checkpoint !== undefined) checkCheckpoint(given.checkpoint);
  if (given.onProgress !== undefined) checkFunction('onProgress', given.onProgress);
  checkNonNegative('progressInterval', progressInterval);
  if (timeLimit !== Infinity) checkNonNegative('timeLimit', timeLimit);
  if (signal !== undefined && typeof signal?.aborted !== 'boolean') {
    throw new TypeError(`"signal" expected an AbortSignal, got ${describeValue(signal)}`);
  }
  const parameters = given.parameters ?? network.initParameters(rng.fork('parameters'));
  if (!(parameters instanceof Float32Array)) {
    throw new TypeError(`"parameters" expected a Float32Array, got ${describeValue(parameters)}`);
  }
  checkLength('parameters', parameters, network.parameterCount);
  return { ...given, optimizer, rateSchedule, progressInterval, timeLimit, parameters: parameters.slice() };
}

function checkCheckpoint(checkpoint: TrainCheckpoint): void {
  const names = ['store', 'everySteps', 'interval', 'allowOtherEngine'] as const;
  const { store, everySteps, interval, allowOtherEngine } = checkOptions('checkpoint', checkpoint, names);
  checkMethods('checkpoint.store', store, ['load', 'save']);
  if (everySteps !== undefined) checkInteger('checkpoint.everySteps', everySteps, 1);
  if (interval !== undefined) checkPositive('checkpoint.interval', interval);
  if (allowOtherEngine !== undefined && typeof allowOtherEngine !== 'boolean') {
    throw new TypeError(`"checkpoint.allowOtherEngine" expected true or false, got ${describeValue(allowOtherEngine)}`);
  }
}

function checkMethods<T extends object>(name: string, value: T, methods: readonly (keyof T & string)[]): void {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`"${name}" expected an object with ${methods.join(', ')}, got ${describeValue(value)}`);
  }
  for (const method of methods) checkFunction(`${name}.${method}`, value[method] as () => unknown);
}
