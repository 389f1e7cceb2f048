/**
 * Guards that check one argument and return it.
 *
 * A wrong kind of value is a `TypeError`, a wrong value of the right kind a `RangeError`. Every message reads
 * `"name" expected …, got …`, and is built only when a guard throws.
 *
 * @packageDocumentation
 */
export { checkFinite, checkInteger, checkNonNegative, checkPositive, checkWithin } from './numbers.js';
export { checkFiniteArray, checkLength, checkNumericArray, checkWeights, type NumericArray } from './arrays.js';
export { checkFlag, checkFunction, checkOneOf, checkOptions } from './choices.js';
export { describeValue } from './describe.js';
