// A learning rate that falls by steps, as in the training of image classifiers (He et al. 2016, arXiv:1512.03385, section 3.4).
import { pow } from '@brenier/elementary';
import { checkInteger, checkOptions, checkWithin } from '@brenier/errors';
import type { RateSchedule } from './rate-schedule.js';

/** Options of {@link stepDecay}. */
export interface StepDecayOptions {
  /** Updates between two falls. */
  readonly every: number;
  /** What a fall leaves, in [0, 1]. Default 0.1. */
  readonly factor?: number;
}

/**
 * A factor that falls by the same ratio again and again: factor^⌊step / every⌋.
 *
 * @param options - how often and how far
 * @returns the schedule
 * @throws TypeError or RangeError for an option of the wrong kind or value
 *
 * @example
 * Half as fast after every thousand updates.
 * ```ts
 * import { stepDecay } from '@brenier/nets';
 *
 * [0, 999, 1000, 3500].map(stepDecay({ every: 1000, factor: 0.5 }).factor); // => [1, 1, 0.5, 0.125]
 * ```
 */
export function stepDecay(options: StepDecayOptions): RateSchedule {
  const given = checkOptions('options', options, ['every', 'factor']);
  const every = checkInteger('every', given.every, 1);
  const factor = checkWithin('factor', given.factor ?? 0.1, 0, 1);
  return {
    name: `step decay ${JSON.stringify({ every, factor })}`,
    factor: (step) => pow(factor, Math.floor(step / every)),
  };
}
