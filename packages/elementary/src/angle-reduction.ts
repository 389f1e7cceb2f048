// x = n π/2 + r with |r| <= π/4: Cody & Waite's reduction in three parts for ordinary angles, Payne & Hanek's (with
// big integers instead of word arithmetic) for huge ones and for those within 2^-20 of a multiple of π/2, where the
// three parts cancel too far.
import { POWERS_OF_TWO, ZERO_POWER, highWord } from './powers-of-two.js';

const INVERSE_HALF_PI = 0.6366197723675814;
// π/2 in three parts; the first two have 33 bits, so that n times them is exact for n < 2^20.
const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_MIDDLE = 6.077100506303966e-11;
const HALF_PI_LOW = 2.0222662487959506e-21;
// 2^20 π/2, about 1.6e6.
const LARGEST_ORDINARY = 1647099;

const FRACTION_BITS = 1216n;
const ANGLE_BITS = 192n;
// floor(2/π 2^1216) and floor(π/2 2^192).
const TWO_OVER_PI = /* @__PURE__ */ BigInt(
  '0x' +
    'a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921c' +
    'fe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980f' +
    'ef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d08' +
    '56033046fc7b6bab',
);
const HALF_PI = 0x1921fb54442d18469898cc51701b839a252049c1114cf98e8n;

/**
 * Writes r as an unevaluated sum of two doubles.
 *
 * @param x - a finite angle above π/4, in radians
 * @param remainder - receives r: its nearest double, then what is missing
 * @returns n mod 4, the quadrant
 */
export function reduceAngle(x: number, remainder: Float64Array): number {
  if (x > LARGEST_ORDINARY) return reduceExactly(x, remainder);
  const n = Math.floor(x * INVERSE_HALF_PI + 0.5);
  // The difference is exact (Sterbenz); the product with the middle part too, and the rounding error of the next
  // difference is carried.
  const first = x - n * HALF_PI_HIGH;
  const middle = n * HALF_PI_MIDDLE;
  const second = first - middle;
  const shift = second - first;
  const lost = first - (second - shift) - (middle + shift);
  const low = n * HALF_PI_LOW - lost;
  const r = second - low;
  if (r < 9.5367431640625e-7 && r > -9.5367431640625e-7) return reduceExactly(x, remainder);
  remainder[0] = r;
  remainder[1] = second - r - low;
  return n & 3;
}

/** The same with the product x · 2/π modulo 4 to 2^-192, in big integers; two microseconds. */
function reduceExactly(x: number, remainder: Float64Array): number {
  // x = mantissa 2^exponent with 53 bits in the mantissa.
  const exponent = (highWord(x) >> 20) - 1075;
  const mantissa = BigInt(x * POWERS_OF_TWO[ZERO_POWER - exponent]);
  const product = mantissa * TWO_OVER_PI;
  const turned = exponent >= 0 ? product << BigInt(exponent) : product >> BigInt(-exponent);
  const half = 1n << (FRACTION_BITS - 1n);
  const quadrant = Number(((turned + half) >> FRACTION_BITS) & 3n);
  const fraction = BigInt.asIntN(Number(FRACTION_BITS), turned);
  const angle = (fraction * HALF_PI) >> FRACTION_BITS;
  const high = Number(angle);
  const low = Number(angle - BigInt(high));
  const unit = POWERS_OF_TWO[ZERO_POWER - Number(ANGLE_BITS)];
  remainder[0] = high * unit;
  remainder[1] = low * unit;
  return quadrant;
}
