/** A quantity over the seeds of a run. */

/** A mean with its standard deviation, which one seed does not have. */
export interface Spread {
  mean: number;
  /** With the divisor n − 1, as in the published table. */
  sd: number | undefined;
}

/** Mean and sample standard deviation of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: count > 1 ? Math.sqrt(squares / (count - 1)) : undefined };
}

/** A spread as a file keeps it: there, one seed has the deviation 0. */
export function knownSpread({ mean, sd }: { mean: number; sd: number }): Spread {
  return { mean, sd: sd > 0 ? sd : undefined };
}
