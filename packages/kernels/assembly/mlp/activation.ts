import { multiplyAdd } from '../multiply-add';

// Activations of dense layers and their derivatives, four float32 lanes at a time. All rest on 2^t = 2^n·(1 + q) with
// n the integer nearest to t and q = 2^f − 1 for f = t − n: then e^x − 1 is 2^n·q + (2^n − 1), without cancellation
// near 0. Rounding t = x·log₂e to float32 costs e^x a relative error of |x|·6e-8, which every activation damps: none
// grows faster than |x|.

// (2^f − 1)/f on |f| <= 1/2 and 2·artanh(√w)/√w on w <= 1/9, fitted for the smallest relative error: 2.1e-8 and 4e-9.
// They live in memory: engines build a constant vector anew at each use, a load costs less.
const SERIES: usize = memory.data<f32>([
  0.6931471824645996, 0.24022649228572845, 0.05550357326865196, 0.009618237614631653, 0.0013390735257416964,
  0.00015403507859446108,
]);
const LOGARITHM: usize = memory.data<f32>([
  2.0, 0.6666631698608398, 0.40024909377098083, 0.27960604429244995, 0.28178325295448303,
]);

// What SELU takes beside the series: −30, log₂e, the rounder, 127·2^23 (the bits of 1), λα and λ, for the same reason.
const SELU: usize = memory.data<f32>([-30, 1.4426950408889634, 12582912, 1, 1.7580993408473766, 1.0507009873554805]);

// λ and λα of Klambauer et al. 2017 (arXiv:1706.02515), eq. 2 and 14.
// @ts-ignore: decorator
@inline
const SELU_SCALE: f32 = 1.0507009873554805;
// @ts-ignore: decorator
@inline
const SELU_DEPTH: f32 = 1.7580993408473766;

// @ts-ignore: decorator
@inline
const LOG2_E: f32 = 1.4426950408889634;

// Adding 1.5·2^23 rounds to the nearest integer and leaves that integer in the low bits.
// @ts-ignore: decorator
@inline
const ROUNDER: f32 = 12582912;

/** Whether the derivative of an activation is a function of its value, so that it need not be kept. */
// @ts-ignore: decorator
@inline
export function followsValue(kind: i32): bool {
  return kind != 1 && kind != 4;
}

/**
 * Applies an activation (0 SELU, 1 SiLU, 2 ReLU, 3 tanh, 4 softplus) in place to the first `width` rows of a group, sets
 * the next row to 1, the feature that carries the bias, and the others to 0. Where `slopes` is not 0, the derivatives of
 * SiLU and softplus go to the same rows there.
 */
export function activateGroup(kind: i32, values: usize, rows: i32, width: i32, slopes: usize): void {
  const end = values + (<usize>width << 6);
  const away = slopes - values;
  if (kind == 0) for (let at = values; at < end; at += 32) selu(at);
  else if (kind == 2) for (let at = values; at < end; at += 16) relu(at);
  else if (kind == 3) for (let at = values; at < end; at += 16) tanh(at);
  else if (kind == 1 && slopes == 0) for (let at = values; at < end; at += 16) silu(at, 0);
  else if (kind == 1) for (let at = values; at < end; at += 16) silu(at, at + away);
  else if (slopes == 0) for (let at = values; at < end; at += 16) softplus(at, 0);
  else for (let at = values; at < end; at += 16) softplus(at, at + away);
  closeGroup(values, rows, width);
}

/** Sets the row after the first `width` to 1 and the others to 0. */
export function closeGroup(group: usize, rows: i32, width: i32): void {
  const one = f32x4.splat(1);
  const row = group + (<usize>width << 6);
  v128.store(row, one);
  v128.store(row, one, 16);
  v128.store(row, one, 32);
  v128.store(row, one, 48);
  memory.fill(row + 64, 0, <usize>(rows - width - 1) << 6);
}

