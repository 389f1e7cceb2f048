/** What a method on images is to everything else: something that trains, and then carries starts to images. */
import type { CheckpointStore } from '@brenier/nets';
import type { Rng } from '@brenier/random';
import type { ArrayField } from '@brenier/samplers';
import type { DigitSets } from '../digit-sets.js';
import type { ImageProtocol } from '../image-settings.js';
import type { ImageIteration, ImageTaskRecord } from '../image-results.js';
import type { ImageTask } from '../image-task.js';

/** What a method is given to train with. */
export interface ImageContext {
  readonly protocol: ImageProtocol;
  readonly sets: DigitSets;
  /** Parameters of the judge, for methods that are judged on their way. */
  readonly judge: Float32Array;
  /** What the method's images are compared with. */
  readonly task: ImageTask;
  /** Where all random numbers of the training come from. */
  readonly rng: Rng;
  /** Where the state is saved and resumed from. */
  readonly checkpoint: CheckpointStore;
  /** Milliseconds after which training stops with what it has. */
  readonly timeLimit: number;
  /** Raised to stop. */
  readonly signal: AbortSignal;
  /** Told where the training stands. */
  onProgress(progress: ImageProgress): void;
}

/** Where a training stands. */
export interface ImageProgress {
  /** What is being done, where there is more than one thing. */
  readonly stage?: string;
  /** Optimizer steps done, of all. */
  readonly step: number;
  readonly steps: number;
  /** Mean of the latest losses. */
  readonly loss: number;
  /** Milliseconds until the end at this rate. */
  readonly remaining: number;
}

/** A trained method. */
export interface TrainedImages {
  readonly status: 'finished' | 'time-limit' | 'aborted';
  /** Optimizer steps done. */
  readonly step: number;
  /** Mean loss per window of steps. */
  readonly losses: { step: number; loss: number }[];
  /** Parameters of all its networks. */
  readonly parameterCount: number;
  /** What each iteration of a bridge gave; empty for flows. */
  readonly iterations: ImageIteration[];
  /** Which engine computed. */
  readonly engine: string;
  /**
   * Carries a few starts to images.
   *
   * @param rng - where noise comes from
   * @param starts - shape [count, 784]
   */
  carry(rng: Rng, starts: Float64Array): CarriedImages;
  /** Of a process with noise: the velocity that its path energy is taken of. Default: absent, the process is a flow. */
  readonly probabilityFlow?: ArrayField;
  /** Frees the networks. */
  dispose(): void;
}

/** Starts on their way. */
export interface CarriedImages {
  readonly times: ArrayLike<number>;
  /** The images at each time, shape [count, 784]; the last are the generated ones. */
  readonly states: readonly Float64Array[];
  /** Evaluations of a network for each image. */
  readonly nfe: number;
}

/** A method on images. */
export interface ImageMethod {
  /** What it learns to carry to what. */
  readonly task: ImageTaskRecord['task'];
  /** Trains it; a second call with the same checkpoint continues where the first was stopped. */
  train(context: ImageContext): Promise<TrainedImages>;
}
