import { checkFinite, checkFiniteArray, checkInteger, checkNumericArray } from '@brenier/errors';

/** Where an integration starts and ends, and the times it must pass through. */
export interface TimeOptions {
  /** Number of equal steps from `from` to `to`; for methods with fixed steps, instead of `times`. */
  readonly numSteps?: number;
  /**
   * Strictly monotone times, at least two, instead of `from`, `to` and `numSteps`. A method with fixed steps takes one
   * step between neighbours; an adaptive one chooses its own steps and reports the states at these times.
   */
  readonly times?: ArrayLike<number>;
  /** Time of `x0`; default 0. */
  readonly from?: number;
  /** Time to reach; default 1. It may lie before `from`: then time runs backwards. */
  readonly to?: number;
}

/** The grid of a method with fixed steps: all step ends, the start included. */
export function stepGrid(options: TimeOptions): Float64Array {
  if (options.times !== undefined) {
    if (options.numSteps !== undefined)
      throw new RangeError('"numSteps" expected to be absent beside "times", got both');
    return checkTimes(options);
  }
  const [from, to] = interval(options);
  const numSteps = checkInteger('numSteps', options.numSteps, 1, 2 ** 31 - 1);
  // Each time is computed from the ends, not from its neighbour, so the last one is `to` to the bit.
  const grid = Float64Array.from({ length: numSteps + 1 }, (_, k) => from + (to - from) * (k / numSteps));
  return checkMonotone('numSteps', grid.fill(to, numSteps));
}

/** The times at which an adaptive method reports; only the two ends where the caller gave no `times`. */
export function reportTimes(options: TimeOptions): Float64Array {
  if (options.numSteps !== undefined) {
    throw new RangeError(
      '"numSteps" expected to be absent for a method that chooses its steps, give tolerances to the method',
    );
  }
  return options.times === undefined ? Float64Array.from(interval(options)) : checkTimes(options);
}

function interval(options: TimeOptions): [number, number] {
  const from = checkFinite('from', options.from === undefined ? 0 : options.from);
  const to = checkFinite('to', options.to === undefined ? 1 : options.to);
  if (from === to) throw new RangeError(`"to" expected a time other than "from", got ${to}`);
  return [from, to];
}

function checkTimes(options: TimeOptions): Float64Array {
  if (options.from !== undefined || options.to !== undefined) {
    throw new RangeError('"from" and "to" expected to be absent beside "times", which holds both');
  }
  const times = Float64Array.from(checkFiniteArray('times', checkNumericArray('times', options.times)));
  if (times.length < 2) throw new RangeError(`"times" expected at least 2 times, got ${times.length}`);
  return checkMonotone('times', times);
}

function checkMonotone(name: string, times: Float64Array): Float64Array {
  const direction = Math.sign(times.at(-1)! - times[0]);
  for (let k = 1; k < times.length; k++) {
    if (!((times[k] - times[k - 1]) * direction > 0)) {
      throw new RangeError(`"${name}" expected strictly monotone times, got ${times[k - 1]} then ${times[k]}`);
    }
  }
  return times;
}
