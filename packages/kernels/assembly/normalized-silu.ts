import { multiplyAdd } from './multiply-add';

// Group normalization (Wu and He 2018, arXiv:1803.08494) of float32 images, channels last, with gains and biases of their own for
// each image, and SiLU after it; forward and backward. The number of channels is a multiple of 4. Sums over an image are float64 in
// a fixed order, so one pass gives mean and variance, and results do not depend on how images are shared out.
//
// With c = x − μ, ρ = 1/√(variance + ε), z = ρ·gain·c + bias, s = 1/(1 + e^−z): y = z·s, dz = dy·s·(1 + z·(1 − s)), and
// dx = ρ·(gain·dz − mean(gain·dz) − ρ²·c·mean(gain·dz·c)), means over the group.

// (e^r − 1)/r interpolated in the Chebyshev nodes of |r| <= ln 2 / 2; with rounded coefficients within 2.6e-8 relative.
const SERIES: usize = memory.data<f32>([
  1.0, 0.5, 0.16666504740715027, 0.04166646674275398, 0.00836915522813797, 0.0013933649752289057,
]);

// Adding 1.5·2^23 rounds to the nearest integer and leaves that integer in the low bits.
// @ts-ignore: decorator
@inline
const ROUNDER: f32 = 12582912;

// Rows of the scratch memory, each of `channels` values.
// @ts-ignore: decorator
@inline
function sumsBytes(channels: i32): usize {
  return <usize>channels << 3;
}

/** Bytes of `scratch`. */
export function normalizedSiluScratch(channels: i32): i32 {
  return channels * 32;
}

/** `y = silu(normalized(x)·gain + bias)`; `x` and `y` have shape [images, pixels, channels], `gain` and `bias` [images, channels]. */
export function normalizedSilu(
  x: usize,
  gain: usize,
  bias: usize,
  y: usize,
  images: i32,
  pixels: i32,
  channels: i32,
  groupSize: i32,
  epsilon: f64,
  scratch: usize,
): void {
  const row = <usize>channels << 2;
  const image = <usize>pixels * row;
  const means = scratch + 2 * sumsBytes(channels);
  const slopes = means + row;
  for (let n: usize = 0; n < <usize>images; n++) {
    statistics(x + n * image, pixels, channels, groupSize, epsilon, scratch, means, slopes);
    multiplyRows(slopes, gain + n * row, row);
    const biases = bias + n * row;
    let target = y + n * image;
    let source = x + n * image;
    for (let p = 0; p < pixels; p++, source += row, target += row) {
      for (let c: usize = 0; c < row; c += 16) {
        const centred = f32x4.sub(v128.load(source + c), v128.load(means + c));
        const z = f32x4.add(f32x4.mul(centred, v128.load(slopes + c)), v128.load(biases + c));
        v128.store(target + c, f32x4.mul(z, logistic(z)));
      }
    }
  }
}

/** The gradients by `x`, `gain` and `bias` for the gradient `dy` by the result. */
export function normalizedSiluGradient(
  x: usize,
  gain: usize,
  bias: usize,
  dy: usize,
  dx: usize,
  dGain: usize,
  dBias: usize,
  images: i32,
  pixels: i32,
  channels: i32,
  groupSize: i32,
  epsilon: f64,
  scratch: usize,
): void {
  const row = <usize>channels << 2;
  const image = <usize>pixels * row;
  const means = scratch + 2 * sumsBytes(channels);
  const slopes = means + row;
  for (let n: usize = 0; n < <usize>images; n++) {
    statistics(x + n * image, pixels, channels, groupSize, epsilon, scratch, means, slopes);
    // The gradients of gain hold ρ until it is known what to multiply it by.
    memory.copy(dGain + n * row, slopes, row);
    multiplyRows(slopes, gain + n * row, row);
    sumSlopes(x + n * image, dy + n * image, dx + n * image, bias + n * row, pixels, row, means, slopes, scratch);
    spreadGroups(gain + n * row, dGain + n * row, dBias + n * row, pixels, channels, groupSize, scratch);
    const ownShare = scratch + row;
    let source = x + n * image;
    let target = dx + n * image;
    for (let p = 0; p < pixels; p++, source += row, target += row) {
      for (let c: usize = 0; c < row; c += 16) {
        const centred = f32x4.sub(v128.load(source + c), v128.load(means + c));
        const share = f32x4.add(f32x4.mul(centred, v128.load(ownShare + c)), v128.load(scratch + c));
        v128.store(target + c, f32x4.add(f32x4.mul(v128.load(target + c), v128.load(slopes + c)), share));
      }
    }
  }
}

/** The mean and ρ of each channel's group. */
function statistics(
  x: usize,
  pixels: i32,
  channels: i32,
  groupSize: i32,
  epsilon: f64,
  sums: usize,
  means: usize,
  slopes: usize,
): void {
  const row = <usize>channels << 2;
  const squares = sums + sumsBytes(channels);
  memory.fill(sums, 0, 2 * sumsBytes(channels));
  let source = x;
  for (let p = 0; p < pixels; p++, source += row) {
    for (let c: usize = 0; c < row; c += 16) {
      const low = f64x2.promote_low_f32x4(v128.load64_zero(source + c));
      const high = f64x2.promote_low_f32x4(v128.load64_zero(source + c, 8));
      addTo(sums + 2 * c, low);
      addTo(sums + 2 * c + 16, high);
      addTo(squares + 2 * c, f64x2.mul(low, low));
      addTo(squares + 2 * c + 16, f64x2.mul(high, high));
    }
  }
  const count = <f64>pixels * <f64>groupSize;
  for (let first = 0; first < channels; first += groupSize) {
    let sum: f64 = 0;
    let square: f64 = 0;
    for (let c = first; c < first + groupSize; c++) {
      sum += load<f64>(sums + (<usize>c << 3));
      square += load<f64>(squares + (<usize>c << 3));
    }
    const mean = sum / count;
    const variance = max<f64>(square / count - mean * mean, 0);
    const slope = <f32>(1 / sqrt<f64>(variance + epsilon));
    for (let c = first; c < first + groupSize; c++) {
      store<f32>(means + (<usize>c << 2), <f32>mean);
      store<f32>(slopes + (<usize>c << 2), slope);
    }
  }
}

