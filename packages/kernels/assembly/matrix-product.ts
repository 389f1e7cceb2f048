import { multiplyAdd } from './multiply-add';

// C = op(A)·op(B) after Goto and van de Geijn (2008): B is packed in panels of 32 bytes of columns and A in panels of 5
// rows, both zero-padded; a tile of 5 × 2 vectors stays in registers while the inner index runs over a block of 256.
// Every entry of C is the sum over such blocks, in order, of sums in order, wherever its tile lies: a product computed
// by parts has the same bits as the whole.

const TILE_ROWS: i32 = 5;
const BLOCK_INNER: i32 = 256;
const BLOCK_ROWS: i32 = 100;
const BLOCK_COLUMN_BYTES: i32 = 2048;

// @ts-ignore: decorator
@inline
function tileColumns<T>(): i32 {
  return 32 / <i32>sizeof<T>();
}

/** Bytes of `scratch` that a product of float32 (`size` 4) or float64 (8) matrices needs. */
export function matrixProductScratch(rows: i32, inner: i32, columns: i32, size: i32): i32 {
  const depth = min<i32>(inner, BLOCK_INNER);
  const width = min<i32>(columns * size + 31, BLOCK_COLUMN_BYTES) & ~31;
  const height = min<i32>(rows + TILE_ROWS - 1, BLOCK_ROWS) / TILE_ROWS * TILE_ROWS;
  return depth * width + ((depth * height * size + 15) & ~15) + TILE_ROWS * 32;
}

/**
 * float32. `a` holds rows × inner values with `aStride` values from row to row, or inner × rows where `transposeA`; `b`
 * holds inner × columns, or columns × inner where `transposeB`, without gaps; so does `c`.
 */
export function matrixProduct32(
  a: usize,
  aStride: i32,
  transposeA: i32,
  b: usize,
  transposeB: i32,
  c: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  scratch: usize,
): void {
  product<f32>(a, aStride, transposeA != 0, b, transposeB != 0, c, rows, inner, columns, scratch);
}

/** The same for float64. */
export function matrixProduct64(
  a: usize,
  aStride: i32,
  transposeA: i32,
  b: usize,
  transposeB: i32,
  c: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  scratch: usize,
): void {
  product<f64>(a, aStride, transposeA != 0, b, transposeB != 0, c, rows, inner, columns, scratch);
}

function product<T>(
  a: usize,
  aStride: i32,
  transposeA: bool,
  b: usize,
  transposeB: bool,
  c: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  scratch: usize,
): void {
  const size = sizeof<T>();
  if (inner == 0) memory.fill(c, 0, <usize>rows * <usize>columns * size);
  const blockColumns = BLOCK_COLUMN_BYTES / <i32>size;
  const rowStep = (transposeA ? 1 : <usize>aStride) * size;
  const innerStepA = (transposeA ? <usize>aStride : 1) * size;
  const innerStepB = (transposeB ? 1 : <usize>columns) * size;
  const columnStep = (transposeB ? <usize>inner : 1) * size;
  const edge = scratch;
  const packedB = edge + <usize>(TILE_ROWS * 32);
  for (let j = 0; j < columns; j += blockColumns) {
    const width = min<i32>(blockColumns, columns - j);
    const panelsOfB = (width + tileColumns<T>() - 1) / tileColumns<T>();
    for (let k = 0; k < inner; k += BLOCK_INNER) {
      const depth = min<i32>(BLOCK_INNER, inner - k);
      const packedA = packedB + <usize>(panelsOfB * depth * 32);
      const cornerB = b + <usize>j * columnStep + <usize>k * innerStepB;
      pack<T>(cornerB, columnStep, innerStepB, width, depth, tileColumns<T>(), packedB);
      for (let i = 0; i < rows; i += BLOCK_ROWS) {
        const height = min<i32>(BLOCK_ROWS, rows - i);
        pack<T>(a + <usize>i * rowStep + <usize>k * innerStepA, rowStep, innerStepA, height, depth, TILE_ROWS, packedA);
        const corner = c + (<usize>i * <usize>columns + <usize>j) * size;
        multiplyBlock<T>(packedA, packedB, height, depth, width, corner, <usize>columns * size, k == 0, edge);
      }
    }
  }
}

/**
 * Packs `count` vectors of length `depth` into panels of `width` vectors, index by index; the last panel is filled up
 * with zeros.
 */
