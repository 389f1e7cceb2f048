// The quantile of the standard normal distribution: algorithm AS 241, PPND16 (Wichura, The percentage points of the
// normal distribution, Applied Statistics 37, 1988): three rational approximations of relative error about 1e-16. The
// centre, |p - ½| <= 0.425, takes 30 flops; the tails a logarithm and a square root more.
import { log } from '@brenier/elementary';
import { describeValue } from '@brenier/errors';

/**
 * The quantile function of the standard normal distribution: the z with Φ(z) = p.
 *
 * @param p - a probability; relative error of the result about 1e-15
 * @returns z, `-Infinity` at 0 and `Infinity` at 1
 * @throws TypeError where `p` is not a number, RangeError where `p` is not in [0, 1]
 *
 * @example
 * The two-sided 95 % point.
 * ```ts
 * import { normalQuantile } from '@brenier/random';
 *
 * normalQuantile(0.975).toFixed(12); // => '1.959963984540'
 * ```
 */
export function normalQuantile(p: number): number {
  if (typeof p !== 'number' || !(p >= 0 && p <= 1)) throw refuseProbability(p);
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  // A small p keeps its own digits: p - ½ would round them away.
  return p < 0.075 ? -tailQuantile(p) : quantileFromCentre(p - 0.5);
}

/** The quantile of ½ + q for |q| < ½, without the rounding of ½ + q. */
export function quantileFromCentre(q: number): number {
  if (q >= -0.425 && q <= 0.425) return centralQuantile(q);
  return q < 0 ? -tailQuantile(0.5 + q) : tailQuantile(0.5 - q);
}

function centralQuantile(q: number): number {
  const r = 0.180625 - q * q;
  let numerator = 2509.0809287301227 * r + 33430.57558358813;
  numerator = numerator * r + 67265.7709270087;
  numerator = numerator * r + 45921.95393154987;
  numerator = numerator * r + 13731.69376550946;
  numerator = numerator * r + 1971.5909503065513;
  numerator = numerator * r + 133.14166789178438;
  numerator = numerator * r + 3.3871328727963665;
  let denominator = 5226.495278852854 * r + 28729.085735721943;
  denominator = denominator * r + 39307.89580009271;
  denominator = denominator * r + 21213.794301586597;
  denominator = denominator * r + 5394.196021424751;
  denominator = denominator * r + 687.1870074920579;
  denominator = denominator * r + 42.31333070160091;
  denominator = denominator * r + 1;
  return (q * numerator) / denominator;
}

/** The positive z whose upper tail has probability p < 0.075. */
function tailQuantile(p: number): number {
  const r = Math.sqrt(-log(p));
  return r <= 5 ? middleTail(r - 1.6) : farTail(r - 5);
}

function middleTail(r: number): number {
  let numerator = 0.0007745450142783414 * r + 0.022723844989269184;
  numerator = numerator * r + 0.2417807251774506;
  numerator = numerator * r + 1.2704582524523684;
  numerator = numerator * r + 3.6478483247632045;
  numerator = numerator * r + 5.769497221460691;
  numerator = numerator * r + 4.630337846156546;
  numerator = numerator * r + 1.4234371107496835;
  let denominator = 1.0507500716444169e-9 * r + 0.0005475938084995345;
  denominator = denominator * r + 0.015198666563616457;
  denominator = denominator * r + 0.14810397642748008;
  denominator = denominator * r + 0.6897673349851;
  denominator = denominator * r + 1.6763848301838038;
  denominator = denominator * r + 2.053191626637759;
  denominator = denominator * r + 1;
  return numerator / denominator;
}

function farTail(r: number): number {
  let numerator = 2.0103343992922881e-7 * r + 2.7115555687434876e-5;
  numerator = numerator * r + 0.0012426609473880784;
  numerator = numerator * r + 0.026532189526576124;
  numerator = numerator * r + 0.29656057182850487;
  numerator = numerator * r + 1.7848265399172913;
  numerator = numerator * r + 5.463784911164114;
  numerator = numerator * r + 6.657904643501103;
  let denominator = 2.0442631033899397e-15 * r + 1.421511758316446e-7;
  denominator = denominator * r + 1.8463183175100548e-5;
  denominator = denominator * r + 0.0007868691311456133;
  denominator = denominator * r + 0.014875361290850615;
  denominator = denominator * r + 0.1369298809227358;
  denominator = denominator * r + 0.599832206555888;
  denominator = denominator * r + 1;
  return numerator / denominator;
}

function refuseProbability(p: unknown): Error {
  const message = `"p" expected a number in [0, 1], got ${describeValue(p)}`;
  return typeof p === 'number' ? new RangeError(message) : new TypeError(message);
}
