import { checkInteger, describeValue } from '@brenier/errors';

/** A flat array of numbers of one of the types that `.npy` files and typed arrays share. */
export type NpyData =
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/** An array of any number of dimensions. */
export interface NpyArray {
  /** The numbers in row-major order, NumPy's C order: the last index runs fastest. */
  readonly data: NpyData;
  /** The length of each dimension; empty for a single number. */
  readonly shape: readonly number[];
}

/** Typed arrays under NumPy's codes for what they hold: the kind and the bytes of a number. */
export const arrayTypes = /* @__PURE__ */ Object.freeze({
  f8: Float64Array,
  f4: Float32Array,
  i1: Int8Array,
  i2: Int16Array,
  i4: Int32Array,
  i8: BigInt64Array,
  u1: Uint8Array,
  u2: Uint16Array,
  u4: Uint32Array,
  u8: BigUint64Array,
});

/** How many numbers a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** NumPy's code for what an array holds; `undefined` where it has none. */
export function codeOf(data: unknown): string | undefined {
  return Object.entries(arrayTypes).find(([, type]) => data instanceof type)?.[0];
}

/** Checks that the numbers are as many as the shape says. */
export function checkArray(array: NpyArray): NpyArray {
  if (!Array.isArray(array?.shape)) {
    throw new TypeError(`"array" expected { data, shape }, got ${describeValue(array)}`);
  }
  const { data, shape } = array;
  if (codeOf(data) === undefined) {
    throw new TypeError(`"array.data" expected a typed array of floats or whole numbers, got ${describeValue(data)}`);
  }
  shape.forEach((length: unknown, k) => checkInteger(`array.shape[${k}]`, length, 0));
  if (sizeOf(shape) === data.length) return array;
  throw new RangeError(`"array.data" expected length ${sizeOf(shape)} for its shape, got ${data.length}`);
}
