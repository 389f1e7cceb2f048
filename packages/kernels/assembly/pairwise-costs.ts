import { multiplyAdd } from './multiply-add';
import { packPanels, panelWidth } from './panels';

// All costs between two clouds by differences, never by ‖x‖² + ‖y‖² − 2⟨x, y⟩: clouds far from the origin lose nothing.
// A panel of y (one cache line a coordinate) meets two points of x at a time; the sum over coordinates runs in order,
// in the edges as well.

/**
 * `out[i·columns + j]` = ‖x_i − y_j‖² (`cost` 0) or ‖x_i − y_j‖ (1). `scratch` holds 8·⌈columns / 8⌉·dim + 16 values.
 */
export function pairwiseCosts64(
  x: usize,
  rows: i32,
  y: usize,
  columns: i32,
  dim: i32,
  cost: i32,
  out: usize,
  scratch: usize,
): void {
  pairwiseCosts<f64>(x, rows, y, columns, dim, cost, out, scratch);
}

/** The same for float32. `scratch` holds 16·⌈columns / 16⌉·dim + 32 values. */
export function pairwiseCosts32(
  x: usize,
  rows: i32,
  y: usize,
  columns: i32,
  dim: i32,
  cost: i32,
  out: usize,
  scratch: usize,
): void {
  pairwiseCosts<f32>(x, rows, y, columns, dim, cost, out, scratch);
}

function pairwiseCosts<T>(
  x: usize,
  rows: i32,
  y: usize,
  columns: i32,
  dim: i32,
  cost: i32,
  out: usize,
  scratch: usize,
): void {
  const size = sizeof<T>();
  const width = panelWidth<T>();
  const stride = <usize>dim * size;
  const outStride = <usize>columns * size;
  const edge = scratch;
  const panels = scratch + 128;
  packPanels<T>(y, columns, dim, panels);
  for (let j = 0; j < columns; j += width) {
    const panel = panels + <usize>(j / width) * stride * <usize>width;
    const filled = min<i32>(width, columns - j);
    for (let i = 0; i < rows; i += 2) {
      // A last odd row is computed twice, into the same place.
      const next = i + 1 < rows ? i + 1 : i;
      const first = out + <usize>i * outStride + <usize>j * size;
      const second = out + <usize>next * outStride + <usize>j * size;
      if (filled == width) {
        twoRows<T>(x + <usize>i * stride, x + <usize>next * stride, panel, stride, cost != 0, first, second);
      } else {
        twoRows<T>(x + <usize>i * stride, x + <usize>next * stride, panel, stride, cost != 0, edge, edge + 64);
        memory.copy(first, edge, <usize>filled * size);
        memory.copy(second, edge + 64, <usize>filled * size);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function twoRows<T>(
  x: usize,
  xNext: usize,
  panel: usize,
  bytes: usize,
  euclidean: bool,
  out: usize,
  outNext: usize,
): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  let y = panel;
  for (let k: usize = 0; k < bytes; k += sizeof<T>(), y += 64) {
    const xk = v128.load_splat<T>(x + k);
    const xNextK = v128.load_splat<T>(xNext + k);
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    const y2 = v128.load(y, 32);
    const y3 = v128.load(y, 48);
    a0 = addSquare<T>(a0, v128.sub<T>(xk, y0));
    a1 = addSquare<T>(a1, v128.sub<T>(xk, y1));
    a2 = addSquare<T>(a2, v128.sub<T>(xk, y2));
    a3 = addSquare<T>(a3, v128.sub<T>(xk, y3));
    b0 = addSquare<T>(b0, v128.sub<T>(xNextK, y0));
    b1 = addSquare<T>(b1, v128.sub<T>(xNextK, y1));
    b2 = addSquare<T>(b2, v128.sub<T>(xNextK, y2));
    b3 = addSquare<T>(b3, v128.sub<T>(xNextK, y3));
  }
  if (euclidean) {
    a0 = v128.sqrt<T>(a0);
    a1 = v128.sqrt<T>(a1);
    a2 = v128.sqrt<T>(a2);
    a3 = v128.sqrt<T>(a3);
    b0 = v128.sqrt<T>(b0);
    b1 = v128.sqrt<T>(b1);
    b2 = v128.sqrt<T>(b2);
    b3 = v128.sqrt<T>(b3);
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, a2, 32);
  v128.store(out, a3, 48);
  v128.store(outNext, b0);
  v128.store(outNext, b1, 16);
  v128.store(outNext, b2, 32);
  v128.store(outNext, b3, 48);
}

// @ts-ignore: decorator
@inline
function addSquare<T>(sum: v128, difference: v128): v128 {
  return multiplyAdd<T>(difference, difference, sum);
}
