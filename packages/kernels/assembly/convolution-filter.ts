import {
  frame,
  frameBytes,
  frameRow,
  imageSize,
  outHeight,
  outputs,
  outWidth,
  windowRows,
  windowRun,
  windowStepX,
  windowStepY,
} from './convolution-frame';
import { multiplyAdd } from './multiply-add';

// The gradient of a convolution by its filter: entry (row, r, o) is the sum over images and windows of value r in that row of the
// window times the output gradient o. A lane sums its images one after the other, each image's pixels in registers first; lanes are
// then summed in order, so the bits depend on the number of lanes and not on who computes them.
//
// A lane is laid out as [windowRows, run rounded up to even, outputs rounded up to 16].

/** Bytes of one lane. */
export function convolutionLaneBytes(geometry: usize): i32 {
  return windowRows(geometry) * evenRun(geometry) * paddedOutputs(geometry) << 2;
}

/** Bytes of `scratch` that {@link convolutionFilterLane} needs. */
export function convolutionFilterScratch(geometry: usize): i32 {
  return frameBytes(geometry) + (outHeight(geometry) * outWidth(geometry) * paddedOutputs(geometry) << 2);
}

/**
 * Computes the lane of `images` images, from image `first` of a batch on: lane `first / perLane` of those at `lanes`. `x` and `dy`
 * point to image `first`.
 */
export function convolutionFilterLane(
  geometry: usize,
  x: usize,
  dy: usize,
  first: i32,
  images: i32,
  perLane: i32,
  lanes: usize,
  scratch: usize,
): void {
  const lane = lanes + <usize>(first / perLane) * <usize>convolutionLaneBytes(geometry);
  const size = <usize>imageSize(geometry) << 2;
  const pixels = outHeight(geometry) * outWidth(geometry);
  const outSize = <usize>(pixels * outputs(geometry)) << 2;
  const gradients = scratch + <usize>frameBytes(geometry);
  for (let n = 0; n < images; n++) {
    frame(geometry, x + <usize>n * size, scratch);
    packGradients(dy + <usize>n * outSize, pixels, outputs(geometry), gradients);
    addImage(geometry, scratch, gradients, lane, n == 0);
  }
}

/** Sums lanes in order into `out`, shape [windowRows, run, outputs]; where `isAdded`, onto what is there. */
export function convolutionFilterSum(geometry: usize, lanes: usize, count: i32, out: usize, isAdded: i32): void {
  const bytes = <usize>convolutionLaneBytes(geometry);
  const run = windowRun(geometry);
  const width = outputs(geometry);
  const step = <usize>paddedOutputs(geometry) << 2;
  let target = out;
  for (let row = 0; row < windowRows(geometry); row++) {
    let source = lanes + <usize>(row * evenRun(geometry)) * step;
    for (let r = 0; r < run; r++, source += step) {
      for (let o: usize = 0; o < <usize>width << 2; o += 4, target += 4) {
        let sum = load<f32>(source + o);
        for (let l: usize = 1; l < <usize>count; l++) sum += load<f32>(source + o + l * bytes);
        store<f32>(target, isAdded ? load<f32>(target) + sum : sum);
      }
    }
  }
}

function evenRun(geometry: usize): i32 {
  return (windowRun(geometry) + 1) & ~1;
}

function paddedOutputs(geometry: usize): i32 {
  return (outputs(geometry) + 15) & ~15;
}

/** Panels of 16 outputs, pixel by pixel, zeros where the last is not full. */
function packGradients(dy: usize, pixels: i32, outputs: i32, out: usize): void {
  const stride = <usize>outputs << 2;
  let target = out;
  for (let first: usize = 0; first < stride; first += 64) {
    const filled = min<usize>(64, stride - first);
    let source = dy + first;
    for (let p = 0; p < pixels; p++, source += stride, target += 64) {
      if (filled < 64) memory.fill(target, 0, 64);
      memory.copy(target, source, filled);
    }
  }
}

function addImage(geometry: usize, framed: usize, gradients: usize, lane: usize, isFirst: bool): void {
  const rows = windowRows(geometry);
  const run = evenRun(geometry);
  const width = paddedOutputs(geometry);
  const height = outHeight(geometry);
  const panelBytes = <usize>(height * outWidth(geometry)) << 6;
  const stepX = windowStepX(geometry);
  const stepY = windowStepY(geometry);
  const rowEnd = <usize>outWidth(geometry) * stepX;
  const step = <usize>width << 2;
  let panel = gradients;
  for (let first: usize = 0; first < step; first += 64, panel += panelBytes) {
    let target = lane + first;
    for (let row = 0; row < rows; row++) {
      const start = framed + <usize>row * frameRow(geometry);
      for (let r: i32 = 0; r < run; r += 2, target += 2 * step) {
        multiplyTile(panel, start + (<usize>r << 2), height, rowEnd, stepX, stepY, target, step, isFirst);
      }
    }
  }
}

/** 2 × 16 results: Σ over windows of two neighbouring values ⊗ the 16 gradients; added to what is there unless `isFirst`. */
function multiplyTile(
  panel: usize,
  window: usize,
  height: i32,
  rowEnd: usize,
  stepX: usize,
  stepY: usize,
  out: usize,
  next: usize,
  isFirst: bool,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  let g = panel;
  let start = window;
  for (let i = 0; i < height; i++, start += stepY) {
    let x = start;
    const end = start + rowEnd;
    while (true) {
      let p = v128.load(g);
      let q = v128.load(g, 16);
      let r = v128.load(g, 32);
      let s = v128.load(g, 48);
      let value = v128.load32_splat(x);
      a0 = multiplyAdd<f32>(value, p, a0);
      a1 = multiplyAdd<f32>(value, q, a1);
      a2 = multiplyAdd<f32>(value, r, a2);
      a3 = multiplyAdd<f32>(value, s, a3);
      value = v128.load32_splat(x, 4);
      b0 = multiplyAdd<f32>(value, p, b0);
      b1 = multiplyAdd<f32>(value, q, b1);
      b2 = multiplyAdd<f32>(value, r, b2);
      b3 = multiplyAdd<f32>(value, s, b3);
      x += stepX;
      if (x >= end) {
        g += 64;
        break;
      }
      p = v128.load(g, 64);
      q = v128.load(g, 80);
      r = v128.load(g, 96);
      s = v128.load(g, 112);
      value = v128.load32_splat(x);
      a0 = multiplyAdd<f32>(value, p, a0);
      a1 = multiplyAdd<f32>(value, q, a1);
      a2 = multiplyAdd<f32>(value, r, a2);
      a3 = multiplyAdd<f32>(value, s, a3);
      value = v128.load32_splat(x, 4);
      b0 = multiplyAdd<f32>(value, p, b0);
      b1 = multiplyAdd<f32>(value, q, b1);
      b2 = multiplyAdd<f32>(value, r, b2);
      b3 = multiplyAdd<f32>(value, s, b3);
      g += 128;
      x += stepX;
      if (x >= end) break;
    }
  }
  addVector(out, a0, isFirst);
  addVector(out + 16, a1, isFirst);
  addVector(out + 32, a2, isFirst);
  addVector(out + 48, a3, isFirst);
  addVector(out + next, b0, isFirst);
  addVector(out + next + 16, b1, isFirst);
  addVector(out + next + 32, b2, isFirst);
  addVector(out + next + 48, b3, isFirst);
}

// @ts-ignore: decorator
@inline
function addVector(at: usize, value: v128, isFirst: bool): void {
  v128.store(at, isFirst ? value : f32x4.add(v128.load(at), value));
}
