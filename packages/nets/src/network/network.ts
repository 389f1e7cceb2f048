// What the training loop knows of a network: a flat vector of parameters, and a loss with its gradient.
import type { Rng } from '@brenier/random';
import type { TrainingBatch } from './objective.js';
import type { Optimizer } from '../optimizer/optimizer.js';
import type { SessionState, TrainingSession } from '../training/training-session.js';

/** A description of a network as plain JSON data: equal descriptions mean equal functions of equal parameters. */
export interface NetworkSpec {
  /** Which family of networks. */
  readonly kind: string;
  /** What distinguishes this network within its family. */
  readonly options: object;
}

/**
 * A differentiable velocity field with its parameters left out.
 *
 * The parameters are always one contiguous `Float32Array`: optimizers, weight averages and checkpoints are loops over it, and an
 * engine that computes the same network in another way plugs in by implementing this interface.
 */
export interface Network {
  /** Dimension of a point. */
  readonly dim: number;
  /** Number of parameters. */
  readonly parameterCount: number;
  /** The description that checkpoints and saved models carry. */
  readonly spec: NetworkSpec;
  /**
   * What computes it now, for a log: `'fused wasm'`, `'tfjs wasm'`, `'tfjs tensorflow'`, …; `'tfjs'` alone until TensorFlow.js has
   * started a backend.
   */
  readonly engine: string;
  /** Starts the engine, if it has to be started, and resolves once it can compute; `train` waits for it. Default: absent. */
  ready?(): Promise<void>;
  /** Draws starting parameters, length `parameterCount`. */
  initParameters(rng: Rng): Float32Array;
  /**
   * Computes the loss, the mean over the entries of the batch of weight · (velocity − target)², and writes its gradient with
   * respect to the parameters into `gradient`, length `parameterCount`. A loss that is not finite is returned, not thrown.
   */
  lossAndGradient(parameters: Float32Array, batch: TrainingBatch, gradient: Float32Array): number | Promise<number>;
  /**
   * Takes a run into the engine's own memory, so that nothing crosses over but batches and losses; `undefined` where the engine
   * does not know the optimizer. The bits are those of {@link Network.lossAndGradient} and `optimizer.update`. Default: absent,
   * and the loop calls those two.
   */
  startSession?(state: SessionState, optimizer: Optimizer, emaDecay: number | undefined): TrainingSession | undefined;
}
