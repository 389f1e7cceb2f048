// The velocity network computed by WebAssembly kernels of this workspace, without TensorFlow.js.
import { checkLength } from '@brenier/errors';
import type { ArrayField } from './array-field.js';
import { checkFieldLabel, checkLabels, type FieldOptions } from './class-label.js';
import { fusedField } from './fused-field.js';
import { fusedLossAndGradient } from './fused-loss.js';
import { fusedPlan } from './fused-plan.js';
import type { MlpLayer } from './mlp-layout.js';
import { mlpShape, type VelocityMlpOptions, type VelocityMlpSpec } from './mlp-shape.js';
import type { Network } from './network.js';
import { checkBatch, type TrainingBatch } from './objective.js';

/** A multilayer perceptron that maps a point and a time to a velocity, computed by WebAssembly kernels. */
export interface FusedMlp extends Network {
  /** The description; `spec.options` given to {@link fusedMlp}, or to `velocityMlp`, makes the same network again. */
  readonly spec: VelocityMlpSpec;
  /** Where the weights are in the parameter vector. */
  readonly layers: readonly MlpLayer[];
  /** See {@link Network.lossAndGradient}; the answer is there at once. */
  lossAndGradient(parameters: Float32Array, batch: TrainingBatch, gradient: Float32Array): number;
  /** The velocity field for one copy of the parameters: float64 outside, float32 inside. It holds nothing to dispose of. */
  field(parameters: Float32Array, options?: FieldOptions): ArrayField;
}

/**
 * Makes a velocity network that needs no TensorFlow.js: dense layers on [x, time features], linear at the end.
 *
 * Options, description, layout and starting parameters are those of `velocityMlp`, so parameters trained by one run on the other;
 * results differ by float32 rounding. The whole of forward and backward pass runs on blocks of 64 samples in the SIMD kernels of
 * `@brenier/kernels`, on one thread, with every sum in a fixed order: equal calls give equal bits on every machine. Memory is
 * borrowed for each call, so networks and fields may be many and need no disposal. Made for hidden layers up to about 256; wider
 * ones are faster on a GPU.
 *
 * One loss and gradient costs 6 · count · parameterCount multiplications and additions.
 *
 * @param options - the shape of the network
 * @returns the network, a description without parameters
 * @throws TypeError or RangeError for an option of the wrong kind or value, and where the network does not fit into WebAssembly
 * memory (4 GiB); `lossAndGradient` for a batch of another shape; `evaluate` of a field for arrays of the wrong kind or length
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
export function fusedMlp(options: VelocityMlpOptions): FusedMlp {
  const shape = mlpShape(options);
  const { dim, layers, parameterCount, spec } = shape;
  const plan = fusedPlan(layers);
  return {
    ...shape,
    engine: 'fused wasm',
    lossAndGradient(parameters, batch, gradient) {
      checkLength('parameters', parameters, parameterCount);
      checkLength('gradient', gradient, parameterCount);
      checkLabels(checkBatch(batch, dim).label, batch.count, spec.options.classes);
      return fusedLossAndGradient(spec.options, plan, parameters, batch, gradient);
    },
    field(parameters, fieldOptions) {
      checkLength('parameters', parameters, parameterCount);
      return fusedField(spec.options, plan, parameters, checkFieldLabel(fieldOptions, spec.options.classes));
    },
  };
}
