/** Pearson's χ² of observed counts against expected ones. */
export function chiSquare(observed: ArrayLike<number>, expected: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < observed.length; i++) sum += (observed[i] - expected[i]) ** 2 / expected[i];
  return sum;
}

/**
 * The value that χ² exceeds with probability 3e-7 (z = 5), by Wilson and Hilferty's cube.
 * With fixed seeds a test passes or fails for good: the threshold says that a failure would not be bad luck.
 */
export function chiSquareLimit(degrees: number): number {
  const v = 2 / (9 * degrees);
  return degrees * (1 - v + 5 * Math.sqrt(v)) ** 3;
}

/** Kolmogorov's statistic √n sup|F_n - F|, which exceeds 2.7 with probability 2 exp(-2 · 2.7²) < 1e-6. */
export function kolmogorov(sample: Float64Array, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort();
  let largest = 0;
  sorted.forEach((x, i) => {
    const p = cdf(x);
    largest = Math.max(largest, p - i / sorted.length, (i + 1) / sorted.length - p);
  });
  return largest * Math.sqrt(sorted.length);
}

/** The mean of a power of the entries. */
export function moment(sample: ArrayLike<number>, power: number): number {
  let sum = 0;
  for (let i = 0; i < sample.length; i++) sum += sample[i] ** power;
  return sum / sample.length;
}

/** Φ(x) by its Taylor series around 0 (|x| < 6) to about 1e-12. */
export function normalCdf(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 1; k < 200 && Math.abs(term) > 1e-17; k++) {
    term *= -(x * x) / (2 * k);
    sum += term / (2 * k + 1);
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}
