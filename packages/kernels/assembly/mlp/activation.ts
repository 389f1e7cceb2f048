import { multiplyAdd } from '../multiply-add';

// Activations of dense layers and their derivatives, a row of sixteen float32 numbers at a time. All rest on 2^t =
// 2^n·(1 + q) with n the integer nearest to t and q = 2^f − 1 for f = t − n: then e^x − 1 is 2^n·q + (2^n − 1), without
// cancellation near 0. Rounding t = x·log₂e to float32 costs e^x a relative error of |x|·6e-8, which every activation
// damps: none grows faster than |x|.

// Constants live in memory: engines build a constant vector anew at each use, a load costs less; and those that join
// pairs of vectors do not join such constants.

// (2^f − 1)/f on |f| <= 1/2 and 2·artanh(√w)/√w on w <= 1/9, fitted for the smallest relative error: 2.1e-8 and 4e-9.
const SERIES: usize = memory.data<f32>([
  0.6931471824645996, 0.24022649228572845, 0.05550357326865196, 0.009618237614631653, 0.0013390735257416964,
  0.00015403507859446108,
]);
const LOGARITHM: usize = memory.data<f32>([
  2.0, 0.6666631698608398, 0.40024909377098083, 0.27960604429244995, 0.28178325295448303,
]);

// λ and λα of Klambauer et al. 2017 (arXiv:1706.02515), eq. 2 and 14.
const SELU_SCALE: usize = memory.data<f32>([1.0507009873554805]);
const SELU_DEPTH: usize = memory.data<f32>([1.7580993408473766]);

const LOG2_E: usize = memory.data<f32>([1.4426950408889634]);
const TWICE_LOG2_E: usize = memory.data<f32>([2.8853900817779268]);

// Adding 1.5·2^23 rounds to the nearest integer and leaves that integer in the low bits.
const ROUNDER: usize = memory.data<f32>([12582912]);

const ONE: usize = memory.data<f32>([1]);
const TWO: usize = memory.data<f32>([2]);

// The exponents beyond which an activation is at its limit in float32, and its e^x no denormal.
const SELU_LEAST: usize = memory.data<f32>([-30]);
const TANH_LEAST: usize = memory.data<f32>([-60]);
const TANH_MOST: usize = memory.data<f32>([60]);
const SILU_LEAST: usize = memory.data<f32>([-60]);
const SILU_MOST: usize = memory.data<f32>([125]);
const SOFTPLUS_LEAST: usize = memory.data<f32>([-125]);

/** The activations by their numbers. */
// @ts-ignore: decorator
@inline
const SELU: i32 = 0;
// @ts-ignore: decorator
@inline
const SILU: i32 = 1;
// @ts-ignore: decorator
@inline
const RELU: i32 = 2;
// @ts-ignore: decorator
@inline
const TANH: i32 = 3;
// @ts-ignore: decorator
@inline
const SOFTPLUS: i32 = 4;

/** Whether the derivative of an activation is a function of its value, so that it need not be kept. */
// @ts-ignore: decorator
@inline
export function followsValue(kind: i32): bool {
  return kind != SILU && kind != SOFTPLUS;
}

/**
 * Applies an activation (0 SELU, 1 SiLU, 2 ReLU, 3 tanh, 4 softplus) in place to the first `width` rows of a group, sets
 * the next row to 1, the feature that carries the bias, and the others to 0. Where `slopes` is not 0, the derivatives of
 * SiLU and softplus go to the same rows there.
 */
export function activateGroup(kind: i32, values: usize, rows: i32, width: i32, slopes: usize): void {
  if (kind == SELU) activateRows(SELU, values, width);
  else if (kind == RELU) activateRows(RELU, values, width);
  else if (kind == TANH) activateRows(TANH, values, width);
  else if (kind == SILU && slopes == 0) activateRows(SILU, values, width);
  else if (kind == SILU) activateAndKeep(SILU, values, width, slopes);
  else if (slopes == 0) activateRows(SOFTPLUS, values, width);
  else activateAndKeep(SOFTPLUS, values, width, slopes);
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
  if (kind == SELU) scaleRows(SELU, delta, slopes, width);
  else if (kind == RELU) scaleRows(RELU, delta, slopes, width);
  else if (kind == TANH) scaleRows(TANH, delta, slopes, width);
  else scaleRows(SILU, delta, slopes, width);
}

