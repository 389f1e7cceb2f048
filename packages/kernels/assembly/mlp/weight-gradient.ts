import { multiplyAdd } from '../multiply-add';
import { panelOfRows } from './samples';
import { multiplyWide } from './wide-product';

// The gradient of a layer's matrix over a block, G[i][o] = Σ_s x[i][s]·δ[o][s], each sum in the order of the samples.
// One factor is read row by row, two rows at a time; sixteen rows of the other are first turned, so that a sample's
// sixteen values are four vectors. Which is which decides how much of a narrow side is padding.

/**
 * Writes the gradient of a block to a row-major matrix [inputs, outputs], or adds it where the block is not the first
 * of its lane.
 *
 * @param panel - scratch of 64 bytes a sample and 256 bytes more
 */
export function weightGradient(
  isWide: bool,
  x: usize,
  xRows: i32,
  inputs: i32,
  delta: usize,
  deltaRows: i32,
  outputs: i32,
  groups: i32,
  gradient: usize,
  isFirst: bool,
  panel: usize,
): void {
  const rowsOfInputs = ((inputs + 1) >> 1) * ((outputs + 15) >> 4);
  const rowsOfOutputs = ((outputs + 1) >> 1) * ((inputs + 15) >> 4);
  if (rowsOfInputs <= rowsOfOutputs) {
    multiplyRows(isWide, x, xRows, inputs, delta, deltaRows, outputs, groups, gradient, <usize>outputs << 2, 4, isFirst, panel);
  } else {
    multiplyRows(isWide, delta, deltaRows, outputs, x, xRows, inputs, groups, gradient, 4, <usize>outputs << 2, isFirst, panel);
  }
}

/**
 * Rows of `a` two at a time against panels of sixteen rows of `b`; entry (i, j) goes to `out + i·rowStep +
 * j·columnStep`.
 */
function multiplyRows(
  isWide: bool,
  a: usize,
  aRows: i32,
  rows: i32,
  b: usize,
  bRows: i32,
  columns: i32,
  groups: i32,
  out: usize,
  rowStep: usize,
  columnStep: usize,
  isFirst: bool,
  panel: usize,
): void {
  const edge = panel + (<usize>groups << 10);
  // From the sixteen samples of a row in one group to those in the next.
  const jump = <usize>(aRows - 1) << 6;
  for (let j = 0; j < columns; j += 16) {
    const width = min<i32>(16, columns - j);
    panelOfRows(b + (<usize>j << 6), bRows, width, groups, panel);
    let i = 0;
    for (; isWide && i + 4 <= rows; i += 4) {
      const source = a + (<usize>i << 6);
      const target = out + <usize>i * rowStep + <usize>j * columnStep;
      if (columnStep == 4 && width == 16) {
        multiplyWide(source, 64, jump, groups << 4, panel, target, rowStep, !isFirst);
        continue;
      }
      multiplyWide(source, 64, jump, groups << 4, panel, edge, 64, false);
      copyEdge(edge, 4, width, target, rowStep, columnStep, isFirst);
    }
    for (; i < rows; i += 2) {
      const source = a + (<usize>i << 6);
      const target = out + <usize>i * rowStep + <usize>j * columnStep;
      if (columnStep == 4 && width == 16 && i + 1 < rows) {
        multiplyPair(source, aRows, panel, groups, target, rowStep, isFirst);
        continue;
      }
      multiplyPair(source, aRows, panel, groups, edge, 64, true);
      copyEdge(edge, min<i32>(2, rows - i), width, target, rowStep, columnStep, isFirst);
    }
  }
}

/** Two rows against a panel: the loop of `multiplyGroup`, with samples in the place of features. */
// @ts-ignore: decorator
@inline
function multiplyPair(
  rows: usize,
  rowCount: i32,
  panel: usize,
  groups: i32,
  out: usize,
  outStep: usize,
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
  let at = panel;
  for (let group = rows, p = 0; p < groups; p++, group += <usize>rowCount << 6) {
    for (let a = group, end = group + 64; a < end; a += 8, at += 128) {
      let x0 = v128.load(at);
      let x1 = v128.load(at, 16);
      let x2 = v128.load(at, 32);
      let x3 = v128.load(at, 48);
      let factor = v128.load32_splat(a);
      a0 = multiplyAdd<f32>(factor, x0, a0);
      a1 = multiplyAdd<f32>(factor, x1, a1);
      a2 = multiplyAdd<f32>(factor, x2, a2);
      a3 = multiplyAdd<f32>(factor, x3, a3);
      factor = v128.load32_splat(a, 64);
      b0 = multiplyAdd<f32>(factor, x0, b0);
      b1 = multiplyAdd<f32>(factor, x1, b1);
      b2 = multiplyAdd<f32>(factor, x2, b2);
      b3 = multiplyAdd<f32>(factor, x3, b3);
      // Never true: it keeps the loads of the second half behind the sums of the first, as in `multiplyGroup`.
      if (at < panel) break;
      x0 = v128.load(at, 64);
      x1 = v128.load(at, 80);
      x2 = v128.load(at, 96);
      x3 = v128.load(at, 112);
      factor = v128.load32_splat(a, 4);
      a0 = multiplyAdd<f32>(factor, x0, a0);
      a1 = multiplyAdd<f32>(factor, x1, a1);
      a2 = multiplyAdd<f32>(factor, x2, a2);
      a3 = multiplyAdd<f32>(factor, x3, a3);
      factor = v128.load32_splat(a, 68);
      b0 = multiplyAdd<f32>(factor, x0, b0);
      b1 = multiplyAdd<f32>(factor, x1, b1);
      b2 = multiplyAdd<f32>(factor, x2, b2);
      b3 = multiplyAdd<f32>(factor, x3, b3);
    }
  }
  if (!isFirst) {
    const second = out + outStep;
    a0 = f32x4.add(v128.load(out), a0);
    a1 = f32x4.add(v128.load(out, 16), a1);
    a2 = f32x4.add(v128.load(out, 32), a2);
    a3 = f32x4.add(v128.load(out, 48), a3);
    b0 = f32x4.add(v128.load(second), b0);
    b1 = f32x4.add(v128.load(second, 16), b1);
    b2 = f32x4.add(v128.load(second, 32), b2);
    b3 = f32x4.add(v128.load(second, 48), b3);
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, a2, 32);
  v128.store(out, a3, 48);
  v128.store(out + outStep, b0);
  v128.store(out + outStep, b1, 16);
  v128.store(out + outStep, b2, 32);
  v128.store(out + outStep, b3, 48);
}

function copyEdge(
  edge: usize,
  rows: i32,
  columns: i32,
  out: usize,
  rowStep: usize,
  columnStep: usize,
  isFirst: bool,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = load<f32>(edge + (<usize>i << 6) + (<usize>j << 2));
      const at = out + <usize>i * rowStep + <usize>j * columnStep;
      store<f32>(at, isFirst ? value : load<f32>(at) + value);
    }
  }
}