function pack<T>(
  source: usize,
  vectorStep: usize,
  innerStep: usize,
  count: i32,
  depth: i32,
  width: i32,
  out: usize,
): void {
  const size = sizeof<T>();
  let target = out;
  for (let first = 0; first < count; first += width) {
    const filled = min<i32>(width, count - first);
    let panel = source + <usize>first * vectorStep;
    const isContiguous = vectorStep == size && filled == width && width == tileColumns<T>();
    for (let k = 0; k < depth; k++, panel += innerStep) {
      if (isContiguous) {
        v128.store(target, v128.load(panel));
        v128.store(target, v128.load(panel, 16), 16);
        target += 32;
        continue;
      }
      for (let q = 0; q < filled; q++, target += size) store<T>(target, load<T>(panel + <usize>q * vectorStep));
      for (let q = filled; q < width; q++, target += size) store<T>(target, <T>0);
    }
  }
}

function multiplyBlock<T>(
  packedA: usize,
  packedB: usize,
  height: i32,
  depth: i32,
  width: i32,
  c: usize,
  stride: usize,
  isFirst: bool,
  edge: usize,
): void {
  const size = sizeof<T>();
  for (let j = 0; j < width; j += tileColumns<T>()) {
    const panelB = packedB + <usize>(j / tileColumns<T>() * depth * 32);
    const filledColumns = min<i32>(tileColumns<T>(), width - j);
    for (let i = 0; i < height; i += TILE_ROWS) {
      const panelA = packedA + <usize>(i * depth) * size;
      const filledRows = min<i32>(TILE_ROWS, height - i);
      const target = c + <usize>i * stride + <usize>j * size;
      if (filledRows == TILE_ROWS && filledColumns == tileColumns<T>()) {
        multiplyTile<T>(panelA, panelB, depth, target, stride, isFirst);
      } else {
        multiplyTile<T>(panelA, panelB, depth, edge, 32, true);
        addEdge<T>(edge, filledRows, filledColumns, target, stride, isFirst);
      }
    }
  }
}

function multiplyTile<T>(panelA: usize, panelB: usize, depth: i32, c: usize, stride: usize, isFirst: bool): void {
  const step = <usize>TILE_ROWS * sizeof<T>();
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
  let a = panelA;
  let b = panelB;
  for (const end = panelB + (<usize>depth << 5); b < end; a += step, b += 32) {
    const left = v128.load(b);
    const right = v128.load(b, 16);
    let x = v128.load_splat<T>(a);
    a0 = multiplyAdd<T>(x, left, a0);
    a1 = multiplyAdd<T>(x, right, a1);
    x = v128.load_splat<T>(a, sizeof<T>());
    b0 = multiplyAdd<T>(x, left, b0);
    b1 = multiplyAdd<T>(x, right, b1);
    x = v128.load_splat<T>(a, 2 * sizeof<T>());
    c0 = multiplyAdd<T>(x, left, c0);
    c1 = multiplyAdd<T>(x, right, c1);
    x = v128.load_splat<T>(a, 3 * sizeof<T>());
    d0 = multiplyAdd<T>(x, left, d0);
    d1 = multiplyAdd<T>(x, right, d1);
    x = v128.load_splat<T>(a, 4 * sizeof<T>());
    e0 = multiplyAdd<T>(x, left, e0);
    e1 = multiplyAdd<T>(x, right, e1);
  }
  storeRow<T>(c, a0, a1, isFirst);
  storeRow<T>(c + stride, b0, b1, isFirst);
  storeRow<T>(c + 2 * stride, c0, c1, isFirst);
  storeRow<T>(c + 3 * stride, d0, d1, isFirst);
  storeRow<T>(c + 4 * stride, e0, e1, isFirst);
}

// @ts-ignore: decorator
@inline
function storeRow<T>(c: usize, left: v128, right: v128, isFirst: bool): void {
  v128.store(c, isFirst ? left : v128.add<T>(v128.load(c), left));
  v128.store(c, isFirst ? right : v128.add<T>(v128.load(c, 16), right), 16);
}

function addEdge<T>(edge: usize, rows: i32, columns: i32, c: usize, stride: usize, isFirst: bool): void {
  const size = sizeof<T>();
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = load<T>(edge + <usize>(i * 32) + <usize>j * size);
      const at = c + <usize>i * stride + <usize>j * size;
      store<T>(at, isFirst ? value : load<T>(at) + value);
    }
  }
}
