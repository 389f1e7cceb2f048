import { multiplyAdd } from './multiply-add';

// Activations of dense layers and their derivatives, four float32 lanes at a time. All rest on e^x − 1 by Cody–Waite
// reduction, x = n·ln 2 + r with |r| <= ln 2 / 2: with q = e^r − 1 it is 2^n·q + (2^n − 1), without cancellation near 0.

// (e^r − 1)/r interpolated in the Chebyshev nodes; with rounded coefficients within 2.6e-8 relative.
const SERIES: usize = memory.data<f32>([
  1.0, 0.5, 0.16666504740715027, 0.04166646674275398, 0.00836915522813797, 0.0013933649752289057,
]);

// λ and λα of Klambauer et al. 2017 (arXiv:1706.02515), eq. 2 and 14.
// @ts-ignore: decorator
@inline
const SELU_SCALE: f32 = 1.0507009873554805;
// @ts-ignore: decorator
@inline
const SELU_DEPTH: f32 = 1.7580993408473766;

// Adding 1.5·2^23 rounds to the nearest integer and leaves that integer in the low bits.
// @ts-ignore: decorator
@inline
const ROUNDER: f32 = 12582912;

/**
 * Applies an activation (0 SELU, 1 SiLU, 2 ReLU, 3 tanh) in place to the first `width` rows of every group, sets the next
 * row to 1, the feature that carries the bias, and the others to 0. Where `slopes` is not 0, the derivatives go to the
 * same rows there.
 */
export function mlpActivate(kind: i32, values: usize, rows: i32, width: i32, groups: i32, slopes: usize): void {
  const one = f32x4.splat(1);
  for (let p = 0; p < groups; p++) {
    const start = values + (<usize>(p * rows) << 5);
    const end = start + (<usize>width << 5);
    const away = slopes - values;
    if (kind == 0) for (let at = start; at < end; at += 16) selu(at, slopes == 0 ? 0 : at + away);
    else if (kind == 1) for (let at = start; at < end; at += 16) silu(at, slopes == 0 ? 0 : at + away);
    else if (kind == 2) for (let at = start; at < end; at += 16) relu(at, slopes == 0 ? 0 : at + away);
    else for (let at = start; at < end; at += 16) tanh(at, slopes == 0 ? 0 : at + away);
    v128.store(end, one);
    v128.store(end, one, 16);
    memory.fill(end + 32, 0, <usize>(rows - width - 1) << 5);
  }
}

/** Multiplies the first `width` rows of every group by those of `slopes`. */
export function mlpScale(delta: usize, slopes: usize, rows: i32, width: i32, groups: i32): void {
  for (let p = 0; p < groups; p++) {
    const start = <usize>(p * rows) << 5;
    const end = start + (<usize>width << 5);
    for (let at = start; at < end; at += 16) {
      v128.store(delta + at, f32x4.mul(v128.load(delta + at), v128.load(slopes + at)));
    }
  }
}

// @ts-ignore: decorator
@inline
function selu(at: usize, slopeAt: usize): void {
  const z = v128.load(at);
  const zero = f32x4.splat(0);
  const isAbove = f32x4.gt(z, zero);
  const depth = f32x4.splat(SELU_DEPTH);
  const below = f32x4.mul(exponentialMinusOne(f32x4.pmin(z, zero)), depth);
  const scale = f32x4.splat(SELU_SCALE);
  v128.store(at, v128.bitselect(f32x4.mul(z, scale), below, isAbove));
  if (slopeAt) v128.store(slopeAt, v128.bitselect(scale, f32x4.add(below, depth), isAbove));
}

// @ts-ignore: decorator
@inline
function silu(at: usize, slopeAt: usize): void {
  const z = v128.load(at);
  const one = f32x4.splat(1);
  const gate = f32x4.div(one, f32x4.add(exponentialMinusOne(f32x4.neg(z)), f32x4.splat(2)));
  const value = f32x4.mul(z, gate);
  v128.store(at, value);
  if (slopeAt) v128.store(slopeAt, f32x4.add(gate, f32x4.mul(value, f32x4.sub(one, gate))));
}

// @ts-ignore: decorator
@inline
function relu(at: usize, slopeAt: usize): void {
  const z = v128.load(at);
  const zero = f32x4.splat(0);
  v128.store(at, f32x4.pmax(z, zero));
  if (slopeAt) v128.store(slopeAt, v128.and(f32x4.gt(z, zero), f32x4.splat(1)));
}

// @ts-ignore: decorator
@inline
function tanh(at: usize, slopeAt: usize): void {
  const z = v128.load(at);
  const grown = exponentialMinusOne(f32x4.add(z, z));
  const value = f32x4.div(grown, f32x4.add(grown, f32x4.splat(2)));
  v128.store(at, value);
  if (slopeAt) v128.store(slopeAt, f32x4.sub(f32x4.splat(1), f32x4.mul(value, value)));
}

/**
 * e^x − 1 within 1.5e-7 relative. Below −30 it counts as at −30, where it is −1; above 87 as at 87, so that the
 * reciprocal of the result is never denormal. NaN gives NaN.
 */
// @ts-ignore: decorator
@inline
function exponentialMinusOne(x: v128): v128 {
  // These forms of minimum and maximum are one instruction, and give the first operand where it is NaN.
  const clamped = f32x4.pmax(f32x4.pmin(x, f32x4.splat(87)), f32x4.splat(-30));
  const rounder = f32x4.splat(ROUNDER);
  const shifted = f32x4.add(f32x4.mul(clamped, f32x4.splat(1.4426950408889634)), rounder);
  const n = f32x4.sub(shifted, rounder);
  // The first part of ln 2 has 15 zero bits at its end: n times it is exact.
  const high = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)));
  const r = f32x4.sub(high, f32x4.mul(n, f32x4.splat(-2.1219444170128554e-4)));
  const square = f32x4.mul(r, r);
  const low = multiplyAdd<f32>(v128.load32_splat(SERIES, 4), r, v128.load32_splat(SERIES));
  const middle = multiplyAdd<f32>(v128.load32_splat(SERIES, 12), r, v128.load32_splat(SERIES, 8));
  const top = multiplyAdd<f32>(v128.load32_splat(SERIES, 20), r, v128.load32_splat(SERIES, 16));
  const quotient = multiplyAdd<f32>(multiplyAdd<f32>(top, square, middle), square, low);
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(127 << 23));
  return multiplyAdd<f32>(f32x4.mul(quotient, r), power, f32x4.sub(power, f32x4.splat(1)));
}
