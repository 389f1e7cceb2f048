import type { Rng } from '@brenier/random';

/** Pairs of points: row i of `x0` goes with row i of `x1`. */
export interface PairBatch {
  /** Starts, row-major, shape [count, dim]. */
  readonly x0: Float64Array;
  /** Ends, row-major, shape [count, dim]. */
  readonly x1: Float64Array;
  /** Class of each end, shape [count], from 0; −1 for an end without one, and for all where absent. */
  readonly label?: Int32Array;
}

/** A coupling of a source and a target that pairs are drawn from. */
export interface Pairing {
  /** Coordinates per point. */
  readonly dim: number;
  /**
   * The pairing and its settings, for the names of objectives, for example `'exact'`. Objectives call one without a name
   * `unnamed`: give one of your own a name, and checkpoints can tell it from others.
   */
  readonly name?: string;
  /**
   * Draws pairs. The starts follow the source and the ends follow the target, whatever the coupling.
   *
   * @param rng - where the randomness comes from, all of it
   * @param count - how many pairs, at least 1
   * @returns the pairs
   */
  draw(rng: Rng, count: number): PairBatch;
}
