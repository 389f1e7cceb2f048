// The quantile of the standard normal distribution in two lanes: algorithm AS 241, PPND16 (Wichura, Applied Statistics
// 37, 1988). Operations and their order are those of normal-quantile.ts of @brenier/random and of log of
// @brenier/elementary, and no multiply-add is fused: the bits are the same, in the relaxed binaries too.

/** Where the centre |q| <= 0.425 ends. */
// @ts-ignore: decorator
@inline
export const CENTRE: f64 = 0.425;

// Constants live in memory: engines build a constant vector anew at each use, a load costs less. Each rational
// approximation has a numerator and a denominator of degree 7, highest powers first.
const CENTRAL: usize = memory.data<f64>([
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
  133.14166789178438, 3.3871328727963665, 5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597,
  5394.196021424751, 687.1870074920579, 42.31333070160091, 1,
]);
const MIDDLE_TAIL: usize = memory.data<f64>([
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835, 1.0507500716444169e-9, 0.0005475938084995345,
  0.015198666563616457, 0.14810397642748008, 0.6897673349851, 1.6763848301838038, 2.053191626637759, 1,
]);
const FAR_TAIL: usize = memory.data<f64>([
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
  1.7848265399172913, 5.463784911164114, 6.657904643501103, 2.0442631033899397e-15, 1.421511758316446e-7,
  1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
]);
const EVEN_POWERS: usize = memory.data<f64>([
  0.13268759668560612, 0.18181795630884753, 0.2857142857080323, 0.6666666666666666,
]);
const ODD_POWERS: usize = memory.data<f64>([
  0.13086767009948175, 0.15386240205813478, 0.2222222239180047, 0.4000000000000088,
]);
const LN2_LOW_HIGH: usize = memory.data<f64>([1.9082149292705877e-10, 0.6931471803691238]);

/** The quantiles of ½ + q, right for |q| <= 0.425: eight numbers, whose long chains of operations run side by side. */
export function centralQuantiles(q: usize, out: usize): void {
  const r0 = argument(v128.load(q));
  const r1 = argument(v128.load(q, 16));
  const r2 = argument(v128.load(q, 32));
  const r3 = argument(v128.load(q, 48));
  let n0 = v128.load64_splat(CENTRAL);
  let n1 = n0;
  let n2 = n0;
  let n3 = n0;
  let d0 = v128.load64_splat(CENTRAL, 64);
  let d1 = d0;
  let d2 = d0;
  let d3 = d0;
  for (let c = CENTRAL + 8; c < CENTRAL + 64; c += 8) {
    const n = v128.load64_splat(c);
    n0 = f64x2.add(f64x2.mul(n0, r0), n);
    n1 = f64x2.add(f64x2.mul(n1, r1), n);
    n2 = f64x2.add(f64x2.mul(n2, r2), n);
    n3 = f64x2.add(f64x2.mul(n3, r3), n);
    const d = v128.load64_splat(c, 64);
    d0 = f64x2.add(f64x2.mul(d0, r0), d);
    d1 = f64x2.add(f64x2.mul(d1, r1), d);
    d2 = f64x2.add(f64x2.mul(d2, r2), d);
    d3 = f64x2.add(f64x2.mul(d3, r3), d);
  }
  v128.store(out, f64x2.div(f64x2.mul(v128.load(q), n0), d0));
  v128.store(out, f64x2.div(f64x2.mul(v128.load(q, 16), n1), d1), 16);
  v128.store(out, f64x2.div(f64x2.mul(v128.load(q, 32), n2), d2), 32);
  v128.store(out, f64x2.div(f64x2.mul(v128.load(q, 48), n3), d3), 48);
}

// @ts-ignore: decorator
@inline
function argument(q: v128): v128 {
  return f64x2.sub(f64x2.splat(0.180625), f64x2.mul(q, q));
}

/** The quantiles of ½ + q for 0.425 < |q| < ½. */
export function tailPair(q: v128): v128 {
  const r = f64x2.sqrt(f64x2.neg(logarithm(f64x2.sub(f64x2.splat(0.5), f64x2.abs(q)))));
  let z = rational(MIDDLE_TAIL, f64x2.sub(r, f64x2.splat(1.6)));
  const isFar = f64x2.gt(r, f64x2.splat(5));
  if (v128.any_true(isFar)) z = v128.bitselect(rational(FAR_TAIL, f64x2.sub(r, f64x2.splat(5))), z, isFar);
  // z > 0 takes the sign of q.
  return v128.or(z, v128.and(q, f64x2.splat(-0.0)));
}

// @ts-ignore: decorator
@inline
function rational(coefficients: usize, r: v128): v128 {
  return f64x2.div(polynomial(coefficients, r), polynomial(coefficients + 64, r));
}

/** A polynomial of degree 7 by Horner's rule. */
// @ts-ignore: decorator
@inline
function polynomial(c: usize, r: v128): v128 {
  let p = cubic(c, r);
  p = f64x2.add(f64x2.mul(p, r), v128.load64_splat(c, 32));
  p = f64x2.add(f64x2.mul(p, r), v128.load64_splat(c, 40));
  p = f64x2.add(f64x2.mul(p, r), v128.load64_splat(c, 48));
  return f64x2.add(f64x2.mul(p, r), v128.load64_splat(c, 56));
}

// @ts-ignore: decorator
@inline
function cubic(c: usize, r: v128): v128 {
  let p = f64x2.add(f64x2.mul(v128.load64_splat(c), r), v128.load64_splat(c, 8));
  p = f64x2.add(f64x2.mul(p, r), v128.load64_splat(c, 16));
  return f64x2.add(f64x2.mul(p, r), v128.load64_splat(c, 24));
}

/** ln x for normal x > 0, with the bits of `log` of @brenier/elementary; those of logarithm.ts are others. */
// @ts-ignore: decorator
@inline
function logarithm(x: v128): v128 {
  // x = 2^k (1 + f), √½ <= 1 + f < √2: the addend carries into the exponent just where the fraction passes √2.
  const exponent = i64x2.shr_u(i64x2.add(x, i64x2.splat(0x95f6200000000)), 52);
  const f = f64x2.sub(i64x2.sub(x, i64x2.shl(i64x2.sub(exponent, i64x2.splat(1023)), 52)), f64x2.splat(1));
  // An integer below 2^52 becomes a float64 by being put below the bits of 2^52.
  const k = f64x2.sub(v128.or(exponent, i64x2.splat(0x4330000000000000)), f64x2.splat(4503599627371519));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const powers = f64x2.add(cubic(EVEN_POWERS, w), f64x2.mul(z, cubic(ODD_POWERS, w)));
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const series = f64x2.mul(s, f64x2.add(half, f64x2.mul(z, powers)));
  const tail = f64x2.add(series, f64x2.mul(k, v128.load64_splat(LN2_LOW_HIGH)));
  return f64x2.sub(f64x2.mul(k, v128.load64_splat(LN2_LOW_HIGH, 8)), f64x2.sub(f64x2.sub(half, tail), f));
}
