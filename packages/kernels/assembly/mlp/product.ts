import { multiplyAdd } from '../multiply-add';
import { multiplyWide } from './wide-product';

/**
 * Multiplies a group of sixteen samples by a matrix: `out[o] = Σ_k matrix[o][k]·x[k]`, each sum in the order of k.
 *
 * Rows of the matrix are `stride` bytes apart; an odd number of outputs is rounded up, so the row after the last is
 * read and written too.
 */
export function multiplyGroup(
  isWide: bool,
  matrix: usize,
  stride: usize,
  depth: i32,
  outputs: i32,
  x: usize,
  out: usize,
): void {
  if (isWide) {
    for (; outputs >= 4; outputs -= 4, matrix += stride << 2, out += 256) {
      multiplyWide(matrix, stride, 0, depth, x, out, 64, false);
    }
  }
  multiplyPairs(matrix, stride, depth, outputs, x, out);
}

/**
 * Two outputs of sixteen samples stay in registers: eight sums, four values and a weight, which leaves none to spill.
 * The loop takes four indices a turn; the tests between them keep the engine from loading the operands of several at
 * once, which would spill.
 */
function multiplyPairs(matrix: usize, stride: usize, depth: i32, outputs: i32, x: usize, out: usize): void {
  const end = x + (<usize>depth << 6);
  let row = matrix;
  for (const last = out + (<usize>outputs << 6); out < last; out += 128, row += stride << 1) {
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let b0 = a0;
    let b1 = a0;
    let b2 = a0;
    let b3 = a0;
    let a = row;
    let b = row + stride;
    for (let at = x; ; at += 256, a += 16, b += 16) {
      let x0 = v128.load(at);
      let x1 = v128.load(at, 16);
      let x2 = v128.load(at, 32);
      let x3 = v128.load(at, 48);
      let weight = v128.load32_splat(a);
      a0 = multiplyAdd<f32>(weight, x0, a0);
      a1 = multiplyAdd<f32>(weight, x1, a1);
      a2 = multiplyAdd<f32>(weight, x2, a2);
      a3 = multiplyAdd<f32>(weight, x3, a3);
      weight = v128.load32_splat(b);
      b0 = multiplyAdd<f32>(weight, x0, b0);
      b1 = multiplyAdd<f32>(weight, x1, b1);
      b2 = multiplyAdd<f32>(weight, x2, b2);
      b3 = multiplyAdd<f32>(weight, x3, b3);
      if (at + 64 >= end) break;
      x0 = v128.load(at, 64);
      x1 = v128.load(at, 80);
      x2 = v128.load(at, 96);
      x3 = v128.load(at, 112);
      weight = v128.load32_splat(a, 4);
      a0 = multiplyAdd<f32>(weight, x0, a0);
      a1 = multiplyAdd<f32>(weight, x1, a1);
      a2 = multiplyAdd<f32>(weight, x2, a2);
      a3 = multiplyAdd<f32>(weight, x3, a3);
      weight = v128.load32_splat(b, 4);
      b0 = multiplyAdd<f32>(weight, x0, b0);
      b1 = multiplyAdd<f32>(weight, x1, b1);
      b2 = multiplyAdd<f32>(weight, x2, b2);
      b3 = multiplyAdd<f32>(weight, x3, b3);
      if (at + 128 >= end) break;
      x0 = v128.load(at, 128);
      x1 = v128.load(at, 144);
      x2 = v128.load(at, 160);
      x3 = v128.load(at, 176);
      weight = v128.load32_splat(a, 8);
      a0 = multiplyAdd<f32>(weight, x0, a0);
      a1 = multiplyAdd<f32>(weight, x1, a1);
      a2 = multiplyAdd<f32>(weight, x2, a2);
      a3 = multiplyAdd<f32>(weight, x3, a3);
      weight = v128.load32_splat(b, 8);
      b0 = multiplyAdd<f32>(weight, x0, b0);
      b1 = multiplyAdd<f32>(weight, x1, b1);
      b2 = multiplyAdd<f32>(weight, x2, b2);
      b3 = multiplyAdd<f32>(weight, x3, b3);
      if (at + 192 >= end) break;
      x0 = v128.load(at, 192);
      x1 = v128.load(at, 208);
      x2 = v128.load(at, 224);
      x3 = v128.load(at, 240);
      weight = v128.load32_splat(a, 12);
      a0 = multiplyAdd<f32>(weight, x0, a0);
      a1 = multiplyAdd<f32>(weight, x1, a1);
      a2 = multiplyAdd<f32>(weight, x2, a2);
      a3 = multiplyAdd<f32>(weight, x3, a3);
      weight = v128.load32_splat(b, 12);
      b0 = multiplyAdd<f32>(weight, x0, b0);
      b1 = multiplyAdd<f32>(weight, x1, b1);
      b2 = multiplyAdd<f32>(weight, x2, b2);
      b3 = multiplyAdd<f32>(weight, x3, b3);
      if (at + 256 >= end) break;
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    v128.store(out, a2, 32);
    v128.store(out, a3, 48);
    v128.store(out, b0, 64);
    v128.store(out, b1, 80);
    v128.store(out, b2, 96);
    v128.store(out, b3, 112);
  }
}
