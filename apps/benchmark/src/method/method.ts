/** What a row of the table is to everything else: a recipe that turns data into a process with a velocity and a sampler. */
import type { CheckpointStore } from '@brenier/nets/fused';
import type { ArrayField } from '@brenier/samplers';
import type { Rng } from '@brenier/random';
import type { SeededTask } from '../cell/tasks.js';
import type { IterationRecord, SettingRecord } from '../results.js';
import type { DataSetName } from '../settings.js';

/** What a method is given to train with. */
export interface MethodContext {
  /** The draws of the data set at the seed. */
  readonly data: SeededTask;
  /** Optimizer steps of a whole training; a method with several stages shares them out and says how. */
  readonly steps: number;
  /** Seconds after which training stops with what it has; `Infinity` where there is no limit. */
  readonly timeLimit: number;
  /** The noise of the reference process, where the σ of the table's column is not wanted. Default: absent. */
  readonly sigma?: number;
  /** Where a stage of the training saves its state and resumes from. */
  checkpoint(stage: string): CheckpointStore;
  /** Does some work, which counts as pairing: the report tells it apart from the rest of the training. */
  timePairing<T>(work: () => T): T;
  /** Raised to stop: every stage saves its state. */
  readonly signal: AbortSignal;
  /** Told where the training stands. */
  onProgress(progress: MethodProgress): void;
}

/** Where a training stands. */
export interface MethodProgress {
  /** What is being done, for example `'forward drift, iteration 3 of 5'`. */
  readonly stage: string;
  /** Optimizer steps done of all stages. */
  readonly step: number;
  readonly steps: number;
  /** Mean of the latest losses. */
  readonly loss: number;
}

/** A trained process. */
export interface TrainedMethod {
  /** How the training ended. */
  readonly status: 'finished' | 'time-limit' | 'aborted';
  /** Optimizer steps done. */
  readonly step: number;
  /** The velocity of its flow, for stochastic processes of the probability flow: what the path energy is taken of. */
  readonly velocity: ArrayField;
  /**
   * Carries points from time 0 to time 1 as the method itself would.
   *
   * @param rng - where noise comes from
   * @param start - the points, shape [count, 2]
   * @param numSteps - steps, each of which evaluates a network once
   */
  sample(rng: Rng, start: Float64Array, numSteps: number): SampledPaths;
  /** One minibatch of the last coupling, flat [x0, y0, x1, y1, …]. */
  readonly pairs: Float64Array;
  /** Mean loss per window of steps, the stages one after the other. */
  readonly losses: readonly { step: number; loss: number }[];
  /** What each iteration of a bridge gave; empty for flows. */
  readonly iterations: readonly IterationRecord[];
  /** The line that says which engine ran. */
  readonly engine: string;
}

/** Paths of all samples. */
export interface SampledPaths {
  /** Strictly increasing, from 0 to 1. */
  readonly times: ArrayLike<number>;
  /** The points at each time, shape [count, 2]; the last are the samples. */
  readonly states: readonly Float64Array[];
  /** Network evaluations a sample. */
  readonly nfe: number;
}

/** A row of the table. */
export interface Method {
  /** Its name in the published table. */
  readonly name: string;
  /** Whether it can start from another law than N(0, I). */
  readonly needsGaussianSource: boolean;
  /** Whether its paths are noisy, so that its energy is judged by the exact bridge at its σ. */
  readonly isStochastic: boolean;
  /** The σ of its process on a data set; 0 for flows. */
  sigma(dataSet: DataSetName): number;
  /** Optimizer steps of a whole training, where the user asks for no other number. */
  readonly steps: number;
  /** Optimizer steps for a first look at the table. */
  readonly quickSteps: number;
  /** Its own settings, as the report prints them. */
  readonly settings: Readonly<Record<string, SettingRecord>>;
  /** Trains it; a second call with the same checkpoints continues where the first was stopped. */
  train(context: MethodContext): Promise<TrainedMethod>;
}
