import type { KernelHost } from '../kernel-host.js';
import type { MlpShape } from './mlp-shape.js';

/** Steps of an explicit Runge–Kutta method. */
export interface MlpWalk {
  /** a of the tableau, row i the weights of the i stages before it. */
  readonly stages: readonly (readonly number[])[];
  /** b of the tableau. */
  readonly weights: readonly number[];
  /** h of each step, shape [steps]. */
  readonly stepSizes: Float64Array;
  /** The extra features of each evaluation, shape [steps · stages, extra]. */
  readonly extra: Float32Array;
  /**
   * N, added to the increment of each step, shape [steps, count, dim]. Default: none. Where there is one term, x + c·k is formed; else
   * the terms are summed from 0 in order, the noise last, and then added to x.
   */
  readonly noise?: Float64Array;
  /**
   * The multiple of N in the argument of each stage, its last term as in the step, left out where it is 0; shape [stages]. Default:
   * zeros. Stochastic Heun has [0, 1]. The points of a call are a slab of some thousands, so the noise is a few megabytes.
   */
  readonly noiseNodes?: readonly number[];
}

/** A network with fixed parameters, for evaluation. Points are row-major, shape [count, dim]; dim is the last layer's outputs. */
export interface MlpEvaluator {
  /** Copies parameters in; before that nothing is defined. */
  load(parameters: Float32Array): void;
  /** The velocities of points that share their extra features. */
  forward(points: Float64Array, extra: Float32Array, out: Float64Array): void;
  /** The Jacobian of the velocity by the point, times a vector of each point. */
  jacobianProduct(points: Float64Array, extra: Float32Array, vectors: Float64Array, out: Float64Array): void;
  /** Moves points through all steps in place. */
  walk(points: Float64Array, walk: MlpWalk): void;
  /** Gives the memory back; call it once. */
  release(): void;
}

/** Takes memory for the evaluation of a network. */
export type CreateMlpEvaluator = (host: KernelHost, shape: MlpShape) => MlpEvaluator;
