// A trained network in one file.
import { checkLength, describeValue } from '@brenier/errors';
import { decodeContainer, encodeContainer } from './container.js';
import type { VelocityMlpSpec } from '../network/mlp-shape.js';
import type { NetworkSpec } from '../network/network.js';

/** A network's description and its parameters: plain data, transferable. */
export interface SavedModel {
  /** The network's `spec`. */
  readonly spec: NetworkSpec;
  /** Its parameters. */
  readonly parameters: Float32Array;
}

/** A trained velocity network. */
export interface SavedVelocityModel extends SavedModel {
  /** The network's description; `spec.options` makes it again, on either engine. */
  readonly spec: VelocityMlpSpec;
}

/**
 * Packs a trained network into a file with a format version and a checksum.
 *
 * @param model - description and parameters
 * @returns the bytes, 4 a parameter and about 200 more
 *
 * @example
 * ```ts
 * import { createRng } from '@brenier/random';
 * import { decodeModel, encodeModel, velocityMlp } from '@brenier/nets';
 *
 * const network = velocityMlp({ dim: 1, hidden: [4] });
 * const bytes = encodeModel({ spec: network.spec, parameters: network.initParameters(createRng(0)) });
 * decodeModel(bytes).spec.kind; // => 'velocity-mlp'
 * ```
 */
export function encodeModel(model: SavedModel): Uint8Array {
  if (typeof model !== 'object' || model === null) {
    throw new TypeError(`"model" expected { spec, parameters }, got ${describeValue(model)}`);
  }
  const { spec, parameters } = model;
  if (typeof spec?.kind !== 'string') {
    throw new TypeError(`"model.spec" expected the spec of a network, got ${describeValue(spec)}`);
  }
  if (!(parameters instanceof Float32Array)) {
    throw new TypeError(`"model.parameters" expected a Float32Array, got ${describeValue(parameters)}`);
  }
  return encodeContainer('model', { meta: { spec, parameterCount: parameters.length }, arrays: { parameters } });
}

/**
 * Unpacks what {@link encodeModel} packed. For a velocity network, `velocityMlp(model.spec.options)` makes the network again.
 *
 * @param bytes - the file
 * @returns description and parameters
 * @throws TypeError where `bytes` is no Uint8Array; RangeError where it is not such a file, cut short or damaged
 *
 * @example
 * A file that is something else is refused.
 * ```ts
 * import { decodeModel } from '@brenier/nets';
 *
 * let message = '';
 * try {
 *   decodeModel(new Uint8Array(3));
 * } catch (error) {
 *   message = (error as Error).message;
 * }
 * message; // => '"bytes" expected a model file, got 3 bytes that do not start like one; give an intact one, or remove it to start afresh'
 * ```
 */
export function decodeModel(bytes: Uint8Array): SavedModel {
  const { meta, arrays } = decodeContainer('bytes', 'model', bytes);
  const parameters = checkLength('bytes.parameters', arrays.parameters as Float32Array, meta.parameterCount as number);
  return { spec: meta.spec as NetworkSpec, parameters };
}
