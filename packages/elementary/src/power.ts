// x^y = e^(y ln x) with ln x to about 65 bits as an unevaluated sum of two doubles, so that a large y does not
// amplify its rounding. The products are made exact by Dekker's splitting (A floating-point technique for extending
// the available precision, 1971).
import { exponentialOfSum } from './exponential.js';
import { binaryExponent } from './logarithm.js';
import { POWERS_OF_TWO, ZERO_POWER } from './powers-of-two.js';

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const TWO_THIRDS_HIGH = 0.6666666666666666;
const TWO_THIRDS_LOW = 3.700743415417188e-17;
const logarithm = /* @__PURE__ */ new Float64Array(2);

/**
 * The power x^y, with the same bits on every JavaScript engine; error below 0.7 ulp for normal results, exact where
 * the power is a double.
 *
 * @param x - the base, any number
 * @param y - the exponent, any number
 * @returns x^y with the special cases of JavaScript's `**`: 1 for y = ±0, `NaN` for a negative base and a fractional
 * exponent and for (±1)^(±Infinity)
 *
 * @example
 * Whole powers that a double can hold come out exactly.
 * ```ts
 * import { pow } from '@brenier/elementary';
 *
 * pow(3, 20); // => 3486784401
 * pow(2, 0.5); // => 1.4142135623730951
 * pow(-2, 3); // => -8
 * ```
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x !== x || y !== y) return NaN;
  const magnitude = Math.abs(x);
  const isOdd = Math.abs(y) < 9007199254740992 && Math.floor(y) === y && Math.floor(y / 2) * 2 !== y;
  const isNegative = isOdd && (x < 0 || (x === 0 && 1 / x < 0));
  if (x < 0 && magnitude < Infinity && Math.floor(y) !== y) return NaN;
  if (magnitude === 1) return Math.abs(y) === Infinity ? NaN : isNegative ? -1 : 1;
  const power = powerOfMagnitude(magnitude, y);
  return isNegative ? -power : power;
}

function powerOfMagnitude(x: number, y: number): number {
  const grows = x > 1 === y > 0;
  if (x === 0 || x === Infinity || y === Infinity || y === -Infinity) return grows ? Infinity : 0;
  // |ln x| >= 2^-53 for x ≠ 1: beyond this exponent only the limits remain, and the splitting below cannot overflow
  // before it.
  if (y > 1e20 || y < -1e20) return grows ? Infinity : 0;
  preciseLog(x);
  const logHigh = logarithm[0];
  const high = y * logHigh;
  if (high > 710) return Infinity;
  if (high < -746) return 0;
  const low = productError(y, logHigh, high) + y * logarithm[1];
  return exponentialOfSum(high, low);
}

/** Leaves ln x in `logarithm`, to a relative error of about 2^-65. */
function preciseLog(x: number): void {
  const isSubnormal = x < 2.2250738585072014e-308;
  const normal = isSubnormal ? x * 18014398509481984 : x;
  const exponent = binaryExponent(normal);
  const k = isSubnormal ? exponent - 54 : exponent;
  const f = normal * POWERS_OF_TWO[ZERO_POWER - exponent] - 1;
  // s = f / (2 + f) to twice the precision: one Newton correction with an exact residual.
  const d = 2 + f;
  const dLow = f - (d - 2);
  const s = f / d;
  const product = s * d;
  const sLow = (f - product - productError(s, d, product) - s * dLow) / d;
  const z = s * s;
  const zLow = productError(s, s, z) + 2 * s * sLow;
  // ln(1 + f) = 2 s + s z (2/3 + z M(z)); the constant is needed to twice the precision, M is not.
  const m = z * higherTerms(z);
  const c = TWO_THIRDS_HIGH + m;
  const cLow = m - (c - TWO_THIRDS_HIGH) + (TWO_THIRDS_LOW + 0.4 * zLow);
  const zc = z * c;
  const zcLow = productError(z, c, zc) + z * cLow + zLow * c;
  const cubic = s * zc;
  const cubicLow = productError(s, zc, cubic) + s * zcLow + sLow * zc;
  const base = k * LN2_HIGH;
  const first = base + 2 * s;
  const total = first + cubic;
  const low = sumError(base, 2 * s, first) + sumError(first, cubic, total) + (k * LN2_LOW + 2 * sLow + cubicLow);
  logarithm[0] = total + low;
  logarithm[1] = total - logarithm[0] + low;
}

/** M(z) = ((2 artanh(√z)/√z - 2)/z - 2/3)/z on 0 <= z <= 0.0295. */
function higherTerms(z: number): number {
  const w = z * z;
  const even = 0.4 + w * (0.22222222221655885 + w * (0.1538459496251843 + w * 0.11706236339491206));
  const odd = 0.28571428571429364 + w * (0.18181818335392802 + w * (0.1333480469384731 + w * 0.11723178623876518));
  return even + z * odd;
}

function productError(a: number, b: number, product: number): number {
  const aHigh = leadingHalf(a);
  const bHigh = leadingHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

function leadingHalf(a: number): number {
  const scaled = 134217729 * a;
  return scaled - (scaled - a);
}

function sumError(a: number, b: number, sum: number): number {
  const shift = sum - a;
  return a - (sum - shift) + (b - shift);
}
