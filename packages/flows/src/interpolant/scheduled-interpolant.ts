import { checkFunction, checkOptions, checkWithin, describeValue } from '@brenier/errors';
import { checkTimeMargin } from './time-margin.js';
import type { Interpolant } from './interpolant.js';

/** A coefficient and its time derivative at one time. */
export interface ScheduleValue {
  /** The coefficient. */
  readonly value: number;
  /** Its time derivative; infinite is allowed where a path starts or ends as √t does. */
  readonly derivative: number;
}

/** A coefficient as a function of the time t in [0, 1]: value and derivative together, so that they cannot disagree. */
export type Schedule = (t: number) => ScheduleValue;

/** Options of {@link scheduledInterpolant}. */
export interface ScheduledInterpolantOptions {
  /** α, the weight of the start; 1 at t = 0 and 0 at t = 1 for a path between the data themselves. */
  readonly alpha: Schedule;
  /** β, the weight of the end; 0 at t = 0 and 1 at t = 1 for a path between the data themselves. */
  readonly beta: Schedule;
  /** γ ≥ 0, the standard deviation around the mean, in units of x; default 0 throughout. */
  readonly gamma?: Schedule;
  /** δ in [0, ½): training stays in [δ, 1−δ] unless it is told otherwise; default 0. */
  readonly timeMargin?: number;
  /** What the names of objectives call it, since functions cannot be told apart; default `'scheduled'`. */
  readonly name?: string;
}

/**
 * The interpolant x_t = α(t)x₀ + β(t)x₁ + γ(t)ε of any three schedules.
 *
 * Albergo, Boffi and Vanden-Eijnden, Stochastic Interpolants: a Unifying Framework for Flows and Diffusions (2023),
 * with a mean that is linear in the ends.
 *
 * @param options - the schedules
 * @returns the interpolant
 * @throws TypeError or RangeError where a schedule is not a function or `timeMargin` lies outside [0, ½); `at` throws
 *   where a value is not finite, a derivative is no number, γ is negative, or `t` lies outside [0, 1]
 *
 * @example
 * A path that leaves slowly and arrives slowly.
 * ```ts
 * import { scheduledInterpolant } from '@brenier/flows';
 *
 * const smooth = scheduledInterpolant({
 *   alpha: (t) => ({ value: 1 - t * t * (3 - 2 * t), derivative: -6 * t * (1 - t) }),
 *   beta: (t) => ({ value: t * t * (3 - 2 * t), derivative: 6 * t * (1 - t) }),
 * });
 * const { alpha, beta, dBeta } = smooth.at(0.5);
 * [alpha, beta, dBeta]; // => [0.5, 0.5, 1.5]
 * ```
 */
export function scheduledInterpolant(options: ScheduledInterpolantOptions): Interpolant {
  const given = checkOptions('options', options, ['alpha', 'beta', 'gamma', 'timeMargin', 'name']);
  const { alpha, beta, gamma = none, timeMargin = 0, name = 'scheduled' } = given;
  for (const [name, schedule] of Object.entries({ alpha, beta, gamma })) checkFunction(name, schedule);
  if (typeof name !== 'string') throw new TypeError(`"name" expected a string, got ${describeValue(name)}`);
  return {
    name,
    timeMargin: checkTimeMargin('timeMargin', timeMargin),
    at(t) {
      checkWithin('t', t, 0, 1);
      const [start, end, noise] = [evaluate('alpha', alpha, t), evaluate('beta', beta, t), evaluate('gamma', gamma, t)];
      if (noise.value < 0) throw new RangeError(`"gamma(${t}).value" expected a number >= 0, got ${noise.value}`);
      return {
        alpha: start.value,
        beta: end.value,
        gamma: noise.value,
        dAlpha: start.derivative,
        dBeta: end.derivative,
        dGamma: noise.derivative,
      };
    },
  };
}

const none: Schedule = () => ({ value: 0, derivative: 0 });

function evaluate(name: string, schedule: Schedule, t: number): ScheduleValue {
  const result = schedule(t);
  const { value, derivative } = result ?? {};
  if (typeof value !== 'number' || typeof derivative !== 'number') {
    throw new TypeError(`"${name}(${t})" expected { value, derivative }, got ${describeValue(result)}`);
  }
  if (!Number.isFinite(value)) throw new RangeError(`"${name}(${t}).value" expected a finite number, got ${value}`);
  if (Number.isNaN(derivative)) throw new RangeError(`"${name}(${t}).derivative" expected a number, got NaN`);
  return result;
}
