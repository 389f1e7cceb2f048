// A network that TensorFlow.js computes.
import type { OwnedTensorField } from './field.js';
import type { Network } from './network.js';

/** A network on whatever TensorFlow.js backend is set. */
export interface TensorNetwork extends Network {
  /** The velocity field for one copy of the parameters. */
  field(parameters: Float32Array): OwnedTensorField;
}
