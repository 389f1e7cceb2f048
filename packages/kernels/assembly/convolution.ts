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

// Two-dimensional convolutions of float32 images, channels last, without an im2col matrix: the rows of the left factor are read
// from the frame of an image, the filter is packed in panels of 16 outputs. A tile of 2 pixels × 16 outputs stays in registers.
// Every result is one sum in the order of the filter's rows, columns and channels, wherever it lies.

/** Bytes of `scratch` that {@link convolution} needs. */
export function convolutionScratch(geometry: usize): i32 {
  return frameBytes(geometry) + 128;
}

/**
 * Packs a filter into panels of 16 outputs: entry (k, o) of the matrix [taps · channels, outputs] goes to `out[(o div 16 ·
 * taps·channels + k)·16 + o mod 16]`, zeros where the last panel is not full. `filter` points to its first tap; the steps are in
 * values and may be negative, which turns and transposes it for the gradient by the input.
 */
export function convolutionPanels(
  filter: usize,
  taps: i32,
  tapStep: i32,
  channels: i32,
  channelStep: i32,
  outputs: i32,
  outputStep: i32,
  out: usize,
): void {
  let target = out;
  for (let first = 0; first < outputs; first += 16) {
    const filled = min<i32>(16, outputs - first);
    for (let tap = 0; tap < taps; tap++) {
      for (let c = 0; c < channels; c++, target += 64) {
        const source = filter + ((tap * tapStep + c * channelStep + first * outputStep) << 2);
        for (let o = 0; o < filled; o++) store<f32>(target + (<usize>o << 2), load<f32>(source + ((o * outputStep) << 2)));
        if (filled < 16) memory.fill(target + (<usize>filled << 2), 0, <usize>(16 - filled) << 2);
      }
    }
  }
}

/** `out`, shape [images, outHeight, outWidth, outputs], is the convolution of `x`, shape [images, height, width, channels]. */
export function convolution(geometry: usize, panels: usize, x: usize, images: i32, out: usize, scratch: usize): void {
  const size = <usize>imageSize(geometry) << 2;
  const outSize = <usize>(outHeight(geometry) * outWidth(geometry) * outputs(geometry)) << 2;
  const framed = scratch + 128;
  for (let n = 0; n < images; n++) {
    frame(geometry, x + <usize>n * size, framed);
    convolveFrame(geometry, panels, framed, out + <usize>n * outSize, scratch);
  }
}

function convolveFrame(geometry: usize, panels: usize, framed: usize, out: usize, edge: usize): void {
  const rows = windowRows(geometry);
  const run = <usize>windowRun(geometry) << 2;
  const rowBytes = frameRow(geometry);
  const width = outWidth(geometry);
  const stepX = windowStepX(geometry);
  const nextRow = windowStepY(geometry) - <usize>(width - 1) * stepX;
  const pixels = outHeight(geometry) * width;
  const count = outputs(geometry);
  const stride = <usize>count << 2;
  let panel = panels;
  for (let first = 0; first < count; first += 16, panel += (run << 4) * rows) {
    const filled = min<i32>(16, count - first);
    let target = out + (<usize>first << 2);
    let window = framed;
    let column = 0;
    for (let p = 0; p < pixels; p += 2, target += 2 * stride) {
      // The second pixel of the last pair, where their number is odd, is the first once more.
      let second = window;
      if (p + 1 < pixels) {
        second += ++column == width ? nextRow : stepX;
        if (column == width) column = 0;
      }
      const away = p + 1 < pixels ? stride : 0;
      if (filled == 16) {
        multiplyTile(panel, window, second - window, rows, run, rowBytes, target, away);
      } else {
        multiplyTile(panel, window, second - window, rows, run, rowBytes, edge, 64);
        memory.copy(target, edge, <usize>filled << 2);
        memory.copy(target + away, edge + (away == 0 ? 0 : 64), <usize>filled << 2);
      }
      window = second + (++column == width ? nextRow : stepX);
      if (column == width) column = 0;
    }
  }
}

/**
 * 2 × 16 results: of the windows at `window` and `away` bytes after it, to `out` and `next` bytes after it. The exit in the middle
 * of the unrolled loop keeps engines from hoisting the loads of both halves, which would spill accumulators.
 */
function multiplyTile(
  panel: usize,
  window: usize,
  away: usize,
  rows: i32,
  run: usize,
  rowBytes: usize,
  out: usize,
  next: usize,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  let w = panel;
  let start = window;
  for (let row = 0; row < rows; row++, start += rowBytes) {
    let x = start;
    const end = start + run;
    while (true) {
      let p = v128.load(w);
      let q = v128.load(w, 16);
      let r = v128.load(w, 32);
      let s = v128.load(w, 48);
      let value = v128.load32_splat(x);
      a0 = multiplyAdd<f32>(value, p, a0);
      a1 = multiplyAdd<f32>(value, q, a1);
      a2 = multiplyAdd<f32>(value, r, a2);
      a3 = multiplyAdd<f32>(value, s, a3);
      value = v128.load32_splat(x + away);
      b0 = multiplyAdd<f32>(value, p, b0);
      b1 = multiplyAdd<f32>(value, q, b1);
      b2 = multiplyAdd<f32>(value, r, b2);
      b3 = multiplyAdd<f32>(value, s, b3);
      if (x + 4 >= end) {
        w += 64;
        break;
      }
      p = v128.load(w, 64);
      q = v128.load(w, 80);
      r = v128.load(w, 96);
      s = v128.load(w, 112);
      value = v128.load32_splat(x, 4);
      a0 = multiplyAdd<f32>(value, p, a0);
      a1 = multiplyAdd<f32>(value, q, a1);
      a2 = multiplyAdd<f32>(value, r, a2);
      a3 = multiplyAdd<f32>(value, s, a3);
      value = v128.load32_splat(x + away, 4);
      b0 = multiplyAdd<f32>(value, p, b0);
      b1 = multiplyAdd<f32>(value, q, b1);
      b2 = multiplyAdd<f32>(value, r, b2);
      b3 = multiplyAdd<f32>(value, s, b3);
      w += 128;
      x += 8;
      if (x >= end) break;
    }
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, a2, 32);
  v128.store(out, a3, 48);
  v128.store(out + next, b0);
  v128.store(out + next, b1, 16);
  v128.store(out + next, b2, 32);
  v128.store(out + next, b3, 48);
}
