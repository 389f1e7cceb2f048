/** The slope of −log(error) against log(count) by least squares: the order of convergence that the errors show. */
export function observedOrder(counts: readonly number[], errors: readonly number[]): number {
  const xs = counts.map(Math.log);
  const ys = errors.map(Math.log);
  const meanX = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const meanY = ys.reduce((sum, y) => sum + y, 0) / ys.length;
  const covariance = xs.reduce((sum, x, i) => sum + (x - meanX) * (ys[i]! - meanY), 0);
  return -covariance / xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
}
