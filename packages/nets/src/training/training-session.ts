// A training run as an engine sees it: a state that stays where the arithmetic is, and two operations on it.
import type { TrainingBatch } from '../network/objective.js';
import type { OptimizerState } from '../optimizer/optimizer.js';
import type { WeightAverage } from '../optimizer/weight-average.js';

/** What a run changes with every update. */
export interface SessionState {
  /** The network's parameters. */
  readonly parameters: Float32Array;
  /** What the optimizer remembers. */
  readonly optimizer: OptimizerState;
  /** The running mean of the parameters; empty where none is kept. */
  readonly average: WeightAverage;
}

/** The loss of one batch. */
export interface LossReport {
  /** See `Network.lossAndGradient`; not finite where the run has diverged. */
  readonly loss: number;
  /** Euclidean norm of the gradient over all parameters, summed in float64; not finite where an entry is not. */
  readonly gradientNorm: number;
}

/** A run in progress. Calls alternate: `evaluate`, then at most one `update`. */
export interface TrainingSession {
  /** The loss at the present parameters; its gradient is kept for {@link TrainingSession.update}. */
  evaluate(batch: TrainingBatch): LossReport | Promise<LossReport>;
  /**
   * Moves the parameters along the kept gradient and takes them into the running mean.
   *
   * @param rateFactor - multiplies the optimizer's learning rate for this update
   * @param gradientScale - multiplies the gradient first, below 1 where it is clipped; entry by entry, in float64, and the product
   *   is rounded to float32, as PyTorch's clipped gradients are stored
   */
  update(rateFactor: number, gradientScale: number): void;
  /** Copies the state out. */
  read(): SessionState;
  /** Gives the engine's memory back; call it once. */
  dispose(): void;
}

/** Copies a state, so that nobody changes the arrays of another. */
export function copySessionState({ parameters, optimizer, average }: SessionState): SessionState {
  return {
    parameters: parameters.slice(),
    optimizer: { ...optimizer, moments: optimizer.moments.map((moment) => moment.slice()) },
    average: { ...average, sums: average.sums.slice() },
  };
}
