import { describeValue } from './describe.js';

/**
 * Checks a finite number.
 *
 * @param name - the argument's name, quoted in the message
 * @param value - what the caller gave
 * @returns `value`
 * @throws TypeError where it is not a number, RangeError where it is NaN or infinite
 *
 * @example
 * A shift may be any number but NaN and the infinities.
 * ```ts
 * import { checkFinite } from '@brenier/errors';
 *
 * checkFinite('shift', 2.5); // => 2.5
 * ```
 */
export function checkFinite(name: string, value: unknown): number {
  if (Number.isFinite(value)) return value as number;
  return refuse(name, 'a finite number', value);
}

/**
 * Checks a finite number above zero.
 *
 * @param name - the argument's name, quoted in the message
 * @param value - what the caller gave
 * @returns `value`
 * @throws TypeError where it is not a number, RangeError where it is not finite or not above 0
 *
 * @example
 * A regularisation strength must be above zero.
 * ```ts
 * import { checkPositive } from '@brenier/errors';
 *
 * checkPositive('epsilon', 0.1); // => 0.1
 * ```
 */
export function checkPositive(name: string, value: unknown): number {
  if (Number.isFinite(value) && (value as number) > 0) return value as number;
  return refuse(name, 'a finite number > 0', value);
}

/**
 * Checks a finite number of at least zero.
 *
 * @param name - the argument's name, quoted in the message
 * @param value - what the caller gave
 * @returns `value`
 * @throws TypeError where it is not a number, RangeError where it is not finite or below 0
 *
 * @example
 * A weight decay may be zero.
 * ```ts
 * import { checkNonNegative } from '@brenier/errors';
 *
 * checkNonNegative('weightDecay', 0); // => 0
 * ```
 */
export function checkNonNegative(name: string, value: unknown): number {
  if (Number.isFinite(value) && (value as number) >= 0) return value as number;
  return refuse(name, 'a finite number >= 0', value);
}

/**
 * Checks a finite number in a closed interval.
 *
 * @param name - the argument's name, quoted in the message
 * @param value - what the caller gave
 * @param low - the smallest value allowed
 * @param high - the largest value allowed
 * @returns `value`
 * @throws TypeError where it is not a number, RangeError where it is outside `[low, high]` or NaN
 *
 * @example
 * A time lies between 0 and 1.
 * ```ts
 * import { checkWithin } from '@brenier/errors';
 *
 * checkWithin('t', 0.5, 0, 1); // => 0.5
 * ```
 */
export function checkWithin(name: string, value: unknown, low: number, high: number): number {
  if (Number.isFinite(value) && (value as number) >= low && (value as number) <= high) return value as number;
  return refuse(name, `a number in [${low}, ${high}]`, value);
}

/**
 * Checks a whole number in a closed interval.
 *
 * @param name - the argument's name, quoted in the message
 * @param value - what the caller gave
 * @param low - the smallest value allowed
 * @param high - the largest value allowed; default `Number.MAX_SAFE_INTEGER`
 * @returns `value`
 * @throws TypeError where it is not a number, RangeError where it is not a whole number in `[low, high]`
 *
 * @example
 * A number of steps starts at one.
 * ```ts
 * import { checkInteger } from '@brenier/errors';
 *
 * checkInteger('numSteps', 20, 1); // => 20
 * ```
 */
export function checkInteger(
  name: string,
  value: unknown,
  low: number,
  high: number = Number.MAX_SAFE_INTEGER,
): number {
  if (Number.isInteger(value) && (value as number) >= low && (value as number) <= high) return value as number;
  const range = high === Number.MAX_SAFE_INTEGER ? `>= ${low}` : `in [${low}, ${high}]`;
  return refuse(name, `a whole number ${range}`, value);
}

function refuse(name: string, expected: string, value: unknown): never {
  const message = `"${name}" expected ${expected}, got ${describeValue(value)}`;
  throw typeof value === 'number' ? new RangeError(message) : new TypeError(message);
}
