import type { Rng } from '@brenier/random';

/** One batch of a regression on points and times, in the precision of the nets. */
export interface TrainingBatch {
  /** Number of samples. */
  readonly count: number;
  /** Coordinates per point. */
  readonly dim: number;
  /** Times in [0, 1], shape [count]. */
  readonly t: Float32Array;
  /** Points, row-major, shape [count, dim]. */
  readonly x: Float32Array;
  /** What a field should return at (x, t), row-major, shape [count, dim]. */
  readonly target: Float32Array;
  /** Weight of each sample, shape [count]; 1 where absent. */
  readonly weight?: Float32Array;
  /** Class of each sample, shape [count], from 0; −1 for a sample without one, and for all where absent. */
  readonly label?: Int32Array;
}

/**
 * What a net is trained for: a source of regression batches.
 *
 * `@brenier/nets` trains on anything of this shape. Give step k the generator `rng.fork(k)`: then its batch depends on
 * the seed and on k alone, and training may be resumed, or batches prepared ahead, without changing a bit.
 */
export interface Objective {
  /** Coordinates per point. */
  readonly dim: number;
  /** The objective and its settings, for reports and checkpoints, for example `'cfm, sigma 0.1, batch 512'`. */
  readonly name: string;
  /**
   * Draws one batch.
   *
   * @param rng - where the randomness comes from, all of it; not advanced
   * @returns the batch, owned by the caller
   */
  draw(rng: Rng): TrainingBatch;
}
