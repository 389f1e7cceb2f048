// Natural logarithms of two float64 lanes. x = 2^k·(1 + f) with 1 + f in [√½, √2), s = f/(2 + f), and log(1 + f) = f −
// s·(f − R(s²)) with R(z) = z·P(z), P of degree 6 the Chebyshev interpolant of (log(1 + f) − 2s)/(s·z) on z <= 0.0295
// (error 3.2e-16, weighted by s·z <= 0.0051). k·ln 2 is added in two parts. The relative error stays below 4e-16, near
// x = 1 too.

/** log x for `count` numbers: log 0 = −∞, log ∞ = ∞, NaN below 0. */
export function logarithm(x: usize, out: usize, count: i32): void {
  let i = 0;
  for (; i + 2 <= count; i += 2) {
    v128.store(out + (<usize>i << 3), logarithmPair(v128.load(x + (<usize>i << 3))));
  }
  if (i < count) {
    const last = v128.load64_splat(x + (<usize>i << 3));
    v128.store64_lane(out + (<usize>i << 3), logarithmPair(last), 0);
  }
}

// @ts-ignore: decorator
@inline
export function logarithmPair(x: v128): v128 {
  // A denormal is scaled to a normal number first, and its exponent corrected by −54.
  const isTiny = f64x2.lt(x, f64x2.splat(2.2250738585072014e-308));
  const normal = v128.bitselect(f64x2.mul(x, f64x2.splat(18014398509481984)), x, isTiny);
  // Subtracting the bits of √½ puts the exponent of x/√½ in the top bits: k and 1 + f follow without a branch.
  const offset = i64x2.sub(normal, i64x2.splat(0x3fe6a09e667f3bcd));
  const exponent = i64x2.shr_s(offset, 52);
  const f = f64x2.sub(i64x2.sub(normal, i64x2.shl(exponent, 52)), f64x2.splat(1));
  // An integer below 2^51 becomes a float64 by being added to the bits of 1.5·2^52.
  const counted = f64x2.sub(i64x2.add(exponent, i64x2.splat(0x4338000000000000)), f64x2.splat(6755399441055744));
  const k = f64x2.sub(counted, v128.and(isTiny, f64x2.splat(54)));

  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2)));
  const z = f64x2.mul(s, s);
  let p = f64x2.add(f64x2.mul(f64x2.splat(0.1461703754883715), z), f64x2.splat(0.15331674030163508));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.18182890556695763));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.22222211115144158));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.2857142862609589));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.3999999999989924));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.666666666666667));
  const half = f64x2.mul(f64x2.mul(f, f), f64x2.splat(0.5));
  const tail = f64x2.add(
    f64x2.mul(s, f64x2.add(half, f64x2.mul(p, z))),
    f64x2.mul(k, f64x2.splat(4.7493250390316726e-7)),
  );
  const finite = f64x2.sub(f64x2.mul(k, f64x2.splat(0.6931467056274414)), f64x2.sub(f64x2.sub(half, tail), f));

  const withInfinity = v128.bitselect(x, finite, f64x2.eq(x, f64x2.splat(Infinity)));
  const withZero = v128.bitselect(f64x2.splat(-Infinity), withInfinity, f64x2.eq(x, f64x2.splat(0)));
  return v128.bitselect(withZero, f64x2.splat(NaN), f64x2.ge(x, f64x2.splat(0)));
}
