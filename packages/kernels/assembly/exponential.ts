import { multiplyAdd } from './multiply-add';

// Exponentials of two float64 lanes by Cody–Waite reduction and a polynomial of degree 11: x = n·ln 2 + r with |r| <=
// ln 2 / 2, then 2^n is added to the exponent bits. The polynomials interpolate (e^r − 1)/r and (2^r − 1)/r in the
// Chebyshev nodes; with rounded coefficients they are within 2e-17 of the function, so the error is that of the last
// two roundings: below 4e-16 relative.

// Adding 1.5·2^52 rounds to the nearest integer and leaves that integer in the low bits.
// @ts-ignore: decorator
@inline
const ROUNDER: f64 = 6755399441055744;

// Below −1000 a power of two counts as 2^−1000: far under the last bit of any sum that holds a 1, and never denormal.
// @ts-ignore: decorator
@inline
const SMALLEST_POWER: f64 = -1000;

// (e^r − 1)/r and (2^r − 1)/r. They live in memory: engines build a constant vector anew at each use, a load costs
// less.
const NATURAL: usize = memory.data<f64>([
  1.0,
  0.5000000000000006,
  0.1666666666666667,
  0.041666666666573066,
  0.008333333333326136,
  0.001388888893251478,
  0.00019841269874820627,
  2.480150431378554e-5,
  2.7557255400206422e-6,
  2.7626371065696354e-7,
  2.5105217004720745e-8,
]);
const BASE_TWO: usize = memory.data<f64>([
  0.6931471805599453,
  0.24022650695910097,
  0.0555041086648216,
  0.009618129107606888,
  0.0013333558146416936,
  0.0001540353044173605,
  1.525273382983612e-5,
  1.321544258792169e-6,
  1.0178062445845774e-7,
  7.072585949269223e-9,
  4.4549605981865186e-10,
]);

/** e^x for `count` numbers; below −708 the result is 0, so that no denormal appears, above 709.78 it is infinite. */
export function exponential(x: usize, out: usize, count: i32): void {
  let i = 0;
  for (; i + 2 <= count; i += 2) {
    v128.store(out + (<usize>i << 3), exponentialPair(v128.load(x + (<usize>i << 3))));
  }
  if (i < count) {
    const last = v128.load64_splat(x + (<usize>i << 3));
    v128.store64_lane(out + (<usize>i << 3), exponentialPair(last), 0);
  }
}

// @ts-ignore: decorator
@inline
function exponentialPair(x: v128): v128 {
  const clamped = f64x2.max(f64x2.min(x, f64x2.splat(709.782712893384)), f64x2.splat(-708));
  const shifted = f64x2.add(f64x2.mul(clamped, f64x2.splat(1.4426950408889634)), f64x2.splat(ROUNDER));
  const n = f64x2.sub(shifted, f64x2.splat(ROUNDER));
  // The first part of ln 2 has 32 zero bits at its end: n times it is exact.
  const high = f64x2.sub(clamped, f64x2.mul(n, f64x2.splat(0.6931467056274414)));
  const r = f64x2.sub(high, f64x2.mul(n, f64x2.splat(4.7493250390316726e-7)));
  const p = powerSeries(r, NATURAL);
  const scaled = i64x2.add(p, i64x2.shl(shifted, 52));
  const flushed = v128.andnot(scaled, f64x2.lt(x, f64x2.splat(-708)));
  const limited = v128.bitselect(f64x2.splat(Infinity), flushed, f64x2.gt(x, f64x2.splat(709.782712893384)));
  // The shifted bits of a NaN could have spoilt it.
  return v128.bitselect(limited, x, f64x2.eq(x, x));
}

/** 2^t for t <= 1000, in two lanes; for t below −1000 it gives 2^−1000. NaN gives NaN. */
// @ts-ignore: decorator
@inline
export function powerOfTwoPair(t: v128): v128 {
  const clamped = f64x2.max(t, f64x2.splat(SMALLEST_POWER));
  const shifted = f64x2.add(clamped, f64x2.splat(ROUNDER));
  const r = f64x2.sub(clamped, f64x2.sub(shifted, f64x2.splat(ROUNDER)));
  const p = powerSeries(r, BASE_TWO);
  return i64x2.add(p, i64x2.shl(shifted, 52));
}

/**
 * 1 + r·(c_0 + c_1·r + … + c_10·r^10). The sum goes after Estrin, in four short chains; the last step alone decides the
 * error.
 */
// @ts-ignore: decorator
@inline
function powerSeries(r: v128, c: usize): v128 {
  const square = f64x2.mul(r, r);
  const fourth = f64x2.mul(square, square);
  const c0 = multiplyAdd<f64>(v128.load64_splat(c, 8), r, v128.load64_splat(c));
  const c2 = multiplyAdd<f64>(v128.load64_splat(c, 24), r, v128.load64_splat(c, 16));
  const c4 = multiplyAdd<f64>(v128.load64_splat(c, 40), r, v128.load64_splat(c, 32));
  const c6 = multiplyAdd<f64>(v128.load64_splat(c, 56), r, v128.load64_splat(c, 48));
  const c8 = multiplyAdd<f64>(v128.load64_splat(c, 72), r, v128.load64_splat(c, 64));
  const low = multiplyAdd<f64>(c2, square, c0);
  const middle = multiplyAdd<f64>(c6, square, c4);
  const high = multiplyAdd<f64>(v128.load64_splat(c, 80), square, c8);
  const quotient = multiplyAdd<f64>(multiplyAdd<f64>(high, fourth, middle), fourth, low);
  return multiplyAdd<f64>(quotient, r, f64x2.splat(1));
}
