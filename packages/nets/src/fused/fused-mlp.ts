// The velocity network computed by WebAssembly kernels of this workspace, without TensorFlow.js.
import { checkFunction, checkLength, checkOptions } from '@brenier/errors';
import type { KernelHost } from '@brenier/kernels';
import { activationNames } from '../network/activation-name.js';
import { checkFieldLabel, type FieldOptions } from '../network/class-label.js';
import { fusedField, type FusedField } from './fused-field.js';
import type { FusedSetup } from './fused-host.js';
import { fusedLossAndGradient } from './fused-loss.js';
import { fusedSession, type FusedSession } from './fused-session.js';
import type { MlpLayer } from '../network/mlp-layout.js';
import { mlpShape, type VelocityMlpOptions, type VelocityMlpSpec } from '../network/mlp-shape.js';
import type { Network } from '../network/network.js';
import type { TrainingBatch } from '../network/objective.js';
import type { Optimizer } from '../optimizer/optimizer.js';
import type { SessionState } from '../training/training-session.js';

/** Options of {@link fusedMlp} beside the description of the network: where it is computed. */
export interface FusedMlpPlace {
  /**
   * A pool of threads, from `createWorkerPool` of `@brenier/kernels`; it must live as long as the network is used. With
   * `relaxedSimd` its kernels fuse multiplications and additions, and results depend on the machine; with `wideVectors` they take
   * three fifths of the time on Node 24 and later, and results stay as they are. Default: the calling thread
   * alone.
   */
  readonly pool?: KernelHost;
}

/** A multilayer perceptron that maps a point and a time to a velocity, computed by WebAssembly kernels. */
export interface FusedMlp extends Network {
  /** The description; `spec.options` given to {@link fusedMlp}, or to `velocityMlp`, makes the same network again. */
  readonly spec: VelocityMlpSpec;
  /** Where the weights are in the parameter vector. */
  readonly layers: readonly MlpLayer[];
  /** See {@link Network.lossAndGradient}; the answer is there at once. */
  lossAndGradient(parameters: Float32Array, batch: TrainingBatch, gradient: Float32Array): number;
  /** See {@link Network.startSession}; it knows `adam` and `adamW`. */
  startSession(state: SessionState, optimizer: Optimizer, emaDecay: number | undefined): FusedSession | undefined;
  /** The velocity field for one copy of the parameters: float64 outside, float32 inside. It holds nothing to dispose of. */
  field(parameters: Float32Array, options?: FieldOptions): FusedField;
}

/**
 * Makes a velocity network that needs no TensorFlow.js: dense layers on [x, time features, class], linear at the end.
 *
 * Options, description, layout and starting parameters are those of `velocityMlp`, so parameters trained by one run on the other;
 * results differ by float32 rounding. The whole of forward and backward pass runs on blocks of 64 samples in the SIMD kernels of
 * `@brenier/kernels`, with every sum in a fixed order: equal calls give equal bits on every machine and for any number of threads.
 * Made for hidden layers up to 512; wider ones are faster on a GPU.
 *
 * A run of `train` with `adam` or `adamW` stays in the kernels' memory from its first step to its last. Everything else borrows
 * memory for the length of a call, so networks and fields may be many and need no disposal.
 *
 * One loss and gradient costs 6 · count · parameterCount multiplications and additions.
 *
 * @param options - the shape of the network
 * @param place - where it is computed
 * @returns the network, a description without parameters
 * @throws TypeError or RangeError for an option of the wrong kind or value; `lossAndGradient` for a batch of another shape; `evaluate`
 * of a field for arrays of the wrong kind or length; each of them, and `train`, where the network does not fit into WebAssembly memory
 * (4 GiB)
 *
 * @example
 * The velocity of an untrained network whose parameters are all zero.
 * ```ts
 * import { fusedMlp } from '@brenier/nets/fused';
 *
 * const network = fusedMlp({ dim: 2 });
 * const field = network.field(new Float32Array(network.parameterCount));
 * const velocity = new Float64Array(2);
 * field.evaluate(Float64Array.of(3, 4), 0.5, velocity);
 * velocity; // => Float64Array.of(0, 0)
 * network.parameterCount; // => 8706
 * ```
 */
export function fusedMlp(options: VelocityMlpOptions, place?: FusedMlpPlace): FusedMlp {
  const shape = mlpShape(options);
  const { parameterCount, spec, layers } = shape;
  const { pool } = checkOptions('place', place, ['pool']);
  if (pool !== undefined) checkFunction('place.pool.runNow', pool.runNow);
  const setup: FusedSetup = {
    options: spec.options,
    shape: {
      layers: layers.map(({ inputs, outputs }) => ({ features: inputs, outputs })),
      activation: activationNames.indexOf(spec.options.activation),
    },
    pool,
  };
  return {
    ...shape,
    engine: pool?.isRelaxed === true ? 'fused wasm with relaxed SIMD' : 'fused wasm',
    lossAndGradient(parameters, batch, gradient) {
      checkLength('parameters', parameters, parameterCount);
      checkLength('gradient', gradient, parameterCount);
      return fusedLossAndGradient(setup, parameters, batch, gradient);
    },
    startSession: (state, { rule }, emaDecay) => rule && fusedSession(setup, state, rule, emaDecay),
    field(parameters, fieldOptions) {
      checkLength('parameters', parameters, parameterCount);
      return fusedField(setup, parameters, checkFieldLabel(fieldOptions, spec.options.classes));
    },
  };
}
