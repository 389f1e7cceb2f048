// A learning rate that rises to its value. It keeps Adam's first updates, whose mean squares rest on a few gradients, from going too
// far (Goyal et al. 2017, arXiv:1706.02677, section 2.2).
import { checkInteger, checkOptions } from '@brenier/errors';
import type { RateSchedule } from './rate-schedule.js';

/** Options of {@link linearWarmUp}. */
export interface LinearWarmUpOptions {
  /** Updates until the full rate: the first has the factor 1 / `steps`, the last of them 1. */
  readonly steps: number;
}

/**
 * A factor that rises in equal steps from 1 / `steps` to 1 and stays there.
 *
 * It does not begin at 0, where some implementations waste an update.
 *
 * @param options - how many updates
 * @returns the schedule
 * @throws TypeError or RangeError for an option of the wrong kind or value
 *
 * @example
 * Four updates to the full rate.
 * ```ts
 * import { linearWarmUp } from '@brenier/nets';
 *
 * [0, 1, 2, 3, 4].map(linearWarmUp({ steps: 4 }).factor); // => [0.25, 0.5, 0.75, 1, 1]
 * ```
 */
export function linearWarmUp(options: LinearWarmUpOptions): RateSchedule {
  const steps = checkInteger('steps', checkOptions('options', options, ['steps']).steps, 1);
  return {
    name: `linear warm-up ${JSON.stringify({ steps })}`,
    factor: (step) => Math.min(1, (step + 1) / steps),
  };
}
