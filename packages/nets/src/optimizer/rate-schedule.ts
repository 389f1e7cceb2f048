// Learning-rate schedules: what the optimizer's rate is multiplied by, update for update.
import { checkNonNegative, checkOptions, describeValue } from '@brenier/errors';

/**
 * A learning-rate schedule: a pure function of the update alone, so a resumed run follows it like an uninterrupted one, and a
 * longer run like a shorter one.
 */
export interface RateSchedule {
  /** The schedule with all its settings; a checkpoint remembers it and refuses another. */
  readonly name: string;
  /** What the learning rate is multiplied by in update `step`, counted from 0; finite and at least 0. */
  factor(step: number): number;
}

/** Options of {@link constantRate}. */
export interface ConstantRateOptions {
  /** The factor. Default 1. */
  readonly factor?: number;
}

/**
 * The same factor for every update.
 *
 * @param options - the factor
 * @returns the schedule
 * @throws TypeError or RangeError for an option of the wrong kind or value
 *
 * @example
 * Half the optimizer's learning rate.
 * ```ts
 * import { constantRate } from '@brenier/nets';
 *
 * constantRate({ factor: 0.5 }).factor(1000); // => 0.5
 * ```
 */
export function constantRate(options?: ConstantRateOptions): RateSchedule {
  const factor = checkNonNegative('factor', checkOptions('options', options, ['factor']).factor ?? 1);
  return { name: `constant ${JSON.stringify({ factor })}`, factor: () => factor };
}

/**
 * The product of schedules. A warm-up times a decay that begins where the warm-up ends is the usual pair; PyTorch calls the product
 * a chained scheduler.
 *
 * @param schedules - the factors, in any number; none give 1
 * @returns the schedule
 * @throws TypeError where an argument is no schedule
 *
 * @example
 * A warm-up over 500 updates, then half a cosine down to zero at update 20,000.
 * ```ts
 * import { cosineDecay, linearWarmUp, multiplyRates } from '@brenier/nets';
 *
 * const rate = multiplyRates(linearWarmUp({ steps: 500 }), cosineDecay({ from: 500, to: 20_000 }));
 * [0, 499, 500, 10_250, 20_000].map((step) => Number(rate.factor(step).toFixed(3))); // => [0.002, 1, 1, 0.5, 0]
 * ```
 */
export function multiplyRates(...schedules: readonly RateSchedule[]): RateSchedule {
  schedules.forEach((schedule, k) => checkRateSchedule(`schedules[${k}]`, schedule));
  return {
    name: schedules.map(({ name }) => name).join(' × '),
    factor: (step) => schedules.reduce((product, schedule) => product * schedule.factor(step), 1),
  };
}

/** Checks that an argument is a schedule. */
export function checkRateSchedule(name: string, value: RateSchedule): RateSchedule {
  if (typeof value?.factor === 'function' && typeof value.name === 'string') return value;
  throw new TypeError(`"${name}" expected a schedule with name and factor, got ${describeValue(value)}`);
}
