/** The few numbers that stand for many timings. */

/** A ratio of two contenders over the rounds of a run. */
export interface RatioSummary {
  median: number;
  /** The least and the greatest of a round. */
  low: number;
  high: number;
}

/** The middle of the values; the mean of the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('"values" expected at least one number, got none');
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * Compares two contenders round by round: what disturbs a machine for a while disturbs both of a round.
 *
 * @param ours - samples of each round, at least one in each of them
 * @param theirs - as many rounds
 */
export function ratioOverRounds(
  ours: readonly (readonly number[])[],
  theirs: readonly (readonly number[])[],
): RatioSummary {
  if (ours.length !== theirs.length) {
    throw new RangeError(`"theirs" expected as many rounds as "ours", ${ours.length}, got ${theirs.length}`);
  }
  const ratios = ours.map((samples, k) => median(samples) / median(theirs[k]));
  return { median: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) };
}