/** Writes dz to `dx`, and Σ dz and Σ dz·c of each channel to the two rows of `sums`. */
function sumSlopes(
  x: usize,
  dy: usize,
  dx: usize,
  bias: usize,
  pixels: i32,
  row: usize,
  means: usize,
  slopes: usize,
  sums: usize,
): void {
  const products = sums + 2 * row;
  memory.fill(sums, 0, 4 * row);
  const one = f32x4.splat(1);
  let at: usize = 0;
  for (let p = 0; p < pixels; p++, at += row) {
    for (let c: usize = 0; c < row; c += 16) {
      const centred = f32x4.sub(v128.load(x + at + c), v128.load(means + c));
      const z = f32x4.add(f32x4.mul(centred, v128.load(slopes + c)), v128.load(bias + c));
      const s = logistic(z);
      const slope = f32x4.mul(s, f32x4.add(f32x4.mul(z, f32x4.sub(one, s)), one));
      const dz = f32x4.mul(v128.load(dy + at + c), slope);
      v128.store(dx + at + c, dz);
      const product = f32x4.mul(dz, centred);
      addTo(sums + 2 * c, f64x2.promote_low_f32x4(dz));
      addTo(sums + 2 * c + 16, f64x2.promote_low_f32x4(i32x4.shuffle(dz, dz, 2, 3, 2, 3)));
      addTo(products + 2 * c, f64x2.promote_low_f32x4(product));
      addTo(products + 2 * c + 16, f64x2.promote_low_f32x4(i32x4.shuffle(product, product, 2, 3, 2, 3)));
    }
  }
}

/** From the sums of the channels the gradients of gain and bias, and the two shares of the group in dx in their place. */
function spreadGroups(
  gain: usize,
  dGain: usize,
  dBias: usize,
  pixels: i32,
  channels: i32,
  groupSize: i32,
  sums: usize,
): void {
  const row = <usize>channels << 2;
  const products = sums + 2 * row;
  const count = <f64>pixels * <f64>groupSize;
  for (let first = 0; first < channels; first += groupSize) {
    const slope = <f64>load<f32>(dGain + (<usize>first << 2));
    let mean: f64 = 0;
    let product: f64 = 0;
    for (let c = first; c < first + groupSize; c++) {
      const at = <usize>c << 2;
      const weight = <f64>load<f32>(gain + at);
      mean += weight * load<f64>(sums + 2 * at);
      product += weight * load<f64>(products + 2 * at);
      store<f32>(dBias + at, <f32>load<f64>(sums + 2 * at));
      store<f32>(dGain + at, <f32>(slope * load<f64>(products + 2 * at)));
    }
    // Float32 rows overwrite the float64 sums from the front: those of this group and the ones before have been read.
    const share = <f32>(-slope * mean / count);
    const ownShare = <f32>(-slope * slope * slope * product / count);
    for (let c = first; c < first + groupSize; c++) {
      store<f32>(sums + (<usize>c << 2), share);
      store<f32>(products + (<usize>c << 2), ownShare);
    }
  }
  memory.copy(sums + row, products, row);
}

function multiplyRows(target: usize, factor: usize, row: usize): void {
  for (let c: usize = 0; c < row; c += 16) v128.store(target + c, f32x4.mul(v128.load(target + c), v128.load(factor + c)));
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, value: v128): void {
  v128.store(at, f64x2.add(v128.load(at), value));
}

/** 1/(1 + e^−z) by Cody–Waite reduction, −z = n·ln 2 + r; beyond ±87 the value there. Whatever for NaN. */
// @ts-ignore: decorator
@inline
function logistic(z: v128): v128 {
  const x = f32x4.max(f32x4.min(f32x4.neg(z), f32x4.splat(87)), f32x4.splat(-87));
  const shifted = f32x4.add(f32x4.mul(x, f32x4.splat(1.4426950408889634)), f32x4.splat(ROUNDER));
  const n = f32x4.sub(shifted, f32x4.splat(ROUNDER));
  // The first part of ln 2 has nine bits: n times it is exact.
  const high = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  const r = f32x4.sub(high, f32x4.mul(n, f32x4.splat(-0.00021219444)));
  let p = multiplyAdd<f32>(v128.load32_splat(SERIES, 20), r, v128.load32_splat(SERIES, 16));
  p = multiplyAdd<f32>(p, r, v128.load32_splat(SERIES, 12));
  p = multiplyAdd<f32>(p, r, v128.load32_splat(SERIES, 8));
  p = multiplyAdd<f32>(p, r, v128.load32_splat(SERIES, 4));
  p = multiplyAdd<f32>(p, r, v128.load32_splat(SERIES));
  const one = f32x4.splat(1);
  const power = i32x4.add(multiplyAdd<f32>(p, r, one), i32x4.shl(shifted, 23));
  return f32x4.div(one, f32x4.add(one, power));
}
