// A straight line through points, by least squares.

/** y ≈ level + slope · x. */
export interface Line {
  /** The value at x = 0. */
  readonly level: number;
  /** Units of y per unit of x; 0 where all x are equal. */
  readonly slope: number;
  /** Standard error of the slope under independent deviations; 0 for fewer than three points. */
  readonly slopeError: number;
}

/** The line that minimises the sum of squared deviations in y; two arrays of one length, at least 1. Cost O(length). */
export function fitLine(x: readonly number[], y: readonly number[]): Line {
  const n = x.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [sumXX, sumXY] = [0, 0];
  for (let i = 0; i < n; i++) {
    sumXX += (x[i] - meanX) ** 2;
    sumXY += (x[i] - meanX) * (y[i] - meanY);
  }
  const slope = sumXX > 0 ? sumXY / sumXX : 0;
  const level = meanY - slope * meanX;
  const squares = y.reduce((sum, each, i) => sum + (each - level - slope * x[i]) ** 2, 0);
  const slopeError = n > 2 && sumXX > 0 ? Math.sqrt(squares / (n - 2) / sumXX) : 0;
  return { level, slope, slopeError };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}
