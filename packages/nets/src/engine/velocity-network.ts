// One velocity network, whichever engine computes it.
import { checkOneOf, checkOptions } from '@brenier/errors';
import type { KernelHost } from '@brenier/kernels';
import type { ArrayField } from '../network/array-field.js';
import type { FieldOptions } from '../network/class-label.js';
import { asArrayField } from '../tensor/field.js';
import { fusedMlp } from '../fused/fused-mlp.js';
import type { MlpLayer } from '../network/mlp-layout.js';
import { mlpShape, type VelocityMlpOptions, type VelocityMlpSpec } from '../network/mlp-shape.js';
import type { Network } from '../network/network.js';
import { velocityMlp } from '../tensor/velocity-mlp.js';

/** A velocity field on arrays that may hold memory of its engine. */
export interface OwnedArrayField extends ArrayField {
  /** Frees it; call it once, and nothing else after. */
  dispose(): void;
}

/** A velocity network on either engine, with fields on arrays. */
export interface VelocityNetwork extends Network {
  /** The description; `spec.options` makes the same network again, on either engine. */
  readonly spec: VelocityMlpSpec;
  /** Where the weights are in the parameter vector. */
  readonly layers: readonly MlpLayer[];
  /** The velocity field for one copy of the parameters, and for one class where the network knows classes. */
  field(parameters: Float32Array, options?: FieldOptions): OwnedArrayField;
}

/** Options of {@link chooseVelocityNetwork}. */
export interface ChooseVelocityNetworkOptions {
  /** The engine to take whatever the widths: `'tfjs'` where a GPU is to compute. Default: none. */
  readonly prefer?: 'fused' | 'tfjs';
  /** Threads for the fused engine, from `createWorkerPool` of `@brenier/kernels`. Default: the calling thread alone. */
  readonly pool?: KernelHost;
}

/** What {@link chooseVelocityNetwork} chose. */
export interface VelocityNetworkChoice {
  /** The network. */
  readonly network: VelocityNetwork;
  /** One line for a log: the engine, and why. */
  readonly reason: string;
}

/** The widest layers that the fused kernels are made for; beyond, their blocks of samples outgrow the caches. */
const WIDEST_FUSED = 512;

/**
 * Makes a velocity network on the engine that suits it: the fused kernels where no hidden layer is wider than 512,
 * TensorFlow.js on the backend that is set (see `chooseEngine` in `@brenier/nets/node`) for wider ones, or where it is
 * preferred.
 *
 * The same program then trains and samples small networks and wide ones: parameters, descriptions and fields have one
 * form. A fused network needs no TensorFlow.js; a program that never needs it imports `fusedMlp` from
 * `@brenier/nets/fused` instead.
 *
 * @param options - the shape of the network
 * @param choice - which engine to prefer, and threads
 * @returns the network, and one line that says why
 * @throws TypeError or RangeError for an option of the wrong kind or value
 *
 * @example
 * The network of the published two-dimensional experiments is small.
 * ```ts
 * import { chooseVelocityNetwork } from '@brenier/nets';
 *
 * const { network, reason } = chooseVelocityNetwork({ dim: 2 });
 * reason; // => 'fused wasm, because no hidden layer is wider than 512'
 * network.parameterCount; // => 8706
 * ```
 */
export function chooseVelocityNetwork(
  options: VelocityMlpOptions,
  choice?: ChooseVelocityNetworkOptions,
): VelocityNetworkChoice {
  const { prefer, pool } = checkOptions('choice', choice, ['prefer', 'pool']);
  if (prefer !== undefined) checkOneOf('prefer', prefer, ['fused', 'tfjs']);
  const { hidden } = mlpShape(options).spec.options;
  const wide = hidden.findIndex((width) => width > WIDEST_FUSED);
  const network = (prefer ?? (wide < 0 ? 'fused' : 'tfjs')) === 'fused' ? onKernels(options, pool) : onTensors(options);
  return { network, reason: `${network.engine}, ${describeReason(prefer, hidden, wide)}` };
}

function describeReason(prefer: string | undefined, hidden: readonly number[], wide: number): string {
  if (prefer !== undefined) return 'as preferred';
  if (wide < 0) return `because no hidden layer is wider than ${WIDEST_FUSED}`;
  return `because hidden[${wide}] is ${hidden[wide]} wide and the fused kernels are made for up to ${WIDEST_FUSED}`;
}

function onKernels(options: VelocityMlpOptions, pool: KernelHost | undefined): VelocityNetwork {
  const network = fusedMlp(options, { pool });
  return {
    ...network,
    field: (parameters, fieldOptions) => ({ ...network.field(parameters, fieldOptions), dispose: () => undefined }),
  };
}

function onTensors(options: VelocityMlpOptions): VelocityNetwork {
  const network = velocityMlp(options);
  return {
    ...network,
    // The backend may change after the network was made.
    get engine() {
      return network.engine;
    },
    field(parameters, fieldOptions) {
      const owned = network.field(parameters, fieldOptions);
      return { ...asArrayField(owned), dispose: () => owned.dispose() };
    },
  };
}
