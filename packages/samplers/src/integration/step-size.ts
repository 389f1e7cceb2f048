/**
 * Proportional-integral control of the step size.
 *
 * K. Gustafsson, Control-theoretic techniques for stepsize selection in explicit Runge–Kutta methods, ACM TOMS 17
 * (1991); the exponents, bounds and first guess are those of Hairer and Wanner, Solving Ordinary Differential Equations
 * II, chapter IV.2, equation (2.43), and volume I, chapter II.4.
 */
import { pow } from '@brenier/elementary';

const SAFETY = 0.9;
const INTEGRAL_GAIN = 0.04;
const SMALLEST_FACTOR = 0.2;
const LARGEST_FACTOR = 10;

/** Remembers the last accepted error, so that steps settle instead of oscillating between accepted and rejected. */
export interface StepSizeController {
  /** The factor for the next step after an error <= 1. */
  accept(error: number): number;
  /** The factor for the next try after an error > 1 or NaN. */
  reject(error: number): number;
}

/** A controller for a method of the given order, whose error estimate is O(h^order). */
export function stepSizeController(order: number): StepSizeController {
  const exponent = 1 / order - 0.75 * INTEGRAL_GAIN;
  let previous = 1e-4;
  let wasRejected = false;
  return {
    accept(error) {
      const factor = error === 0 ? LARGEST_FACTOR : (SAFETY * pow(previous, INTEGRAL_GAIN)) / pow(error, exponent);
      previous = Math.max(error, 1e-4);
      const largest = wasRejected ? 1 : LARGEST_FACTOR;
      wasRejected = false;
      return Math.min(largest, Math.max(SMALLEST_FACTOR, factor));
    },
    reject(error) {
      wasRejected = true;
      // A NaN or an infinity says nothing but "too far".
      return error < Infinity ? Math.max(SMALLEST_FACTOR, SAFETY / pow(error, exponent)) : SMALLEST_FACTOR;
    },
  };
}

/** A first step from the norms of the state, of its slope, and of the slope's change over the Euler step `trial`. */
export function firstStepLength(trial: number, slopeNorm: number, curvatureNorm: number, order: number): number {
  const largest = Math.max(slopeNorm, curvatureNorm);
  const length = largest <= 1e-15 ? Math.max(1e-6, trial * 1e-3) : pow(0.01 / largest, 1 / order);
  return Math.min(100 * trial, length);
}

/** The Euler step over which {@link firstStepLength} looks at the curvature. */
export function trialStepLength(stateNorm: number, slopeNorm: number): number {
  return stateNorm < 1e-5 || slopeNorm < 1e-5 ? 1e-6 : (0.01 * stateNorm) / slopeNorm;
}
