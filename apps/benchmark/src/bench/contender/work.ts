/** What a contender may be asked to do: plain JSON, the same bytes for ours and for the rivals. */
import type { PackedArray } from './packed-array.js';

/** What every work on the velocity network of two dimensions knows: x, y and raw time in, SELU between, a velocity out. */
export interface NetworkWork {
  /** Widths of the hidden layers. */
  hidden: readonly number[];
  /** Starting parameters: per layer the weights, [inputs, outputs] row-major, then the bias. */
  parameters: PackedArray;
}

/** A training step on a batch that is drawn beforehand: forward, mean squared error, backward, AdamW; no running mean. */
export interface StepWork {
  /** Starting parameters in the flat layout of the network. */
  parameters: PackedArray;
  batchSize: number;
  /** Times, shape [batchSize]. */
  t: PackedArray;
  /** Points, shape [batchSize, dim]. */
  x: PackedArray;
  /** Velocities to regress on, shape [batchSize, dim]. */
  target: PackedArray;
  learningRate: number;
  weightDecay: number;
}

/** A step of the velocity network. */
interface MlpStepWork extends NetworkWork, StepWork {
  kind: 'mlp-step';
}

/** A step of the U-Net for grey images. */
export interface UnetStepWork extends StepWork {
  kind: 'unet-step';
  /** Rows and columns of an image. */
  size: number;
  /** Channels of each level. */
  channels: readonly number[];
}

/** Fixed steps of sampling, all points from time 0 to 1. */
export interface MlpWalkWork extends NetworkWork {
  kind: 'mlp-walk';
  count: number;
  steps: number;
  /** Starting points, shape [count, 2]. */
  x0: PackedArray;
  /** 0 for Euler, positive for Euler–Maruyama. */
  diffusion: number;
  /** Seed of our noise. */
  seed: number;
  /** How many of the points an answer holds. */
  checked: number;
  /** What our noise is for those points at that seed, for others' answers, shape [steps, checked, 2]; empty without diffusion. */
  noise: PackedArray;
}

/** A training of OT-CFM from the first step on: noise to data, pairs drawn anew and coupled exactly in every batch. */
export interface OtCfmRunWork extends NetworkWork {
  kind: 'ot-cfm-run';
  batchSize: number;
  /** Noise on the path. */
  sigma: number;
  /** The data set, shape [n, 2]. */
  data: PackedArray;
  /** One minibatch to couple in an answer, both shape [batchSize, 2]. */
  x0: PackedArray;
  x1: PackedArray;
  learningRate: number;
  weightDecay: number;
}

/** Exact transport between two clouds of as many points, under the squared Euclidean cost. */
export interface ExactWork {
  kind: 'exact';
  count: number;
  dim: number;
  /** The clouds, shape [count, dim] each; every side computes with these numbers as float64. */
  x: PackedArray;
  y: PackedArray;
  /** Masses before each side divides them by their sum, shape [count] each. Default: equal masses. */
  masses?: { a: PackedArray; b: PackedArray };
  /**
   * What is at hand when the clock starts. `'points'`: ours begins with points and computes every cost, rivals have their matrix ready.
   * `'matrix'`: both have the same matrix ready. `'distances'`: both begin with points, and rivals compute the matrix on the clock.
   */
  given: 'points' | 'matrix' | 'distances';
}

/** Many problems of one size, one after the other in one array, all with equal masses. */
export interface ExactBatchWork {
  kind: 'exact-batch';
  problems: number;
  count: number;
  dim: number;
  /** Shape [problems, count, dim] each. */
  x: PackedArray;
  y: PackedArray;
}

/** Any work. */
export type Work = MlpStepWork | UnetStepWork | MlpWalkWork | OtCfmRunWork | ExactWork | ExactBatchWork;
