import { multiplyAdd } from '../multiply-add';

// Where the engine joins two vectors into one of 256 bits, twice as many sums fit in registers, and fewer would leave
// it waiting for additions: four rows of a matrix by sixteen columns.

/**
 * Writes four rows of a product, `out[i][q] = Σ_k matrix[i][k]·x[k][q]` for sixteen q, each sum in the order of k: the
 * sums of `multiplyGroup`. Rows of the matrix are `stride` bytes apart, those of the result `outStep`. A turn of the loop
 * takes eight indices, with tests between them as in `multiplyPairs`.
 *
 * @param jump - bytes between the runs of sixteen numbers that a row of the matrix is made of; 0 where it is whole
 * @param adds - whether the product is added to what is there
 */
export function multiplyWide(
  matrix: usize,
  stride: usize,
  jump: usize,
  depth: i32,
  x: usize,
  out: usize,
  outStep: usize,
  adds: bool,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  let c0 = a0;
  let c1 = a0;
  let c2 = a0;
  let c3 = a0;
  let d0 = a0;
  let d1 = a0;
  let d2 = a0;
  let d3 = a0;
  let a = matrix;
  let b = a + stride;
  let c = b + stride;
  let d = c + stride;
  const end = x + (<usize>depth << 6);
  for (let at = x; ; ) {
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
    weight = v128.load32_splat(c);
    c0 = multiplyAdd<f32>(weight, x0, c0);
    c1 = multiplyAdd<f32>(weight, x1, c1);
    c2 = multiplyAdd<f32>(weight, x2, c2);
    c3 = multiplyAdd<f32>(weight, x3, c3);
    weight = v128.load32_splat(d);
    d0 = multiplyAdd<f32>(weight, x0, d0);
    d1 = multiplyAdd<f32>(weight, x1, d1);
    d2 = multiplyAdd<f32>(weight, x2, d2);
    d3 = multiplyAdd<f32>(weight, x3, d3);
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
    weight = v128.load32_splat(c, 4);
    c0 = multiplyAdd<f32>(weight, x0, c0);
    c1 = multiplyAdd<f32>(weight, x1, c1);
    c2 = multiplyAdd<f32>(weight, x2, c2);
    c3 = multiplyAdd<f32>(weight, x3, c3);
    weight = v128.load32_splat(d, 4);
    d0 = multiplyAdd<f32>(weight, x0, d0);
    d1 = multiplyAdd<f32>(weight, x1, d1);
    d2 = multiplyAdd<f32>(weight, x2, d2);
    d3 = multiplyAdd<f32>(weight, x3, d3);
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
    weight = v128.load32_splat(c, 8);
    c0 = multiplyAdd<f32>(weight, x0, c0);
    c1 = multiplyAdd<f32>(weight, x1, c1);
    c2 = multiplyAdd<f32>(weight, x2, c2);
    c3 = multiplyAdd<f32>(weight, x3, c3);
    weight = v128.load32_splat(d, 8);
    d0 = multiplyAdd<f32>(weight, x0, d0);
    d1 = multiplyAdd<f32>(weight, x1, d1);
    d2 = multiplyAdd<f32>(weight, x2, d2);
    d3 = multiplyAdd<f32>(weight, x3, d3);
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
    weight = v128.load32_splat(c, 12);
    c0 = multiplyAdd<f32>(weight, x0, c0);
    c1 = multiplyAdd<f32>(weight, x1, c1);
    c2 = multiplyAdd<f32>(weight, x2, c2);
    c3 = multiplyAdd<f32>(weight, x3, c3);
    weight = v128.load32_splat(d, 12);
    d0 = multiplyAdd<f32>(weight, x0, d0);
    d1 = multiplyAdd<f32>(weight, x1, d1);
    d2 = multiplyAdd<f32>(weight, x2, d2);
    d3 = multiplyAdd<f32>(weight, x3, d3);
    if (at + 256 >= end) break;
    x0 = v128.load(at, 256);
    x1 = v128.load(at, 272);
    x2 = v128.load(at, 288);
    x3 = v128.load(at, 304);
    weight = v128.load32_splat(a, 16);
    a0 = multiplyAdd<f32>(weight, x0, a0);
    a1 = multiplyAdd<f32>(weight, x1, a1);
    a2 = multiplyAdd<f32>(weight, x2, a2);
    a3 = multiplyAdd<f32>(weight, x3, a3);
    weight = v128.load32_splat(b, 16);
    b0 = multiplyAdd<f32>(weight, x0, b0);
    b1 = multiplyAdd<f32>(weight, x1, b1);
    b2 = multiplyAdd<f32>(weight, x2, b2);
    b3 = multiplyAdd<f32>(weight, x3, b3);
    weight = v128.load32_splat(c, 16);
    c0 = multiplyAdd<f32>(weight, x0, c0);
    c1 = multiplyAdd<f32>(weight, x1, c1);
    c2 = multiplyAdd<f32>(weight, x2, c2);
    c3 = multiplyAdd<f32>(weight, x3, c3);
    weight = v128.load32_splat(d, 16);
    d0 = multiplyAdd<f32>(weight, x0, d0);
    d1 = multiplyAdd<f32>(weight, x1, d1);
    d2 = multiplyAdd<f32>(weight, x2, d2);
    d3 = multiplyAdd<f32>(weight, x3, d3);
    if (at + 320 >= end) break;
    x0 = v128.load(at, 320);
    x1 = v128.load(at, 336);
    x2 = v128.load(at, 352);
    x3 = v128.load(at, 368);
    weight = v128.load32_splat(a, 20);
    a0 = multiplyAdd<f32>(weight, x0, a0);
    a1 = multiplyAdd<f32>(weight, x1, a1);
    a2 = multiplyAdd<f32>(weight, x2, a2);
    a3 = multiplyAdd<f32>(weight, x3, a3);
    weight = v128.load32_splat(b, 20);
    b0 = multiplyAdd<f32>(weight, x0, b0);
    b1 = multiplyAdd<f32>(weight, x1, b1);
    b2 = multiplyAdd<f32>(weight, x2, b2);
    b3 = multiplyAdd<f32>(weight, x3, b3);
    weight = v128.load32_splat(c, 20);
    c0 = multiplyAdd<f32>(weight, x0, c0);
    c1 = multiplyAdd<f32>(weight, x1, c1);
    c2 = multiplyAdd<f32>(weight, x2, c2);
    c3 = multiplyAdd<f32>(weight, x3, c3);
    weight = v128.load32_splat(d, 20);
    d0 = multiplyAdd<f32>(weight, x0, d0);
    d1 = multiplyAdd<f32>(weight, x1, d1);
    d2 = multiplyAdd<f32>(weight, x2, d2);
    d3 = multiplyAdd<f32>(weight, x3, d3);
    if (at + 384 >= end) break;
    x0 = v128.load(at, 384);
    x1 = v128.load(at, 400);
    x2 = v128.load(at, 416);
    x3 = v128.load(at, 432);
    weight = v128.load32_splat(a, 24);
    a0 = multiplyAdd<f32>(weight, x0, a0);
    a1 = multiplyAdd<f32>(weight, x1, a1);
    a2 = multiplyAdd<f32>(weight, x2, a2);
    a3 = multiplyAdd<f32>(weight, x3, a3);
    weight = v128.load32_splat(b, 24);
    b0 = multiplyAdd<f32>(weight, x0, b0);
    b1 = multiplyAdd<f32>(weight, x1, b1);
    b2 = multiplyAdd<f32>(weight, x2, b2);
    b3 = multiplyAdd<f32>(weight, x3, b3);
    weight = v128.load32_splat(c, 24);
    c0 = multiplyAdd<f32>(weight, x0, c0);
    c1 = multiplyAdd<f32>(weight, x1, c1);
    c2 = multiplyAdd<f32>(weight, x2, c2);
    c3 = multiplyAdd<f32>(weight, x3, c3);
    weight = v128.load32_splat(d, 24);
    d0 = multiplyAdd<f32>(weight, x0, d0);
    d1 = multiplyAdd<f32>(weight, x1, d1);
    d2 = multiplyAdd<f32>(weight, x2, d2);
    d3 = multiplyAdd<f32>(weight, x3, d3);
    if (at + 448 >= end) break;
    x0 = v128.load(at, 448);
    x1 = v128.load(at, 464);
    x2 = v128.load(at, 480);
    x3 = v128.load(at, 496);
    weight = v128.load32_splat(a, 28);
    a0 = multiplyAdd<f32>(weight, x0, a0);
    a1 = multiplyAdd<f32>(weight, x1, a1);
    a2 = multiplyAdd<f32>(weight, x2, a2);
    a3 = multiplyAdd<f32>(weight, x3, a3);
    weight = v128.load32_splat(b, 28);
    b0 = multiplyAdd<f32>(weight, x0, b0);
    b1 = multiplyAdd<f32>(weight, x1, b1);
    b2 = multiplyAdd<f32>(weight, x2, b2);
    b3 = multiplyAdd<f32>(weight, x3, b3);
    weight = v128.load32_splat(c, 28);
    c0 = multiplyAdd<f32>(weight, x0, c0);
    c1 = multiplyAdd<f32>(weight, x1, c1);
    c2 = multiplyAdd<f32>(weight, x2, c2);
    c3 = multiplyAdd<f32>(weight, x3, c3);
    weight = v128.load32_splat(d, 28);
    d0 = multiplyAdd<f32>(weight, x0, d0);
    d1 = multiplyAdd<f32>(weight, x1, d1);
    d2 = multiplyAdd<f32>(weight, x2, d2);
    d3 = multiplyAdd<f32>(weight, x3, d3);
    if (at + 512 >= end) break;
    at += 512;
    // Behind sixteen indices the rows go on elsewhere.
    const step = ((at - x) & 1023) == 0 ? 32 + jump : 32;
    a += step;
    b += step;
    c += step;
    d += step;
  }
  storeRow(out, adds, a0, a1, a2, a3);
  storeRow(out + outStep, adds, b0, b1, b2, b3);
  storeRow(out + outStep * 2, adds, c0, c1, c2, c3);
  storeRow(out + outStep * 3, adds, d0, d1, d2, d3);
}

// @ts-ignore: decorator
@inline
function storeRow(out: usize, adds: bool, s0: v128, s1: v128, s2: v128, s3: v128): void {
  if (adds) {
    s0 = f32x4.add(v128.load(out), s0);
    s1 = f32x4.add(v128.load(out, 16), s1);
    s2 = f32x4.add(v128.load(out, 32), s2);
    s3 = f32x4.add(v128.load(out, 48), s3);
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}
