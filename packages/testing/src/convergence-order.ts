// The observed order of a method: the slope of log error against log step size.

/** A least-squares fit of error ≈ constant · stepSize^order. */
export interface ConvergenceFit {
  /** The observed order. */
  readonly order: number;
  /** The largest |log error − fitted log error|: near 0 where the errors follow a power law. */
  readonly residual: number;
}

/**
 * Fits the order of convergence to errors at several step sizes.
 *
 * @param stepSizes - at least two different step sizes, > 0
 * @param errors - the error at each of them, > 0: keep to steps whose error is well above rounding
 * @returns the slope in log–log scale and how far the errors stray from it
 * @throws RangeError where lengths differ, there are fewer than two, or a value is not above 0
 */
export function convergenceOrder(stepSizes: readonly number[], errors: readonly number[]): ConvergenceFit {
  if (stepSizes.length !== errors.length || stepSizes.length < 2) {
    throw new RangeError(
      `expected as many errors as step sizes, at least 2, got ${errors.length} and ${stepSizes.length}`,
    );
  }
  if (![...stepSizes, ...errors].every((value) => value > 0)) {
    throw new RangeError(`expected values above 0, got step sizes ${stepSizes} and errors ${errors}`);
  }
  const x = stepSizes.map(Math.log);
  const y = errors.map(Math.log);
  const meanX = mean(x);
  const meanY = mean(y);
  const order = sumOf(x, (value, i) => (value - meanX) * (y[i] - meanY)) / sumOf(x, (value) => (value - meanX) ** 2);
  const residual = Math.max(...x.map((value, i) => Math.abs(y[i] - meanY - order * (value - meanX))));
  return { order, residual };
}

function mean(values: readonly number[]): number {
  return sumOf(values, (value) => value) / values.length;
}

function sumOf(values: readonly number[], term: (value: number, i: number) => number): number {
  return values.reduce((sum, value, i) => sum + term(value, i), 0);
}
