/**
 * Elementary functions that give the same bits on every JavaScript engine.
 *
 * ECMAScript leaves the last bits of `Math.exp`, `Math.log`, `Math.sin`, … to the engine. These use only + - × ÷,
 * comparisons and the bits of a double, which IEEE 754 fixes.
 *
 * @packageDocumentation
 */
export { exp, expm1 } from './exponential.js';
export { log, log1p } from './logarithm.js';
export { pow } from './power.js';
export { cos, sin } from './trigonometric.js';
