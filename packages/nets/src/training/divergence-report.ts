// What a run that diverged leaves behind.
import type { TrainingBatch } from '../network/objective.js';

/** Where and on what a run diverged: plain data, transferable. */
export interface DivergenceReport {
  /** Updates made before; also the label of the batch's random stream, `rng.fork(step)`. */
  readonly step: number;
  /** A copy of the batch. */
  readonly batch: TrainingBatch;
  /** Its loss. */
  readonly loss: number;
  /** Euclidean norm of its gradient; the loss may be finite where this is not. */
  readonly gradientNorm: number;
  /** Updates in the checkpoint that the store now holds, saved when the loss there was known to be finite; `undefined` without one. */
  readonly lastCheckpoint: number | undefined;
}

/** Copies a batch, whose arrays its objective may use again. */
export function copyBatch(batch: TrainingBatch): TrainingBatch {
  const { count, dim, t, x, target, weight, label } = batch;
  return {
    count,
    dim,
    t: t.slice(),
    x: x.slice(),
    target: target.slice(),
    ...(weight === undefined ? {} : { weight: weight.slice() }),
    ...(label === undefined ? {} : { label: label.slice() }),
  };
}