/** Multiplies the first `width` rows of a group by the derivatives at `slopes`: kept ones, or those of the values there. */
export function scaleGroup(kind: i32, delta: usize, slopes: usize, width: i32): void {
  const end = delta + (<usize>width << 6);
  const away = slopes - delta;
  if (kind == 0) for (let at = delta; at < end; at += 16) scale(at, seluSlope(v128.load(at + away)));
  else if (kind == 2) for (let at = delta; at < end; at += 16) scale(at, reluSlope(v128.load(at + away)));
  else if (kind == 3) for (let at = delta; at < end; at += 16) scale(at, tanhSlope(v128.load(at + away)));
  else for (let at = delta; at < end; at += 16) scale(at, v128.load(at + away));
}

// @ts-ignore: decorator
@inline
function scale(at: usize, slope: v128): void {
  v128.store(at, f32x4.mul(v128.load(at), slope));
}

/** Two vectors at a time, which share the constants. For z > 0 the exponential's part is exactly 0. */
// @ts-ignore: decorator
@inline
function selu(at: usize): void {
  const zero = f32x4.splat(0);
  const z0 = v128.load(at);
  const z1 = v128.load(at, 16);
  let constant = v128.load32_splat(SELU);
  let t0 = f32x4.pmax(f32x4.pmin(z0, zero), constant);
  let t1 = f32x4.pmax(f32x4.pmin(z1, zero), constant);
  constant = v128.load32_splat(SELU, 4);
  t0 = f32x4.mul(t0, constant);
  t1 = f32x4.mul(t1, constant);
  constant = v128.load32_splat(SELU, 8);
  const shifted0 = f32x4.add(t0, constant);
  const shifted1 = f32x4.add(t1, constant);
  t0 = f32x4.sub(t0, f32x4.sub(shifted0, constant));
  t1 = f32x4.sub(t1, f32x4.sub(shifted1, constant));
  // 2^f − 1 as in `fraction`.
  const square0 = f32x4.mul(t0, t0);
  const square1 = f32x4.mul(t1, t1);
  let low = v128.load32_splat(SERIES, 20);
  let high = v128.load32_splat(SERIES, 16);
  let q0 = multiplyAdd<f32>(low, t0, high);
  let q1 = multiplyAdd<f32>(low, t1, high);
  low = v128.load32_splat(SERIES, 12);
  high = v128.load32_splat(SERIES, 8);
  q0 = multiplyAdd<f32>(q0, square0, multiplyAdd<f32>(low, t0, high));
  q1 = multiplyAdd<f32>(q1, square1, multiplyAdd<f32>(low, t1, high));
  low = v128.load32_splat(SERIES, 4);
  high = v128.load32_splat(SERIES);
  q0 = f32x4.mul(multiplyAdd<f32>(q0, square0, multiplyAdd<f32>(low, t0, high)), t0);
  q1 = f32x4.mul(multiplyAdd<f32>(q1, square1, multiplyAdd<f32>(low, t1, high)), t1);
  constant = v128.load32_splat(SELU, 12);
  const power0 = i32x4.add(i32x4.shl(shifted0, 23), constant);
  const power1 = i32x4.add(i32x4.shl(shifted1, 23), constant);
  q0 = multiplyAdd<f32>(q0, power0, f32x4.sub(power0, constant));
  q1 = multiplyAdd<f32>(q1, power1, f32x4.sub(power1, constant));
  const depth = v128.load32_splat(SELU, 16);
  constant = v128.load32_splat(SELU, 20);
  v128.store(at, f32x4.add(f32x4.mul(f32x4.pmax(z0, zero), constant), f32x4.mul(q0, depth)));
  v128.store(at, f32x4.add(f32x4.mul(f32x4.pmax(z1, zero), constant), f32x4.mul(q1, depth)), 16);
}

