// A network that TensorFlow.js computes.
import type { FieldOptions } from '../network/class-label.js';
import type { OwnedTensorField } from './field.js';
import type { Network } from '../network/network.js';

/** A network on whatever TensorFlow.js backend is set. */
export interface TensorNetwork extends Network {
  /** The velocity field for one copy of the parameters, and for one class where the network knows classes. */
  field(parameters: Float32Array, options?: FieldOptions): OwnedTensorField;
}
