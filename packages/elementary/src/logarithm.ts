// ln x by reduction x = 2^k (1 + f), √½ <= 1 + f < √2, and ln(1 + f) = f - f²/2 + s (f²/2 + z L(z)) with s = f / (2 +
// f), z = s²: the series of 2 artanh(s), with L a near-minimax polynomial of degree 7 (coefficients:
// test/fixtures/coefficients.py).
import { POWERS_OF_TWO, ZERO_POWER, highWord } from './powers-of-two.js';

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const TWO_54 = 18014398509481984;

/**
 * The natural logarithm ln x, with the same bits on every JavaScript engine; error below 0.85 ulp.
 *
 * @param x - any number
 * @returns ln x: `-Infinity` at ±0, `Infinity` at `Infinity`, `NaN` below 0 and for `NaN`
 *
 * @example
 * Engines may disagree on the last bit of `Math.log`; here it is fixed.
 * ```ts
 * import { log } from '@brenier/elementary';
 *
 * log(1); // => 0
 * log(10); // => 2.302585092994046
 * log(0); // => -Infinity
 * ```
 */
export function log(x: number): number {
  if (!(x >= 2.2250738585072014e-308 && x < Infinity)) return logOfRareArgument(x);
  const k = binaryExponent(x);
  return logOfProduct(x * POWERS_OF_TWO[ZERO_POWER - k] - 1, k, 0);
}

/**
 * ln(1 + x) without the rounding of 1 + x; same bits on every JavaScript engine, error below 0.85 ulp.
 *
 * @param x - any number
 * @returns ln(1 + x): `-Infinity` at -1, ±0 for ±0, `NaN` below -1 and for `NaN`
 *
 * @example
 * Forming `1 + x` first would lose nine of the digits.
 * ```ts
 * import { log1p } from '@brenier/elementary';
 *
 * log1p(1e-10); // => 9.9999999995e-11
 * ```
 */
export function log1p(x: number): number {
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x === Infinity ? x : NaN;
  if (x > -0.2928 && x < 0.4142) return x > -1e-300 && x < 1e-300 ? x : logOfProduct(x, 0, 0);
  const sum = 1 + x;
  // What the sum lost: ln(sum + lost) = ln(sum) + lost / sum up to its square.
  const lost = x > 1 ? 1 - (sum - x) : x - (sum - 1);
  const k = binaryExponent(sum);
  return logOfProduct(sum * POWERS_OF_TWO[ZERO_POWER - k] - 1, k, lost / sum);
}

/** The k of x = 2^k m with m in [√½, √2), for normal x: 0x95f62 carries into the exponent just where m passes √2. */
export function binaryExponent(x: number): number {
  return ((highWord(x) + 0x95f62) >> 20) - 1023;
}

/** ln(2^k (1 + f)) + correction; f is exact. */
function logOfProduct(f: number, k: number, correction: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = 0.6666666666666666 + w * (0.2857142857080323 + w * (0.18181795630884753 + w * 0.13268759668560612));
  const odd = 0.4000000000000088 + w * (0.2222222239180047 + w * (0.15386240205813478 + w * 0.13086767009948175));
  const halfSquare = 0.5 * f * f;
  const tail = s * (halfSquare + z * (even + z * odd)) + (k * LN2_LOW + correction);
  return k * LN2_HIGH - (halfSquare - tail - f);
}

function logOfRareArgument(x: number): number {
  if (x === 0) return -Infinity;
  if (x > 0 && x < 1) return logOfProduct(...reduceSubnormal(x), 0);
  return x === Infinity ? x : NaN;
}

function reduceSubnormal(x: number): [f: number, k: number] {
  const scaled = x * TWO_54;
  const k = binaryExponent(scaled);
  return [scaled * POWERS_OF_TWO[ZERO_POWER - k] - 1, k - 54];
}
