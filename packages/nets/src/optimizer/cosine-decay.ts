// A learning rate that falls like half a cosine, so that the noise of the batches averages out: Loshchilov and Hutter 2017
// (arXiv:1608.03983), eq. 5, without restarts.
import { cos } from '@brenier/elementary';
import { checkInteger, checkOptions, checkWithin } from '@brenier/errors';
import type { RateSchedule } from './rate-schedule.js';

/** Options of {@link cosineDecay}. */
export interface CosineDecayOptions {
  /** Update at which the decay begins; the factor is 1 until then. Default 0. */
  readonly from?: number;
  /** Update from which the factor is `end`. */
  readonly to: number;
  /** The last factor, in [0, 1]. Default 0. */
  readonly end?: number;
}

/**
 * Half a cosine from 1 at update `from` to `end` at update `to`.
 *
 * `to` is not taken from the length of the run: a run may be extended, and its past would then follow another curve.
 *
 * @param options - where it begins and ends
 * @returns the schedule
 * @throws TypeError or RangeError for an option of the wrong kind or value
 *
 * @example
 * Down to a tenth within a thousand updates.
 * ```ts
 * import { cosineDecay } from '@brenier/nets';
 *
 * const { factor } = cosineDecay({ to: 1000, end: 0.1 });
 * [0, 500, 1000, 2000].map((step) => Number(factor(step).toFixed(2))); // => [1, 0.55, 0.1, 0.1]
 * ```
 */
export function cosineDecay(options: CosineDecayOptions): RateSchedule {
  const given = checkOptions('options', options, ['from', 'to', 'end']);
  const from = checkInteger('from', given.from ?? 0, 0);
  const to = checkInteger('to', given.to, from + 1);
  const end = checkWithin('end', given.end ?? 0, 0, 1);
  return {
    name: `cosine decay ${JSON.stringify({ from, to, end })}`,
    factor(step) {
      if (step >= to) return end;
      const done = Math.max(0, step - from) / (to - from);
      return end + ((1 - end) * (1 + cos(Math.PI * done))) / 2;
    },
  };
}