// @ts-ignore: decorator
@inline
function activateRows(kind: i32, values: usize, width: i32): void {
  const end = values + (<usize>width << 6);
  for (let at = values; at < end; at += 64) {
    // Stored when all four are known: the constants need not be loaded again for each.
    const y0 = activate(kind, v128.load(at));
    const y1 = activate(kind, v128.load(at, 16));
    const y2 = activate(kind, v128.load(at, 32));
    const y3 = activate(kind, v128.load(at, 48));
    v128.store(at, y0);
    v128.store(at, y1, 16);
    v128.store(at, y2, 32);
    v128.store(at, y3, 48);
  }
}

// @ts-ignore: decorator
@inline
function activate(kind: i32, z: v128): v128 {
  if (kind == SELU) return selu(z);
  if (kind == RELU) return f32x4.pmax(z, f32x4.splat(0));
  if (kind == TANH) return tanh(z);
  if (kind == SILU) return f32x4.mul(z, siluGate(z));
  return softplus(z, softplusPower(z));
}

/** Two vectors at a time: more do not fit in registers. */
// @ts-ignore: decorator
@inline
function activateAndKeep(kind: i32, values: usize, width: i32, slopes: usize): void {
  const end = values + (<usize>width << 6);
  const away = slopes - values;
  for (let at = values; at < end; at += 32) {
    const z0 = v128.load(at);
    const z1 = v128.load(at, 16);
    const part0 = kind == SILU ? siluGate(z0) : softplusPower(z0);
    const part1 = kind == SILU ? siluGate(z1) : softplusPower(z1);
    const y0 = kind == SILU ? f32x4.mul(z0, part0) : softplus(z0, part0);
    const y1 = kind == SILU ? f32x4.mul(z1, part1) : softplus(z1, part1);
    const slope0 = kind == SILU ? siluSlope(part0, y0) : softplusSlope(z0, part0);
    const slope1 = kind == SILU ? siluSlope(part1, y1) : softplusSlope(z1, part1);
    v128.store(at, y0);
    v128.store(at, y1, 16);
    v128.store(at + away, slope0);
    v128.store(at + away, slope1, 16);
  }
}

// @ts-ignore: decorator
@inline
function scaleRows(kind: i32, delta: usize, slopes: usize, width: i32): void {
  const end = delta + (<usize>width << 6);
  const away = slopes - delta;
  for (let at = delta; at < end; at += 64) {
    const from = at + away;
    const d0 = f32x4.mul(v128.load(at), slopeOf(kind, v128.load(from)));
    const d1 = f32x4.mul(v128.load(at, 16), slopeOf(kind, v128.load(from, 16)));
    const d2 = f32x4.mul(v128.load(at, 32), slopeOf(kind, v128.load(from, 32)));
    const d3 = f32x4.mul(v128.load(at, 48), slopeOf(kind, v128.load(from, 48)));
    v128.store(at, d0);
    v128.store(at, d1, 16);
    v128.store(at, d2, 32);
    v128.store(at, d3, 48);
  }
}

/** The derivative of an activation by its value; of those which keep it, what was kept. */
// @ts-ignore: decorator
@inline
function slopeOf(kind: i32, value: v128): v128 {
  if (kind == SELU) return seluSlope(value);
  if (kind == RELU) return v128.and(f32x4.gt(value, f32x4.splat(0)), v128.load32_splat(ONE));
  if (kind == TANH) return f32x4.sub(v128.load32_splat(ONE), f32x4.mul(value, value));
  return value;
}

// For z > 0 the exponential's part is exactly 0.
// @ts-ignore: decorator
@inline
function selu(z: v128): v128 {
  const zero = f32x4.splat(0);
  const below = f32x4.pmax(f32x4.pmin(z, zero), v128.load32_splat(SELU_LEAST));
  const grown = exponentialMinusOne(f32x4.mul(below, v128.load32_splat(LOG2_E)));
  const above = f32x4.mul(f32x4.pmax(z, zero), v128.load32_splat(SELU_SCALE));
  return f32x4.add(above, f32x4.mul(grown, v128.load32_splat(SELU_DEPTH)));
}

