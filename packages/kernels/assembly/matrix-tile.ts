import { multiplyAdd } from './multiply-add';

/**
 * c (two rows of 64 bytes, `cStep` apart) = Σ_k a[k] ⊗ panel[k], or added to what `c` holds where it is not the first
 * block. The values of a row are `step` bytes apart, the second row begins `second` bytes after the first.
 *
 * Eight sums, four values and a factor: no register is left to spill. The test between the two halves of the loop
 * keeps the engine from loading the operands of both at once, which would.
 */
export function multiplyTile<T>(
  a: usize,
  second: usize,
  step: usize,
  panel: usize,
  depth: i32,
  c: usize,
  cStep: usize,
  isFirst: bool,
): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  let b = a + second;
  const end = panel + (<usize>depth << 6);
  for (let at = panel; ; at += 128) {
    let x0 = v128.load(at);
    let x1 = v128.load(at, 16);
    let x2 = v128.load(at, 32);
    let x3 = v128.load(at, 48);
    let factor = v128.load_splat<T>(a);
    a0 = multiplyAdd<T>(factor, x0, a0);
    a1 = multiplyAdd<T>(factor, x1, a1);
    a2 = multiplyAdd<T>(factor, x2, a2);
    a3 = multiplyAdd<T>(factor, x3, a3);
    factor = v128.load_splat<T>(b);
    b0 = multiplyAdd<T>(factor, x0, b0);
    b1 = multiplyAdd<T>(factor, x1, b1);
    b2 = multiplyAdd<T>(factor, x2, b2);
    b3 = multiplyAdd<T>(factor, x3, b3);
    a += step;
    b += step;
    if (at + 64 >= end) break;
    x0 = v128.load(at, 64);
    x1 = v128.load(at, 80);
    x2 = v128.load(at, 96);
    x3 = v128.load(at, 112);
    factor = v128.load_splat<T>(a);
    a0 = multiplyAdd<T>(factor, x0, a0);
    a1 = multiplyAdd<T>(factor, x1, a1);
    a2 = multiplyAdd<T>(factor, x2, a2);
    a3 = multiplyAdd<T>(factor, x3, a3);
    factor = v128.load_splat<T>(b);
    b0 = multiplyAdd<T>(factor, x0, b0);
    b1 = multiplyAdd<T>(factor, x1, b1);
    b2 = multiplyAdd<T>(factor, x2, b2);
    b3 = multiplyAdd<T>(factor, x3, b3);
    a += step;
    b += step;
    if (at + 128 >= end) break;
  }
  storeRow<T>(c, a0, a1, a2, a3, isFirst);
  storeRow<T>(c + cStep, b0, b1, b2, b3, isFirst);
}

// @ts-ignore: decorator
@inline
function storeRow<T>(c: usize, x0: v128, x1: v128, x2: v128, x3: v128, isFirst: bool): void {
  v128.store(c, isFirst ? x0 : v128.add<T>(v128.load(c), x0));
  v128.store(c, isFirst ? x1 : v128.add<T>(v128.load(c, 16), x1), 16);
  v128.store(c, isFirst ? x2 : v128.add<T>(v128.load(c, 32), x2), 32);
  v128.store(c, isFirst ? x3 : v128.add<T>(v128.load(c, 48), x3), 48);
}

/** Stores or adds the first `columns` values of `rows` rows of a tile, at steps of their own. */
export function addEdge<T>(
  tile: usize,
  rows: i32,
  columns: i32,
  c: usize,
  rowStep: usize,
  columnStep: usize,
  isFirst: bool,
): void {
  for (let i = 0; i < rows; i++) {
    let source = tile + (<usize>i << 6);
    let target = c + <usize>i * rowStep;
    for (let j = 0; j < columns; j++, source += sizeof<T>(), target += columnStep) {
      store<T>(target, isFirst ? load<T>(source) : load<T>(target) + load<T>(source));
    }
  }
}
