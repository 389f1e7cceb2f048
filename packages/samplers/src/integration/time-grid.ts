import { checkFinite, checkFiniteArray, checkInteger, checkNumericArray } from '@brenier/errors';

/** Where an integration starts and ends, and the times at which its states are wanted. */
export interface TimeOptions {
  /** Number of equal steps from the first time to the last; for methods with fixed steps. */
  readonly numSteps?: number;
  /**
   * Strictly monotone times, at least two, instead of `from` and `to`: the result holds the states at these times. A method with
   * fixed steps takes one step between neighbours where there is no `numSteps`. Beside `numSteps`, times between two steps are
   * interpolated with order 4, or 3 where the slope at the end of the step is not finite (`integrate`), or become ends of further
   * steps (`integrateSde`). An adaptive method chooses its own steps and interpolates.
   */
  readonly times?: ArrayLike<number>;
  /** Time of `x0`; default 0. */
  readonly from?: number;
  /** Time to reach; default 1. It may lie before `from`: then time runs backwards. */
  readonly to?: number;
}

/** The steps of a method with fixed steps. */
export interface StepGrid {
  /** All step ends, the start included. */
  readonly grid: Float64Array;
  /** The times of the states that a trajectory holds, the start excluded. */
  readonly reports: Float64Array;
}

/** The grid of equal steps, or the one whose points are `times`. */
export function stepGrid(options: TimeOptions): StepGrid {
  if (options.times === undefined) {
    const grid = equalSteps(interval(options), options.numSteps);
    return { grid, reports: grid.subarray(1) };
  }
  const times = checkTimes(options);
  const reports = times.subarray(1);
  if (options.numSteps === undefined) return { grid: times, reports };
  return { grid: equalSteps([times[0], times.at(-1)!], options.numSteps), reports };
}

/** The same grid, with a point at every time to report. */
export function splitAtReports({ grid, reports }: StepGrid): Float64Array {
  const [from, to] = [grid[0], grid.at(-1)!];
  const direction = Math.sign(to - from);
  const rounding = 4 * Number.EPSILON * Math.max(Math.abs(from), Math.abs(to));
  const split: number[] = [from];
  let next = 0;
  for (const t of grid.subarray(1)) {
    for (; (t - reports[next]) * direction > rounding; next++) split.push(reports[next]);
    if (Math.abs(t - reports[next]) <= rounding) next++;
    // Of several times within the rounding, none may come after a later point of the grid.
    while ((t - reports[next]) * direction >= 0) next++;
    split.push(t);
  }
  return Float64Array.from(split);
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

function equalSteps([from, to]: readonly [number, number], count: number | undefined): Float64Array {
  const numSteps = checkInteger('numSteps', count, 1, 2 ** 31 - 1);
  // Each time is computed from the ends, not from its neighbour, so the last one is `to` to the bit.
  const grid = Float64Array.from({ length: numSteps + 1 }, (_, k) => from + (to - from) * (k / numSteps));
  return checkMonotone('numSteps', grid.fill(to, numSteps));
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
