// e^x by argument reduction x = k ln 2 + r, |r| <= ln(2)/2, and e^r = 1 + r + r² Q(r) with Q a near-minimax
// polynomial of degree 10 (Cody & Waite, Software Manual for the Elementary Functions, 1980, ch. 6; coefficients:
// test/fixtures/coefficients.py).
import { POWERS_OF_TWO, ZERO_POWER } from './powers-of-two.js';

const INVERSE_LN2 = 1.4426950408889634;
// ln 2 in two parts; the first has 32 bits, so that k times it is exact for |k| < 2^21.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const LARGEST = 709.782712893384;
const SMALLEST = -745.1332191019412;

/**
 * The exponential e^x, with the same bits on every JavaScript engine; error below 0.7 ulp for normal results.
 *
 * @param x - any number
 * @returns e^x: `Infinity` above 709.78…, subnormal below -708.39…, 0 below -745.13…, `NaN` for `NaN`
 *
 * @example
 * Engines may disagree on the last bit of `Math.exp`; here it is fixed.
 * ```ts
 * import { exp } from '@brenier/elementary';
 *
 * exp(0); // => 1
 * exp(1); // => 2.718281828459045
 * exp(-Infinity); // => 0
 * ```
 */
export function exp(x: number): number {
  if (x > LARGEST) return Infinity;
  if (x < SMALLEST) return 0;
  if (x !== x) return x;
  return exponentialOfSum(x, 0);
}

/**
 * e^x - 1 without the cancellation near 0; same bits on every JavaScript engine, error below 0.9 ulp.
 *
 * @param x - any number
 * @returns e^x - 1: `Infinity` above 709.78…, -1 for very negative arguments, ±0 for ±0, `NaN` for `NaN`
 *
 * @example
 * The naive difference keeps seven digits here.
 * ```ts
 * import { expm1 } from '@brenier/elementary';
 *
 * expm1(1e-10); // => 1.00000000005e-10
 * ```
 */
export function expm1(x: number): number {
  if (x > LARGEST) return Infinity;
  if (x < -40) return -1;
  if (x !== x || x === 0) return x;
  const k = Math.floor(INVERSE_LN2 * x + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  if (k === 0) return r + nonlinearPart(r);
  // The rounding of r is made up for to first order: the sum below may cancel three quarters of its leading bits.
  const tail = nonlinearPart(r) + (high - r - low) * r - low;
  // e^x - 1 = 2^k ((1 - 2^-k) + high + tail). The first sum is exact once its rounding error is carried;
  // 1 - 2^-k is exact up to k = 53. At 54 the 1 is half the last bit of a result below 2^54, and joins the tail; beyond, it is at
  // most a quarter of the last bit and left out.
  const offset = k < 54 ? 1 - POWERS_OF_TWO[ZERO_POWER - k] : 1;
  const sum = offset + high;
  const shift = sum - offset;
  const error = offset - (sum - shift) + (high - shift);
  const leftOut = k === 54 ? POWERS_OF_TWO[ZERO_POWER - 54] : 0;
  return scale(sum + (error + (tail - leftOut)), k);
}

/**
 * e^(high + low) for |low| << |high|, where the sum lies between the logarithms of the smallest and largest
 * doubles.
 */
export function exponentialOfSum(argumentHigh: number, argumentLow: number): number {
  const k = Math.floor(INVERSE_LN2 * argumentHigh + 0.5);
  const high = argumentHigh - k * LN2_HIGH;
  const low = k * LN2_LOW - argumentLow;
  const r = high - low;
  const tail = nonlinearPart(r) - low;
  const sum = 1 + high;
  return scale(sum + (high - (sum - 1) + tail), k);
}

/**
 * e^r - 1 - r = r²/2 + r² (Q(r) - ½) on |r| <= ln(2)/2, absolute error of Q 1.4e-18. Apart, r²/2 is rounded as finely as r²;
 * two half-chains shorten the wait between multiplications.
 */
function nonlinearPart(r: number): number {
  const z = r * r;
  const evenHigh = 2.4801587325547743e-5 + z * (2.75572736431103e-7 + z * 2.0914686968086876e-9);
  const even = z * (0.04166666666666667 + z * (0.0013888888888883748 + z * evenHigh));
  const oddHigh = 0.00019841269874820627 + z * (2.7557255400206422e-6 + z * 2.5105217004720745e-8);
  const odd = 0.1666666666666667 + z * (0.008333333333326136 + z * oddHigh);
  return 0.5 * z + z * (r * odd + even);
}

/** y 2^k for y near 1, in two steps where 2^k or the result leaves the normal range, so that it is rounded once. */
function scale(y: number, k: number): number {
  if (k > 1022) return y * 2 * POWERS_OF_TWO[k - 1 + ZERO_POWER];
  if (k < -1020) return y * POWERS_OF_TWO[k + 1000 + ZERO_POWER] * POWERS_OF_TWO[ZERO_POWER - 1000];
  return y * POWERS_OF_TWO[k + ZERO_POWER];
}
