// What a network is told beside the point: the time, and the class as a one-hot. Every engine writes them with this one
// function, so that all see the same bits.
//
// A dense layer on a one-hot adds the row of the class: a learned embedding of the class, added to the first layer. No
// class is all zeros, which is what classifier-free guidance calls unconditional (Ho & Salimans 2022).
import { timeFeatureCount, writeTimeFeatures, type TimeFeatures } from './time-features.js';

/** What a network is conditioned on. */
export interface Condition {
  /** How time enters. */
  readonly time: TimeFeatures;
  /** Number of classes; 0 for a network that knows none. */
  readonly classes: number;
}

/** Number of features: those of time, then one a class. */
export function conditionCount({ time, classes }: Condition): number {
  return timeFeatureCount(time) + classes;
}

/**
 * Writes the features of a time and a class to `out[offset]`, `out[offset + stride]`, …
 *
 * @param label - the class, from 0 to `classes` − 1; −1 for none
 */
export function writeCondition(
  { time, classes }: Condition,
  t: number,
  label: number,
  out: Float32Array,
  offset: number,
  stride = 1,
): void {
  writeTimeFeatures(time, t, out, offset, stride);
  const first = offset + timeFeatureCount(time) * stride;
  for (let k = 0; k < classes; k++) out[first + k * stride] = k === label ? 1 : 0;
}
