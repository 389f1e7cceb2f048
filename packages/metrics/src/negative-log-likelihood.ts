import { checkInteger, checkNumericArray, checkOptions, describeValue, type NumericArray } from '@brenier/errors';

/** Options of {@link negativeLogLikelihood}. */
export interface NegativeLogLikelihoodOptions {
  /** Coordinates of a sample, for `perDimension`. Default 1. */
  readonly dim?: number;
}

/** A negative log-likelihood. */
export interface NegativeLogLikelihoodResult {
  /** −mean log p(x) in nats; `Infinity` where a sample has density 0. */
  readonly value: number;
  /** The standard error of `value` over independent samples; `Infinity` for one sample or an infinite value. */
  readonly standardError: number;
  /** `value` divided by the dimension. */
  readonly perDimension: number;
  /** `perDimension` in bits. */
  readonly bitsPerDimension: number;
}

/**
 * The mean negative log-likelihood of samples, from their log densities.
 *
 * In expectation it exceeds the entropy of the data by KL(data ‖ model), so only differences between models on the same
 * data mean something. Log densities of a flow are the `logDensity` of what `logLikelihood` of `@brenier/samplers` gives.
 *
 * @param logDensities - log p(x_i) in nats, at least one; −∞ is a density of 0
 * @param options - the dimension
 * @returns the mean with its standard error, per dimension, and in bits; cost O(count)
 * @throws TypeError or RangeError where there are none, or one is NaN or +∞
 *
 * @see Papamakarios, Pavlakou and Murray, Masked autoregressive flow for density estimation (2017), section 4, for its use
 *
 * @example
 * Two samples, of densities e⁻¹ and e⁻³.
 * ```ts
 * import { negativeLogLikelihood } from '@brenier/metrics';
 *
 * const { value, standardError } = negativeLogLikelihood([-1, -3]);
 * value; // => 2
 * standardError; // => 1
 * ```
 */
export function negativeLogLikelihood(
  logDensities: NumericArray,
  options?: NegativeLogLikelihoodOptions,
): NegativeLogLikelihoodResult {
  const { length: count } = checkNumericArray('logDensities', logDensities);
  const dim = checkInteger('dim', checkOptions('options', options, ['dim']).dim ?? 1, 1);
  if (count === 0) throw new RangeError('"logDensities" expected at least one log density, got none');
  let shift = 0;
  for (let i = 0; i < count; i++) {
    const each: unknown = logDensities[i];
    if (typeof each !== 'number' || Number.isNaN(each) || each === Infinity) refuse(i, each);
    if (i === 0 && Number.isFinite(each)) shift = each;
  }
  // Relative to the first, so that log densities of −10⁶ with a spread of 1 keep the spread's digits.
  let sum = 0;
  for (let i = 0; i < count; i++) sum += logDensities[i] - shift;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (logDensities[i] - shift - mean) * (logDensities[i] - shift - mean);
  const value = -(shift + mean);
  const hasError = count > 1 && Number.isFinite(value);
  const perDimension = value / dim;
  return {
    value,
    standardError: hasError ? Math.sqrt(squares / (count - 1) / count) : Infinity,
    perDimension,
    bitsPerDimension: perDimension / Math.LN2,
  };
}

function refuse(i: number, value: unknown): never {
  const message = `"logDensities[${i}]" expected a number below ∞, got ${describeValue(value)}`;
  throw typeof value === 'number' ? new RangeError(message) : new TypeError(message);
}
