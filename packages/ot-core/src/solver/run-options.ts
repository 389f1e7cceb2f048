// What a caller may ask of a running solver.
import { checkFunction, checkInteger, checkNonNegative, checkOptions, describeValue } from '@brenier/errors';

/** One progress event of `run` and `runSync`. */
export interface RunProgress<Progress> {
  /** What the method reports: plain data. */
  readonly progress: Progress;
  /** Steps taken so far. A step is one bounded piece of work, not one iteration of the method. */
  readonly steps: number;
  /** Milliseconds since the start. */
  readonly elapsed: number;
}

/** Options of `run` and `runSync`. */
export interface RunOptions<Progress> {
  /** Raise it to stop with the best answer so far and the status `'aborted'`. Default: none. */
  readonly signal?: AbortSignal;
  /** Called with progress events while running, and once at the end. Default: none. */
  readonly onProgress?: (event: RunProgress<Progress>) => void;
  /** Least time between two progress events, in milliseconds; 0 reports after every step. Default 100. */
  readonly progressInterval?: number;
  /**
   * Time after which the run stops with the best answer so far, in milliseconds; checked between steps. Default: none.
   */
  readonly timeLimit?: number;
  /** Number of steps after which the run stops with the best answer so far. Default: none. */
  readonly maxSteps?: number;
}

/** Checks the options of a run. */
export function checkRunOptions<Progress>(options: RunOptions<Progress> | undefined): RunOptions<Progress> {
  const given = checkOptions('options', options, ['signal', 'onProgress', 'progressInterval', 'timeLimit', 'maxSteps']);
  if (given.onProgress !== undefined) checkFunction('onProgress', given.onProgress);
  if (given.progressInterval !== undefined) checkNonNegative('progressInterval', given.progressInterval);
  if (given.timeLimit !== undefined) checkNonNegative('timeLimit', given.timeLimit);
  if (given.maxSteps !== undefined) checkInteger('maxSteps', given.maxSteps, 0);
  if (given.signal !== undefined && typeof given.signal?.aborted !== 'boolean') {
    throw new TypeError(`"signal" expected an AbortSignal, got ${describeValue(given.signal)}`);
  }
  return given;
}
