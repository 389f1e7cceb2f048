/**
 * Time grids whose steps grow shorter towards their end, for drifts that are steep there: of the power type that T. Karras, M. Aittala,
 * T. Aila, S. Laine, Elucidating the design space of diffusion-based generative models, NeurIPS 2022, equation (5), use for noise
 * levels.
 */
import { pow } from '@brenier/elementary';
import { checkFinite, checkInteger, checkOptions, checkPositive } from '@brenier/errors';

/** Options of {@link refinedTimes}. */
export interface RefinedTimesOptions {
  /** Number of steps, at least 1. */
  readonly numSteps: number;
  /** How much shorter the steps grow, > 0: the last has the length (1/numSteps)^exponent of the whole. 1: equal steps. Default 1.5. */
  readonly exponent?: number;
  /** The first time. Default 0. */
  readonly from?: number;
  /** The last time, where steps are shortest; it may lie before `from`. Default 1. */
  readonly to?: number;
}

/**
 * Times to − (to − from)·(1 − k/numSteps)^exponent for k = 0 … numSteps, for the option `times` of the integrators.
 *
 * @param options - the number of steps and the exponent
 * @returns the times, shape [numSteps + 1]; the ends are `from` and `to` to the bit
 * @throws TypeError or RangeError where an option is missing, unknown or not valid, also where steps fall below the spacing of the
 * numbers
 *
 * @example
 * Four steps to time 1 that shrink quadratically.
 * ```ts
 * import { refinedTimes } from '@brenier/samplers';
 *
 * [...refinedTimes({ numSteps: 4, exponent: 2 })]; // => [0, 0.4375, 0.75, 0.9375, 1]
 * ```
 */
export function refinedTimes(options: RefinedTimesOptions): Float64Array {
  const given = checkOptions('options', options, ['numSteps', 'exponent', 'from', 'to']);
  const { exponent = 1.5, from = 0, to = 1 } = given;
  const numSteps = checkInteger('numSteps', given.numSteps, 1, 2 ** 31 - 2);
  checkPositive('exponent', exponent);
  checkFinite('from', from);
  if (checkFinite('to', to) === from) throw new RangeError(`"to" expected a time other than "from", got ${to}`);
  const times = Float64Array.from({ length: numSteps + 1 }, (_, k) => {
    const rest = (numSteps - k) / numSteps;
    return to - (to - from) * (exponent === 1 ? rest : pow(rest, exponent));
  });
  times[0] = from;
  times[numSteps] = to;
  for (let k = 0; k < numSteps; k++) {
    if ((times[k + 1] - times[k]) * (to - from) > 0) continue;
    throw new RangeError(`"exponent" expected steps that can be told apart, got ${exponent} for ${numSteps} steps`);
  }
  return times;
}
