import { describeValue } from '@brenier/errors';
import type { Arena } from './arena.js';

/** The arrays that kernels compute on. */
export type FloatArray = Float64Array | Float32Array;

/** Checks that a value is a Float64Array or a Float32Array. */
export function checkFloatArray<T extends FloatArray>(name: string, value: T): T {
  if (value instanceof Float64Array || value instanceof Float32Array) return value;
  throw new TypeError(`"${name}" expected a Float64Array or a Float32Array, got ${describeValue(value)}`);
}

/** Checks that a second array has the element type of a first. */
export function checkSameFloats<T extends FloatArray>(name: string, value: FloatArray, like: T): T {
  if (value.constructor === like.constructor) return value as T;
  throw new TypeError(
    `"${name}" expected a ${like.constructor.name} like the first argument, got ${describeValue(value)}`,
  );
}

/** Checks that a value is a Float64Array. */
export function checkFloat64Array(name: string, value: unknown): Float64Array {
  if (value instanceof Float64Array) return value;
  throw new TypeError(`"${name}" expected a Float64Array, got ${describeValue(value)}`);
}

/** Copies an array into an arena and returns its offset. */
export function copyIn(arena: Arena, array: FloatArray): number {
  const offset = arena.allocate(array.byteLength);
  if (array instanceof Float64Array) arena.float64(offset, array.length).set(array);
  else arena.float32(offset, array.length).set(array);
  return offset;
}

/** Copies a result of the element type of `like` out of an arena. */
export function copyOut(arena: Arena, offset: number, length: number, like: FloatArray): FloatArray {
  return like instanceof Float64Array ? arena.float64(offset, length).slice() : arena.float32(offset, length).slice();
}
