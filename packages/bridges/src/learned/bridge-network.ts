/** What the learned bridges ask of a network, so that every engine of `@brenier/nets` plugs in. */
import { checkFunction, checkLength, describeValue } from '@brenier/errors';
import type { Network } from '@brenier/nets/fused';
import { bridgeFlow, type ArrayField } from '@brenier/samplers';
import type { Direction } from '../matching/drift-matching.js';

/** A drift on arrays that may hold memory of its engine. */
export interface BridgeField extends ArrayField {
  /** Frees it. Default: absent, there is nothing to free. */
  dispose?(): void;
}

/** A network that becomes a drift: `fusedMlp`, or what `chooseVelocityNetwork` chose. */
export interface BridgeNetwork extends Network {
  /**
   * The drift for one copy of the parameters.
   *
   * @param parameters - as many as the network has; copied
   * @returns the drift
   */
  field(parameters: Float32Array): BridgeField;
}

/** One network for each drift; they may be the same description, their parameters are never shared. */
export interface BridgeNetworks {
  /** The drift forwards in time. */
  readonly forward: BridgeNetwork;
  /** The drift in reversed time, as a function of x and the forward t. */
  readonly backward: BridgeNetwork;
}

/** The parameters of both drifts. */
export interface BridgeParameters {
  /** Of the network of the drift forwards. */
  readonly forward: Float32Array;
  /** Of the network of the drift in reversed time. */
  readonly backward: Float32Array;
}

/** The fields of a bridge, for the integrators of `@brenier/samplers`. */
export interface BridgeFields {
  /** The drift forwards, for `integrateSde` from 0 to 1. */
  readonly forward: ArrayField;
  /** The drift in reversed time; `reversedDrift` makes it one for `integrateSde` from 1 to 0. */
  readonly backward: ArrayField;
  /** The velocity (forward − backward)/2 of the probability flow, for `integrate`. */
  readonly flow: ArrayField;
  /** Frees what the engine holds; the fields are of no use after. */
  dispose(): void;
}

/**
 * Puts parameters into the networks of a bridge.
 *
 * @param networks - as given to {@link dsbm} or {@link dsb}
 * @param parameters - as they came out: the result itself, or its `trained`
 * @returns both drifts and the flow
 * @throws TypeError or RangeError where the networks or the parameters are none that fit
 *
 * @example
 * The flow of two networks whose parameters are all 0 stands still.
 * ```ts
 * import { bridgeFields } from '@brenier/bridges';
 * import { fusedMlp } from '@brenier/nets/fused';
 *
 * const network = fusedMlp({ dim: 1, hidden: [8] });
 * const zeros = new Float32Array(network.parameterCount);
 * const fields = bridgeFields({ forward: network, backward: network }, { forward: zeros, backward: zeros });
 * const velocity = new Float64Array(1);
 * fields.flow.evaluate(Float64Array.of(3), 0.5, velocity);
 * velocity[0]; // => 0
 * fields.dispose();
 * ```
 */
export function bridgeFields(networks: BridgeNetworks, parameters: BridgeParameters): BridgeFields {
  checkNetworks(networks);
  if (typeof parameters !== 'object' || parameters === null) {
    throw new TypeError(`"parameters" expected { forward, backward }, got ${describeValue(parameters)}`);
  }
  for (const direction of ['forward', 'backward'] as const) {
    checkParameters(direction, networks[direction], parameters[direction]);
  }
  const forward = networks.forward.field(parameters.forward);
  const backward = networks.backward.field(parameters.backward);
  return {
    forward,
    backward,
    flow: bridgeFlow(forward, backward),
    dispose() {
      forward.dispose?.();
      backward.dispose?.();
    },
  };
}

/** Checks the parameters of one drift, before an engine takes memory for any. */
export function checkParameters(direction: Direction, network: BridgeNetwork, given: Float32Array): Float32Array {
  const name = `parameters.${direction}`;
  if (given instanceof Float32Array) return checkLength(name, given, network.parameterCount);
  throw new TypeError(`"${name}" expected a Float32Array, got ${describeValue(given)}`);
}

/** Checks both networks, and that they live in one space; returns its dimension. */
export function checkNetworks(networks: BridgeNetworks): number {
  if (typeof networks !== 'object' || networks === null) {
    throw new TypeError(`"networks" expected { forward, backward }, got ${describeValue(networks)}`);
  }
  for (const direction of ['forward', 'backward'] as const) checkNetwork(direction, networks[direction]);
  const { forward, backward } = networks;
  if (forward.dim === backward.dim) return forward.dim;
  throw new RangeError(`"networks.backward.dim" expected ${forward.dim}, got ${backward.dim}`);
}

function checkNetwork(direction: Direction, network: BridgeNetwork): void {
  const name = `networks.${direction}`;
  if (typeof network !== 'object' || network === null) {
    throw new TypeError(`"${name}" expected a network with "field", got ${describeValue(network)}`);
  }
  for (const method of ['initParameters', 'lossAndGradient', 'field'] as const) {
    checkFunction(`${name}.${method}`, network[method] as () => unknown);
  }
}
