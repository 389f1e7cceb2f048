// Something repeated very often that must not keep anything.

/** One long run. */
export interface LongRun {
  /** Its name on the command line. */
  readonly name: string;
  /** What is repeated, in the plural. */
  readonly unit: string;
  /** How often, unless asked otherwise. */
  readonly count: number;
  /** Repeats `count` times and calls `repeated(k)` after the k-th time, k from 1 to `count`. */
  run(count: number, repeated: (k: number) => void): Promise<void>;
  /** Live tensors at this moment, where the run makes any. */
  readonly countTensors?: () => number;
}