// @ts-ignore: decorator
@inline
function seluSlope(value: v128): v128 {
  const below = f32x4.add(value, v128.load32_splat(SELU_DEPTH));
  return v128.bitselect(v128.load32_splat(SELU_SCALE), below, f32x4.gt(value, f32x4.splat(0)));
}

/** 1/(1 + e^−z). */
// @ts-ignore: decorator
@inline
function siluGate(z: v128): v128 {
  const one = v128.load32_splat(ONE);
  const t = f32x4.neg(f32x4.mul(z, v128.load32_splat(LOG2_E)));
  const bounded = f32x4.pmax(f32x4.pmin(t, v128.load32_splat(SILU_MOST)), v128.load32_splat(SILU_LEAST));
  return f32x4.div(one, f32x4.add(exponential(bounded), one));
}

// @ts-ignore: decorator
@inline
function siluSlope(gate: v128, value: v128): v128 {
  return f32x4.add(gate, f32x4.mul(value, f32x4.sub(v128.load32_splat(ONE), gate)));
}

// (e^2z − 1)/(e^2z + 1), which is ±1 in float32 long before the bounds.
// @ts-ignore: decorator
@inline
function tanh(z: v128): v128 {
  const t = f32x4.mul(z, v128.load32_splat(TWICE_LOG2_E));
  const bounded = f32x4.pmax(f32x4.pmin(t, v128.load32_splat(TANH_MOST)), v128.load32_splat(TANH_LEAST));
  const grown = exponentialMinusOne(bounded);
  return f32x4.div(grown, f32x4.add(grown, v128.load32_splat(TWO)));
}

/** u = e^−|z|. */
// @ts-ignore: decorator
@inline
function softplusPower(z: v128): v128 {
  const t = f32x4.neg(f32x4.mul(f32x4.abs(z), v128.load32_splat(LOG2_E)));
  return exponential(f32x4.pmax(t, v128.load32_splat(SOFTPLUS_LEAST)));
}

// max(z, 0) + log(1 + u), and log(1 + u) = 2·artanh(s) with s = u/(2 + u) <= 1/3.
// @ts-ignore: decorator
@inline
function softplus(z: v128, u: v128): v128 {
  const s = f32x4.div(u, f32x4.add(u, v128.load32_splat(TWO)));
  const w = f32x4.mul(s, s);
  const square = f32x4.mul(w, w);
  const low = multiplyAdd<f32>(v128.load32_splat(LOGARITHM, 4), w, v128.load32_splat(LOGARITHM));
  const middle = multiplyAdd<f32>(v128.load32_splat(LOGARITHM, 12), w, v128.load32_splat(LOGARITHM, 8));
  const high = multiplyAdd<f32>(v128.load32_splat(LOGARITHM, 16), square, middle);
  const quotient = multiplyAdd<f32>(high, square, low);
  return multiplyAdd<f32>(quotient, s, f32x4.pmax(z, f32x4.splat(0)));
}

/** 1/(1 + u) above 0, u/(1 + u) below. */
// @ts-ignore: decorator
@inline
function softplusSlope(z: v128, u: v128): v128 {
  const one = v128.load32_splat(ONE);
  const part = v128.bitselect(one, u, f32x4.gt(z, f32x4.splat(0)));
  return f32x4.div(part, f32x4.add(u, one));
}

/** 2^t − 1 within 1.5e-7 relative, for −126 < t < 127; NaN gives NaN. */
// @ts-ignore: decorator
@inline
function exponentialMinusOne(t: v128): v128 {
  const one = v128.load32_splat(ONE);
  const rounder = v128.load32_splat(ROUNDER);
  const shifted = f32x4.add(t, rounder);
  const power = i32x4.add(i32x4.shl(shifted, 23), one);
  const q = fraction(f32x4.sub(t, f32x4.sub(shifted, rounder)));
  return multiplyAdd<f32>(q, power, f32x4.sub(power, one));
}

/** 2^t, likewise. */
// @ts-ignore: decorator
@inline
function exponential(t: v128): v128 {
  const rounder = v128.load32_splat(ROUNDER);
  const shifted = f32x4.add(t, rounder);
  // The bits of 1 are those of the exponent 0.
  const power = i32x4.add(i32x4.shl(shifted, 23), v128.load32_splat(ONE));
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
