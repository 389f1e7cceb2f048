import { multiplyTile } from './mlp-product';

// The gradient of a dense layer's weights, Σ_s x_s ⊗ δ_s over samples. Both factors are first turned from groups of eight
// samples (see mlp-product.ts) to sample after sample: the inputs in tiles of five, the errors in panels of eight. The
// gradient itself is held in tiles of 5 × 8 until it is read, tile of inputs after tile of inputs within a panel.

/** Bytes of `scratch` that {@link mlpAddGradient} needs. */
export function mlpGradientScratch(inputs: i32, outputs: i32, groups: i32): i32 {
  return ((inputs + 4) / 5 * 5 + ((outputs + 7) & ~7)) * groups * 32;
}

/**
 * Adds `Σ_s x_s ⊗ δ_s` over the samples of some groups to a gradient in tiles: ⌈inputs / 5⌉·⌈outputs / 8⌉·40 values. The
 * sum over these samples is formed first, in their order.
 */
export function mlpAddGradient(
  x: usize,
  xRows: i32,
  inputs: i32,
  delta: usize,
  deltaRows: i32,
  outputs: i32,
  groups: i32,
  gradient: usize,
  scratch: usize,
): void {
  const depth = groups << 3;
  const panels = scratch + <usize>((inputs + 4) / 5 * depth * 20);
  gather(x, xRows, inputs, groups, 5, scratch);
  gather(delta, deltaRows, outputs, groups, 8, panels);
  let target = gradient;
  for (let panel = panels, j = 0; j < outputs; j += 8, panel += <usize>depth << 5) {
    for (let tile = scratch, i = 0; i < inputs; i += 5, tile += <usize>(depth * 20), target += 160) {
      multiplyTile(tile, panel, depth, target, true);
    }
  }
}

/** Writes a gradient in tiles to a row-major matrix, inputs × outputs. */
export function mlpReadGradient(gradient: usize, inputs: i32, outputs: i32, out: usize): void {
  const stride = <usize>outputs << 2;
  let source = gradient;
  for (let j = 0; j < outputs; j += 8) {
    const width = min<i32>(8, outputs - j);
    for (let i = 0; i < (inputs + 4) / 5 * 5; i++, source += 32) {
      if (i >= inputs) continue;
      memory.copy(out + <usize>i * stride + (<usize>j << 2), source, <usize>width << 2);
    }
  }
}

/** Row 'first + i' of sample s goes to `out[(first / width·samples + s)·width + i]`; the last panel is filled with zeros. */
function gather(x: usize, rows: i32, count: i32, groups: i32, width: i32, out: usize): void {
  const step = <usize>width << 2;
  let target = out;
  for (let first = 0; first < count; first += width) {
    const filled = min<i32>(width, count - first);
    let source = x + (<usize>first << 5);
    for (let p = 0; p < groups; p++, source += <usize>rows << 5, target += step << 3) {
      let i = 0;
      for (; i + 4 <= filled; i += 4) {
        transpose(source + (<usize>i << 5), target + (<usize>i << 2), step);
        transpose(source + (<usize>i << 5) + 16, target + (<usize>i << 2) + (step << 2), step);
      }
      for (; i < width; i++) spread(source + (<usize>i << 5), i < filled, target + (<usize>i << 2), step);
    }
  }
}

/** Four values of four rows become four rows of four values. */
// @ts-ignore: decorator
@inline
function transpose(source: usize, target: usize, step: usize): void {
  const a = v128.load(source);
  const b = v128.load(source, 32);
  const c = v128.load(source, 64);
  const d = v128.load(source, 96);
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f64>(abLow, cdLow, 0, 2));
  v128.store(target + step, v128.shuffle<f64>(abLow, cdLow, 1, 3));
  v128.store(target + 2 * step, v128.shuffle<f64>(abHigh, cdHigh, 0, 2));
  v128.store(target + 3 * step, v128.shuffle<f64>(abHigh, cdHigh, 1, 3));
}

/** The eight values of one row, or zeros, at a stride. */
// @ts-ignore: decorator
@inline
function spread(source: usize, isFilled: bool, target: usize, step: usize): void {
  for (let q: usize = 0; q < 8; q++) store<f32>(target + q * step, isFilled ? load<f32>(source + (q << 2)) : 0);
}
