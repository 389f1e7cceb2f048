/**
 * How an integration stands. `'finished'`: the end time was reached. `'aborted'`: the signal fired.
 * `'max-steps'` and `'step-size-underflow'`: an adaptive method gave up, the field is too stiff, discontinuous or not
 * finite for the tolerances. `'non-finite'`: the end was reached, with NaN or ±∞ among the coordinates.
 */
export type IntegrationStatus = 'running' | 'finished' | 'aborted' | 'max-steps' | 'step-size-underflow' | 'non-finite';

/** Where an integration stands, as plain data. */
export interface IntegrationProgress {
  /** The time reached. */
  readonly t: number;
  /** The part of the time interval done, in [0, 1]. */
  readonly fraction: number;
  /** Steps taken. */
  readonly numSteps: number;
  /** Steps tried and thrown away by an adaptive method. */
  readonly numRejected: number;
  /** Number of field evaluations, each on the whole batch. */
  readonly nfe: number;
}

/** Who looks on, and who may stop the integration. */
export interface WatchOptions {
  /** Looked at before every evaluation or walk of the field; the state stays at the end of the last whole step. */
  readonly signal?: AbortSignal;
  /** Called after every step, tried or taken; after every few steps where the field walks them in one piece. */
  readonly onProgress?: (progress: IntegrationProgress) => void;
}

/** The states on the way. */
export interface KeptStates<State> {
  /** The times of `states`. */
  readonly times: Float64Array;
  /** One batch per time, each of the shape of `x0`. */
  readonly states: readonly State[];
}

/** The outcome of an integration. */
export interface IntegrationResult<State> extends KeptStates<State> {
  /** How it ended. */
  readonly status: IntegrationStatus;
  /** The time of `final`; the time asked for where the status is `'finished'`. */
  readonly t: number;
  /** The batch at time `t`, of the shape of `x0`. */
  readonly final: State;
  /** Number of field evaluations, each on the whole batch. */
  readonly nfe: number;
  /** Steps taken. */
  readonly numSteps: number;
  /** Steps tried and thrown away by an adaptive method. */
  readonly numRejected: number;
}

/** An integration under way: step it, look at it, take its result at any moment. */
export interface Integration<State> {
  /** `'running'` until it is done. */
  readonly status: IntegrationStatus;
  /** The time reached. */
  readonly t: number;
  /** Where it stands. */
  readonly progress: IntegrationProgress;
  /**
   * Tries `count` steps, a whole number >= 1 or Infinity; default 1. Steps of a fixed length go to a field that walks in one
   * piece. Does nothing once the integration is done.
   */
  step(count?: number): void;
  /** A copy of the batch at time `t`. */
  state(): State;
  /** The outcome up to now, copied. */
  result(): IntegrationResult<State>;
  /** Frees the working memory; needed for tensors. Call it once, after the last `state` or `result`. */
  dispose(): void;
}
