import { describeValue } from './describe.js';

/**
 * Checks that a value is one of a few names.
 *
 * @param name - the argument's name, quoted in the message
 * @param value - what the caller gave
 * @param allowed - the valid names
 * @returns `value`
 * @throws TypeError where it is not a string, RangeError where it is another one; both list the valid names
 *
 * @example
 * The name of an activation function.
 * ```ts
 * import { checkOneOf } from '@brenier/errors';
 *
 * checkOneOf('activation', 'selu', ['selu', 'relu']); // => 'selu'
 * ```
 */
export function checkOneOf<T extends string>(name: string, value: unknown, allowed: readonly T[]): T {
  if (allowed.includes(value as T)) return value as T;
  const message = `"${name}" expected one of ${listNames(allowed)}, got ${describeValue(value)}`;
  throw typeof value === 'string' ? new RangeError(message) : new TypeError(message);
}

/**
 * Checks that an options object is a plain one and holds only known keys.
 *
 * @param name - the argument's name, quoted in the message
 * @param options - the options; `undefined` stands for none
 * @param allowed - the valid keys
 * @returns `options`, or an empty object
 * @throws TypeError where it is no plain object, RangeError that lists the valid keys where one is unknown
 *
 * @example
 * A misspelt option is refused instead of ignored.
 * ```ts
 * import { checkOptions } from '@brenier/errors';
 *
 * checkOptions('options', { epsilon: 0.1 }, ['epsilon']); // => { epsilon: 0.1 }
 * ```
 */
export function checkOptions<T extends object>(
  name: string,
  options: T | undefined,
  allowed: readonly (keyof T & string)[],
): T {
  if (options === undefined) return {} as T;
  if (!isPlainObject(options)) {
    throw new TypeError(`"${name}" expected an options object, got ${describeValue(options)}`);
  }
  for (const key of Object.keys(options)) {
    if (!(allowed as readonly string[]).includes(key)) {
      throw new RangeError(`"${name}" expected only the options ${listNames(allowed)}, got "${key}"`);
    }
  }
  return options;
}

/**
 * Checks that a value is a function.
 *
 * @typeParam T - the type of the function
 * @param name - the argument's name, quoted in the message
 * @param value - what the caller gave
 * @returns `value`
 * @throws TypeError where it is not a function
 *
 * @example
 * The checked function can be called on the spot.
 * ```ts
 * import { checkFunction } from '@brenier/errors';
 *
 * checkFunction('onProgress', Math.max)(1, 2); // => 2
 * ```
 */
export function checkFunction<T extends (...args: never[]) => unknown>(name: string, value: T): T {
  if (typeof value === 'function') return value;
  throw new TypeError(`"${name}" expected a function, got ${describeValue(value)}`);
}

/**
 * Checks that a value is `true` or `false`.
 *
 * @param name - the argument's name, quoted in the message
 * @param value - what the caller gave
 * @returns `value`
 * @throws TypeError where it is neither
 *
 * @example
 * An option that is on or off.
 * ```ts
 * import { checkFlag } from '@brenier/errors';
 *
 * checkFlag('resumable', true); // => true
 * ```
 */
export function checkFlag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`"${name}" expected a boolean, got ${describeValue(value)}`);
}

/** Whether a value is what `{}` makes, in whatever realm: an array, a signal or a promise has no keys that a caller meant. */
function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function listNames(names: readonly string[]): string {
  return names.map((each) => `"${each}"`).join(', ');
}
