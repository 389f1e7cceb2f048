import { multiplyAdd } from './multiply-add';

// Dense layers on samples held in groups of eight: value k of sample 8p + q of an array with `rows` rows is entry
// (p·rows + k)·8 + q. Weights are held in tiles of five vectors, index by index. A tile of 5 × 8 results stays in
// registers and both operands are read without gaps, so nothing is packed between the layers. Every result is one sum in
// the order of the inner index, wherever it lies.


/**
 * Packs `count` vectors of length `depth` into tiles of five: entry k of vector 5q + i goes to `out[(q·depth + k)·5 +
 * i]`. `vectorStep` and `depthStep` are in values. The last tile is filled up with zeros.
 */
export function mlpWeightTiles(
  weights: usize,
  count: i32,
  vectorStep: i32,
  depth: i32,
  depthStep: i32,
  out: usize,
): void {
  const step = <usize>vectorStep << 2;
  let target = out;
  for (let first = 0; first < count; first += 5) {
    const filled = min<i32>(5, count - first);
    let source = weights + <usize>first * step;
    for (let k = 0; k < depth; k++, source += <usize>depthStep << 2, target += 20) {
      if (filled == 5) {
        store<f32>(target, load<f32>(source));
        store<f32>(target, load<f32>(source + step), 4);
        store<f32>(target, load<f32>(source + 2 * step), 8);
        store<f32>(target, load<f32>(source + 3 * step), 12);
        store<f32>(target, load<f32>(source + 4 * step), 16);
        continue;
      }
      memory.fill(target, 0, 20);
      for (let i = 0; i < filled; i++) store<f32>(target + (<usize>i << 2), load<f32>(source + <usize>i * step));
    }
  }
}

/**
 * `out[o] = Σ_k vector_o[k]·x[k]` for every sample of every group; `depth` rows of `x` are read and `outputs` rows of
 * `out` written, rounded up to a multiple of five.
 */
export function mlpProduct(
  tiles: usize,
  depth: i32,
  outputs: i32,
  x: usize,
  xRows: i32,
  groups: i32,
  out: usize,
  outRows: i32,
): void {
  let tile = tiles;
  for (let first = 0; first < outputs; first += 5, tile += <usize>(depth * 20)) {
    let source = x;
    let target = out + (<usize>first << 5);
    for (let p = 0; p < groups; p++, source += <usize>xRows << 5, target += <usize>outRows << 5) {
      multiplyTile(tile, source, depth, target, false);
    }
  }
}

/** c (5 × 8, without gaps) = Σ_k a[k] ⊗ b[k], a five and b eight values; added to what `c` holds where `isAdded`. */
export function multiplyTile(tile: usize, panel: usize, depth: i32, c: usize, isAdded: bool): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  let e0 = a0;
  let e1 = a0;
  let a = tile;
  let b = panel;
  const end = panel + (<usize>depth << 5);
  // Two steps at a time take a fifth less time than one.
  for (const last = end - 32; b < last; a += 40, b += 64) {
    let left = v128.load(b);
    let right = v128.load(b, 16);
    let x = v128.load32_splat(a);
    a0 = multiplyAdd<f32>(x, left, a0);
    a1 = multiplyAdd<f32>(x, right, a1);
    x = v128.load32_splat(a, 4);
    b0 = multiplyAdd<f32>(x, left, b0);
    b1 = multiplyAdd<f32>(x, right, b1);
    x = v128.load32_splat(a, 8);
    c0 = multiplyAdd<f32>(x, left, c0);
    c1 = multiplyAdd<f32>(x, right, c1);
    x = v128.load32_splat(a, 12);
    d0 = multiplyAdd<f32>(x, left, d0);
    d1 = multiplyAdd<f32>(x, right, d1);
    x = v128.load32_splat(a, 16);
    e0 = multiplyAdd<f32>(x, left, e0);
    e1 = multiplyAdd<f32>(x, right, e1);
    left = v128.load(b, 32);
    right = v128.load(b, 48);
    x = v128.load32_splat(a, 20);
    a0 = multiplyAdd<f32>(x, left, a0);
    a1 = multiplyAdd<f32>(x, right, a1);
    x = v128.load32_splat(a, 24);
    b0 = multiplyAdd<f32>(x, left, b0);
    b1 = multiplyAdd<f32>(x, right, b1);
    x = v128.load32_splat(a, 28);
    c0 = multiplyAdd<f32>(x, left, c0);
    c1 = multiplyAdd<f32>(x, right, c1);
    x = v128.load32_splat(a, 32);
    d0 = multiplyAdd<f32>(x, left, d0);
    d1 = multiplyAdd<f32>(x, right, d1);
    x = v128.load32_splat(a, 36);
    e0 = multiplyAdd<f32>(x, left, e0);
    e1 = multiplyAdd<f32>(x, right, e1);
  }
  if (b < end) {
    const left = v128.load(b);
    const right = v128.load(b, 16);
    let x = v128.load32_splat(a);
    a0 = multiplyAdd<f32>(x, left, a0);
    a1 = multiplyAdd<f32>(x, right, a1);
    x = v128.load32_splat(a, 4);
    b0 = multiplyAdd<f32>(x, left, b0);
    b1 = multiplyAdd<f32>(x, right, b1);
    x = v128.load32_splat(a, 8);
    c0 = multiplyAdd<f32>(x, left, c0);
    c1 = multiplyAdd<f32>(x, right, c1);
    x = v128.load32_splat(a, 12);
    d0 = multiplyAdd<f32>(x, left, d0);
    d1 = multiplyAdd<f32>(x, right, d1);
    x = v128.load32_splat(a, 16);
    e0 = multiplyAdd<f32>(x, left, e0);
    e1 = multiplyAdd<f32>(x, right, e1);
  }
  if (isAdded) {
    a0 = f32x4.add(v128.load(c), a0);
    a1 = f32x4.add(v128.load(c, 16), a1);
    b0 = f32x4.add(v128.load(c, 32), b0);
    b1 = f32x4.add(v128.load(c, 48), b1);
    c0 = f32x4.add(v128.load(c, 64), c0);
    c1 = f32x4.add(v128.load(c, 80), c1);
    d0 = f32x4.add(v128.load(c, 96), d0);
    d1 = f32x4.add(v128.load(c, 112), d1);
    e0 = f32x4.add(v128.load(c, 128), e0);
    e1 = f32x4.add(v128.load(c, 144), e1);
  }
  v128.store(c, a0);
  v128.store(c, a1, 16);
  v128.store(c, b0, 32);
  v128.store(c, b1, 48);
  v128.store(c, c0, 64);
  v128.store(c, c1, 80);
  v128.store(c, d0, 96);
  v128.store(c, d1, 112);
  v128.store(c, e0, 128);
  v128.store(c, e1, 144);
}
