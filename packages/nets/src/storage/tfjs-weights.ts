// The weights of a model in the format of TensorFlow.js: a list of names and shapes, and their bytes without gaps.
import { checkInteger, describeValue } from '@brenier/errors';

/** Name and shape of one weight; `WeightsManifestEntry` of TensorFlow.js. */
export interface TfjsWeightSpec {
  /** Layer and role: `dense_1/kernel`. */
  name: string;
  /** Its shape, row-major. */
  shape: number[];
  /** Its type. */
  dtype: 'float32' | 'int32' | 'bool' | 'string' | 'complex64';
  /** How it is packed into fewer bits, if it is. */
  quantization?: object;
}

/** Weights by name. */
export interface NamedWeights {
  /** A copy of one weight; refuses a name that is missing and another shape. */
  take(name: string, shape: readonly number[]): Float32Array;
}

/**
 * Reads the bytes of a model.
 *
 * @throws TypeError where specs or bytes are missing or malformed; RangeError where they do not fit each other, or a weight is
 * not float32
 */
export function readWeights(
  argument: string,
  specs: readonly TfjsWeightSpec[] | undefined,
  data: ArrayBuffer | readonly ArrayBuffer[] | undefined,
): NamedWeights {
  if (!Array.isArray(specs)) {
    throw new TypeError(`"${argument}.weightSpecs" expected an array, got ${describeValue(specs)}`);
  }
  const bytes = joinBuffers(argument, data);
  const view = new DataView(bytes.buffer);
  const weights = new Map<string, { shape: readonly number[]; values: Float32Array }>();
  let offset = 0;
  for (const [i, spec] of specs.entries()) {
    const { name, shape, dtype, quantization } = checkSpec(`${argument}.weightSpecs[${i}]`, spec);
    if (dtype !== 'float32' || quantization !== undefined) {
      const found = quantization === undefined ? dtype : 'a quantized one';
      throw new RangeError(`"${argument}.weightSpecs" expected "${name}" as float32, got ${found}`);
    }
    const count = shape.reduce((product, axis) => product * axis, 1);
    const end = offset + 4 * count;
    if (!(end <= bytes.length)) {
      throw new RangeError(`"${argument}.weightData" expected at least ${end} bytes, got ${bytes.length}`);
    }
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) values[i] = view.getFloat32(offset + 4 * i, true);
    weights.set(name, { shape, values });
    offset = end;
  }
  if (offset !== bytes.length) {
    throw new RangeError(`"${argument}.weightData" expected ${offset} bytes, got ${bytes.length}`);
  }
  return {
    take(name, shape) {
      // The converter puts the name of the model before that of the layer.
      const keys = weights.has(name) ? [name] : [...weights.keys()].filter((each) => each.endsWith(`/${name}`));
      if (keys.length > 1) {
        throw new RangeError(`"${argument}.weightSpecs" expected one "${name}", got ${keys.join(', ')}`);
      }
      const found = weights.get(keys[0]);
      if (found === undefined) {
        throw new RangeError(`"${argument}.weightSpecs" expected "${name}", got ${[...weights.keys()].join(', ')}`);
      }
      if (found.shape.join() === shape.join()) return found.values;
      throw new RangeError(
        `"${argument}.weightSpecs" expected "${name}" of shape [${shape.join(', ')}], got [${found.shape.join(', ')}]`,
      );
    },
  };
}

function checkSpec(argument: string, spec: TfjsWeightSpec): TfjsWeightSpec {
  if (typeof spec !== 'object' || spec === null || typeof spec.name !== 'string' || !Array.isArray(spec.shape)) {
    throw new TypeError(`"${argument}" expected { name, shape, dtype }, got ${describeValue(spec)}`);
  }
  spec.shape.forEach((length, axis) => checkInteger(`${argument}.shape[${axis}]`, length, 0));
  return spec;
}

function joinBuffers(argument: string, data: ArrayBuffer | readonly ArrayBuffer[] | undefined): Uint8Array {
  const buffers: readonly unknown[] = Array.isArray(data) ? data : [data];
  const parts = buffers.map((each) => {
    if (each instanceof ArrayBuffer) return new Uint8Array(each);
    throw new TypeError(`"${argument}.weightData" expected an ArrayBuffer or several, got ${describeValue(each)}`);
  });
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