// @ts-ignore: decorator
@inline
function seluSlope(value: v128): v128 {
  const below = f32x4.add(value, f32x4.splat(SELU_DEPTH));
  return v128.bitselect(f32x4.splat(SELU_SCALE), below, f32x4.gt(value, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function silu(at: usize, slopeAt: usize): void {
  const z = v128.load(at);
  const one = f32x4.splat(1);
  // Up to 2^125, so that no reciprocal is denormal.
  const t = f32x4.pmax(f32x4.pmin(f32x4.mul(z, f32x4.splat(-LOG2_E)), f32x4.splat(125)), f32x4.splat(-60));
  const gate = f32x4.div(one, f32x4.add(exponential(t), one));
  const value = f32x4.mul(z, gate);
  v128.store(at, value);
  if (slopeAt) v128.store(slopeAt, f32x4.add(gate, f32x4.mul(value, f32x4.sub(one, gate))));
}

// @ts-ignore: decorator
@inline
function relu(at: usize): void {
  v128.store(at, f32x4.pmax(v128.load(at), f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function reluSlope(value: v128): v128 {
  return v128.and(f32x4.gt(value, f32x4.splat(0)), f32x4.splat(1));
}

// (e^2z − 1)/(e^2z + 1), which is ±1 in float32 long before the bounds.
// @ts-ignore: decorator
@inline
function tanh(at: usize): void {
  const t = f32x4.mul(v128.load(at), f32x4.splat(2 * LOG2_E));
  const grown = exponentialMinusOne(f32x4.pmax(f32x4.pmin(t, f32x4.splat(60)), f32x4.splat(-60)));
  v128.store(at, f32x4.div(grown, f32x4.add(grown, f32x4.splat(2))));
}

// @ts-ignore: decorator
@inline
function tanhSlope(value: v128): v128 {
  return f32x4.sub(f32x4.splat(1), f32x4.mul(value, value));
}

// max(z, 0) + log(1 + u) with u = e^−|z|, and log(1 + u) = 2·artanh(s) with s = u/(2 + u) <= 1/3; the slope is 1/(1 +
// u) or u/(1 + u).
// @ts-ignore: decorator
@inline
function softplus(at: usize, slopeAt: usize): void {
  const z = v128.load(at);
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const u = exponential(f32x4.pmax(f32x4.mul(f32x4.abs(z), f32x4.splat(-LOG2_E)), f32x4.splat(-125)));
  const s = f32x4.div(u, f32x4.add(u, f32x4.splat(2)));
  const w = f32x4.mul(s, s);
  const square = f32x4.mul(w, w);
  const low = multiplyAdd<f32>(v128.load32_splat(LOGARITHM, 4), w, v128.load32_splat(LOGARITHM));
  const middle = multiplyAdd<f32>(v128.load32_splat(LOGARITHM, 12), w, v128.load32_splat(LOGARITHM, 8));
  const high = multiplyAdd<f32>(v128.load32_splat(LOGARITHM, 16), square, middle);
  const quotient = multiplyAdd<f32>(high, square, low);
  v128.store(at, multiplyAdd<f32>(quotient, s, f32x4.pmax(z, zero)));
  if (!slopeAt) return;
  const part = v128.bitselect(one, u, f32x4.gt(z, zero));
  v128.store(slopeAt, f32x4.div(part, f32x4.add(u, one)));
}

/** 2^t − 1 within 1.5e-7 relative, for −126 < t < 127; NaN gives NaN. */
// @ts-ignore: decorator
@inline
function exponentialMinusOne(t: v128): v128 {
  const rounder = f32x4.splat(ROUNDER);
  const shifted = f32x4.add(t, rounder);
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(127 << 23));
  const q = fraction(f32x4.sub(t, f32x4.sub(shifted, rounder)));
  return multiplyAdd<f32>(q, power, f32x4.sub(power, f32x4.splat(1)));
}

/** 2^t, likewise. */
// @ts-ignore: decorator
@inline
function exponential(t: v128): v128 {
  const rounder = f32x4.splat(ROUNDER);
  const shifted = f32x4.add(t, rounder);
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(127 << 23));
  return multiplyAdd<f32>(fraction(f32x4.sub(t, f32x4.sub(shifted, rounder))), power, power);
}

/** 2^f − 1 for |f| <= 1/2. */
// @ts-ignore: decorator
@inline
function fraction(f: v128): v128 {
  const square = f32x4.mul(f, f);
  const low = multiplyAdd<f32>(v128.load32_splat(SERIES, 4), f, v128.load32_splat(SERIES));
  const middle = multiplyAdd<f32>(v128.load32_splat(SERIES, 12), f, v128.load32_splat(SERIES, 8));
  const top = multiplyAdd<f32>(v128.load32_splat(SERIES, 20), f, v128.load32_splat(SERIES, 16));
  return f32x4.mul(multiplyAdd<f32>(multiplyAdd<f32>(top, square, middle), square, low), f);
}
