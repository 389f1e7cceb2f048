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

/**
 * The exponent of a power law through positive values: the least-squares slope of their logarithms.
 *
 * @param points - at least two different sizes
 */
export function growthExponent(points: readonly { size: number; value: number }[]): number {
  const logs = points.map(({ size, value }) => ({ x: Math.log(size), y: Math.log(value) }));
  const mean = (pick: (each: { x: number; y: number }) => number): number =>
    logs.reduce((sum, each) => sum + pick(each), 0) / logs.length;
  const centre = { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  const spread = mean(({ x }) => (x - centre.x) ** 2);
  if (!(spread > 0)) throw new RangeError('"points" expected at least two different sizes, got fewer');
  return mean(({ x, y }) => (x - centre.x) * (y - centre.y)) / spread;
}
