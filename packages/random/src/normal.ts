// Normal numbers by inversion: one uniform each, so the sequence is the same whether drawn one by one or by the
// array, and each number is monotone in its uniform. About 40 ns a number, of which the bits take 15.
import { checkFinite, checkNonNegative, checkOptions } from '@brenier/errors';
import { quantileFromCentre } from './normal-quantile.js';
import { checkRng, drawUniforms, type Rng } from './rng.js';
import { checkFloatArray, type FloatArray } from './uniform.js';

/** Uniform numbers drawn at once: they stay in the first cache. */
const CHUNK = 512;

/** Options of {@link fillNormal}. */
export interface FillNormalOptions {
  /** The mean; default 0. */
  readonly mean?: number;
  /** The standard deviation, at least 0; default 1. */
  readonly sd?: number;
}

/**
 * One draw of the standard normal distribution, by inversion of one `rng.uniform()`.
 *
 * @param rng - where the bits come from
 * @returns a number with |z| <= 8.3: the quantile of (k + ½) 2^-53, k uniform in [0, 2^53)
 *
 * @example
 * The draws are symmetric around 0, never infinite.
 * ```ts
 * import { createRng, normal } from '@brenier/random';
 *
 * Math.abs(normal(createRng(1))) < 8.3; // => true
 * ```
 */
export function normal(rng: Rng): number {
  if (typeof rng?.uniform !== 'function') checkRng('rng', rng);
  return quantileFromCentre(centred(rng.uniform()));
}

/**
 * Fills an array with normal numbers: the ones that {@link normal} would have drawn, scaled and shifted.
 *
 * @param rng - where the bits come from
 * @param out - the array to fill; cost about 40 ns a number
 * @param options - mean and standard deviation
 * @returns `out`
 * @throws TypeError where `out` is not a float array; RangeError where an option is not finite or `sd` is negative
 *
 * @example
 * A batch of noise with standard deviation 0.1.
 * ```ts
 * import { createRng, fillNormal } from '@brenier/random';
 *
 * const noise = fillNormal(createRng(1), new Float64Array(1000), { sd: 0.1 });
 * noise.every((z) => Math.abs(z) < 0.83); // => true
 * ```
 */
export function fillNormal<T extends FloatArray>(rng: Rng, out: T, options?: FillNormalOptions): T {
  checkRng('rng', rng);
  checkFloatArray('out', out);
  const { mean = 0, sd = 1 } = checkOptions('options', options, ['mean', 'sd']);
  checkFinite('mean', mean);
  checkNonNegative('sd', sd);
  const uniforms = new Float64Array(Math.min(out.length, CHUNK));
  for (let first = 0; first < out.length; first += CHUNK) {
    const size = Math.min(CHUNK, out.length - first);
    drawUniforms(rng, size === uniforms.length ? uniforms : uniforms.subarray(0, size));
    for (let i = 0; i < size; i++) out[first + i] = mean + sd * quantileFromCentre(centred(uniforms[i]));
  }
  return out;
}

/** An odd multiple of 2^-54 in (-½, ½), from a multiple of 2^-53 in [0, 1): both sums are exact. */
function centred(uniform: number): number {
  return uniform - 0.5 + 5.551115123125783e-17;
}
