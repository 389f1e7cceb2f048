/**
 * Ten thousand handwritten digits, of the package `mnist`, which is loaded when asked for.
 *
 * @packageDocumentation
 * @module digits
 */
export { loadDigits, type Digits, type LoadDigitsOptions } from './handwritten-digits.js';
export { drawDigits, type DigitCloud } from './draw-digits.js';
export type { LabelledCloud, PointCloud } from './point-cloud.js';
