// What a network is fitted to: batches of (time, point, target velocity).
import { checkLength, describeValue } from '@brenier/errors';
import type { Rng } from '@brenier/random';

/** One batch of a regression on velocities: plain data, transferable. */
export interface TrainingBatch {
  /** Number of samples, at least 1. */
  readonly count: number;
  /** Dimension of a point. */
  readonly dim: number;
  /** Times in [0, 1], shape [count]. */
  readonly t: Float32Array;
  /** Points, row-major, shape [count, dim]. */
  readonly x: Float32Array;
  /** Velocities to regress on, row-major, shape [count, dim]. */
  readonly target: Float32Array;
  /** Weight of each sample in the loss, shape [count]. Default: 1 for all. */
  readonly weight?: Float32Array;
  /** Class of each sample, shape [count], from 0; −1 for a sample without one. Default: −1 for all. */
  readonly label?: Int32Array;
}

/** Turns random numbers into batches. The same `rng` must give the same batch: an exact resume rests on it. */
export interface Objective {
  /** Dimension of a point. */
  readonly dim: number;
  /** Names the objective and its settings; a checkpoint remembers it and refuses another. Default: none. */
  readonly name?: string;
  /**
   * Told once where a run starts, before its first batch: the batches to come are `draw(rng.fork(k))` for k = `firstStep`,
   * `firstStep` + 1, … up to `steps`. An objective that prepares batches ahead begins here. Default: absent.
   */
  start?(rng: Rng, firstStep: number, steps: number): void;
  /** Draws one batch; the promise form lets workers prepare it. */
  draw(rng: Rng): TrainingBatch | Promise<TrainingBatch>;
}

/** Checks the shape of a batch against the dimension of a network; cost O(1). Non-finite entries are left to the loss. */
export function checkBatch(batch: TrainingBatch, dim: number): TrainingBatch {
  if (typeof batch !== 'object' || batch === null) {
    throw new TypeError(`"batch" expected a training batch, got ${describeValue(batch)}`);
  }
  const { count } = batch;
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`"batch.count" expected a whole number >= 1, got ${describeValue(count)}`);
  }
  if (batch.dim !== dim) throw new RangeError(`"batch.dim" expected ${dim}, got ${describeValue(batch.dim)}`);
  checkFloat32('batch.t', batch.t, count);
  checkFloat32('batch.x', batch.x, count * dim);
  checkFloat32('batch.target', batch.target, count * dim);
  if (batch.weight !== undefined) checkFloat32('batch.weight', batch.weight, count);
  return batch;
}

function checkFloat32(name: string, value: unknown, length: number): void {
  if (!(value instanceof Float32Array))
    throw new TypeError(`"${name}" expected a Float32Array, got ${describeValue(value)}`);
  checkLength(name, value, length);
}
