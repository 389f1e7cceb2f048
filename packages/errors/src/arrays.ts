import { describeValue } from './describe.js';

/** Any flat array of numbers: a typed array without bigint elements, or a plain array. */
export type NumericArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | readonly number[];

/**
 * Checks a flat array of numbers, whatever its elements.
 *
 * @param name - the argument's name, quoted in the message
 * @param value - what the caller gave
 * @returns `value`, not copied
 * @throws TypeError where it is neither a typed array of numbers nor an array whose first element is a number
 *
 * @example
 * Plain and typed arrays pass alike.
 * ```ts
 * import { checkNumericArray } from '@brenier/errors';
 *
 * checkNumericArray('x', [1, 2, 3]); // => [1, 2, 3]
 * ```
 */
export function checkNumericArray(name: string, value: unknown): NumericArray {
  const isBigInt = value instanceof BigInt64Array || value instanceof BigUint64Array;
  const isTyped = ArrayBuffer.isView(value) && !(value instanceof DataView) && !isBigInt;
  const isPlain = Array.isArray(value) && (value.length === 0 || typeof value[0] === 'number');
  if (isTyped || isPlain) return value as NumericArray;
  throw new TypeError(`"${name}" expected a typed array or an array of numbers, got ${describeValue(value)}`);
}

/**
 * Checks that an array has one given length.
 *
 * @param name - the argument's name, quoted in the message
 * @param array - the array
 * @param expected - the length it must have
 * @returns `array`
 * @throws RangeError where the length differs
 *
 * @example
 * Two weights for two points.
 * ```ts
 * import { checkLength } from '@brenier/errors';
 *
 * checkLength('a', [0.5, 0.5], 2); // => [0.5, 0.5]
 * ```
 */
export function checkLength<T extends ArrayLike<unknown>>(name: string, array: T, expected: number): T {
  checkArrayLike(name, array);
  if (array.length === expected) return array;
  throw new RangeError(`"${name}" expected length ${expected}, got ${array.length}`);
}

/**
 * Checks that every entry of an array is a finite number.
 *
 * @param name - the argument's name, quoted in the message
 * @param array - the array; cost O(length)
 * @returns `array`
 * @throws TypeError where an entry is not a number, RangeError where one is NaN or infinite; the message gives its
 * index
 *
 * @example
 * Coordinates must be finite.
 * ```ts
 * import { checkFiniteArray } from '@brenier/errors';
 *
 * checkFiniteArray('x', [0, 1, 2]); // => [0, 1, 2]
 * ```
 */
export function checkFiniteArray<T extends ArrayLike<number>>(name: string, array: T): T {
  checkArrayLike(name, array);
  for (let i = 0; i < array.length; i++) {
    if (!Number.isFinite(array[i])) refuseEntry(name, i, 'a finite number', array[i]);
  }
  return array;
}

/**
 * Checks the weights of a measure: finite, not negative, with a positive sum.
 *
 * @param name - the argument's name, quoted in the message
 * @param array - the weights; cost O(length)
 * @returns `array`
 * @throws TypeError where an entry is not a number, RangeError where one is negative or not finite, or all are zero
 *
 * @example
 * The weights of a measure need not sum to 1, but to something.
 * ```ts
 * import { checkWeights } from '@brenier/errors';
 *
 * checkWeights('a', [0.25, 0.75]); // => [0.25, 0.75]
 * ```
 */
export function checkWeights<T extends ArrayLike<number>>(name: string, array: T): T {
  checkArrayLike(name, array);
  let sum = 0;
  for (let i = 0; i < array.length; i++) {
    if (!Number.isFinite(array[i]) || array[i] < 0) refuseEntry(name, i, 'a finite number >= 0', array[i]);
    sum += array[i];
  }
  if (!(sum > 0 && sum < Infinity)) {
    throw new RangeError(`"${name}" expected weights with a finite sum > 0, got sum ${sum}`);
  }
  return array;
}

function checkArrayLike(name: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && 'length' in value) return;
  throw new TypeError(`"${name}" expected an array, got ${describeValue(value)}`);
}

function refuseEntry(name: string, index: number, expected: string, value: unknown): never {
  const message = `"${name}[${index}]" expected ${expected}, got ${describeValue(value)}`;
  throw typeof value === 'number' ? new RangeError(message) : new TypeError(message);
}
