// Sine and cosine on |r| <= π/4 by near-minimax polynomials in r² (coefficients: test/fixtures/coefficients.py), the
// rest by reduction.
import { reduceAngle } from './angle-reduction.js';

const remainder = /* @__PURE__ */ new Float64Array(2);
const QUARTER_PI = 0.7853981633974483;

/**
 * The sine of an angle, with the same bits on every JavaScript engine; error below 0.8 ulp at every finite angle,
 * however large.
 *
 * Up to 2^20 π/2 the reduction takes a few multiplications; beyond, and within 1e-6 of a multiple of π/2, big
 * integers (about 2 µs).
 *
 * @param x - the angle in radians
 * @returns sin x: ±0 for ±0, `NaN` for ±`Infinity` and `NaN`
 *
 * @example
 * The reduction is exact for huge angles, too.
 * ```ts
 * import { sin } from '@brenier/elementary';
 *
 * sin(0.5); // => 0.479425538604203
 * sin(1e22); // => -0.8522008497671888
 * ```
 */
export function sin(x: number): number {
  if (x <= QUARTER_PI && x >= -QUARTER_PI) return x === 0 ? x : sineKernel(x, 0);
  if (x - x !== 0) return NaN;
  // The reduction sees |x|, so that the sine is odd to the last bit even where a tie decides the quadrant.
  const quadrant = reduceAngle(Math.abs(x), remainder);
  const kernel = (quadrant & 1) === 0 ? sineKernel : cosineKernel;
  const value = kernel(remainder[0], remainder[1]);
  return ((quadrant & 2) === 0) === x > 0 ? value : -value;
}

/**
 * The cosine of an angle, with the same bits on every JavaScript engine; error below 0.8 ulp at every finite angle,
 * however large.
 *
 * Up to 2^20 π/2 the reduction takes a few multiplications; beyond, and within 1e-6 of a multiple of π/2, big
 * integers (about 2 µs).
 *
 * @param x - the angle in radians
 * @returns cos x: `NaN` for ±`Infinity` and `NaN`
 *
 * @example
 * Near a zero of the cosine all digits are still right.
 * ```ts
 * import { cos } from '@brenier/elementary';
 *
 * cos(0.5); // => 0.8775825618903728
 * cos(Math.PI / 2); // => 6.123233995736766e-17
 * ```
 */
export function cos(x: number): number {
  if (x <= QUARTER_PI && x >= -QUARTER_PI) return cosineKernel(x, 0);
  if (x - x !== 0) return NaN;
  const quadrant = reduceAngle(Math.abs(x), remainder);
  const kernel = (quadrant & 1) === 0 ? cosineKernel : sineKernel;
  const value = kernel(remainder[0], remainder[1]);
  return quadrant === 0 || quadrant === 3 ? value : -value;
}

/** sin(r + low) = r + r³ S(r²) + low cos r, absolute error of S 1.2e-20. */
function sineKernel(r: number, low: number): number {
  const z = r * r;
  const w = z * z;
  const last = 1.6058521349954986e-10 - z * 7.586094789672621e-13;
  const high = 2.7557319219150783e-6 - z * 2.5052106167335705e-8 + w * last;
  const odd = 0.008333333333333331 - z * 0.00019841269841264821 + w * high;
  const cubic = z * r;
  return r - (cubic * (0.16666666666666666 - z * odd) - low * (1 - 0.5 * z));
}

/** cos(r + low) = 1 - r²/2 + r⁴ C(r²) - r low, absolute error of C 1.4e-18. */
function cosineKernel(r: number, low: number): number {
  const z = r * r;
  const w = z * z;
  const last = 2.0876134024090145e-9 - z * 1.1381754653662937e-11;
  const high = 2.4801587298651292e-5 - z * 2.755731721268659e-7 + w * last;
  const quartic = 0.041666666666666664 - z * 0.0013888888888887322 + w * high;
  const half = 0.5 * z;
  const leading = 1 - half;
  return leading + (1 - leading - half + (w * quartic - r * low));
}
