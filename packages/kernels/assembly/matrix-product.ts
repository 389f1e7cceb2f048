import { packColumns, packPairs } from './matrix-pack';
import { addEdge, multiplyTile } from './matrix-tile';

// C = op(A)·op(B) after Goto and van de Geijn (2008): B is packed in panels of 64 bytes of columns, zero-padded; a
// tile of two rows and one panel stays in registers while the inner index runs over a block of 256. Rows of A that
// are contiguous are read in place. Every entry of C is the sum over such blocks, in order, of sums in order,
// wherever its tile lies: a product computed by parts has the same bits as the whole, and so has one with the factors
// in each other's place, which serves few columns.

const BLOCK_INNER: i32 = 256;
const BLOCK_ROWS: i32 = 128;
const BLOCK_COLUMN_BYTES: i32 = 2048;

/** Bytes of `scratch` that a product of float32 (`size` 4) or float64 (8) matrices of at most so many rows needs. */
export function matrixProductScratch(rows: i32, inner: i32, columns: i32, size: i32): i32 {
  return max<i32>(scratchBytes(rows, inner, columns, size), scratchBytes(columns, inner, rows, size));
}

/**
 * float32. `a` holds rows × inner values with `aStride` values from row to row, or inner × rows where `transposeA`;
 * `b` holds inner × columns, or columns × inner where `transposeB`, without gaps; so does `c`.
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

/** Columns of a panel. */
// @ts-ignore: decorator
@inline
function panelColumns<T>(): i32 {
  return 64 / <i32>sizeof<T>();
}

function scratchBytes(rows: i32, inner: i32, columns: i32, size: i32): i32 {
  const depth = min<i32>(inner, BLOCK_INNER);
  const width = min<i32>((columns * size + 63) & ~63, BLOCK_COLUMN_BYTES);
  const height = min<i32>((rows + 1) & ~1, BLOCK_ROWS);
  return 128 + depth * (width + height * size);
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
  const rowStep = transposeA ? size : <usize>aStride * size;
  const innerStepA = transposeA ? <usize>aStride * size : size;
  const innerStepB = transposeB ? size : <usize>columns * size;
  const columnStep = transposeB ? <usize>inner * size : size;
  const stride = <usize>columns * size;
  const width = panelColumns<T>();
  const tiles = ((rows + 1) >> 1) * ((columns + width - 1) / width);
  const tilesOfColumns = ((columns + 1) >> 1) * ((rows + width - 1) / width);
  if (3 * tilesOfColumns < 2 * tiles) {
    multiply<T>(b, columnStep, innerStepB, a, innerStepA, rowStep, c, size, stride, columns, inner, rows, scratch);
  } else {
    multiply<T>(a, rowStep, innerStepA, b, innerStepB, columnStep, c, stride, size, rows, inner, columns, scratch);
  }
}

/** All steps are in bytes; of the two steps of `a` and of `b`, one is the size of a value. */
function multiply<T>(
  a: usize,
  rowStep: usize,
  innerStepA: usize,
  b: usize,
  innerStepB: usize,
  columnStep: usize,
  c: usize,
  cRowStep: usize,
  cColumnStep: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  scratch: usize,
): void {
  const size = sizeof<T>();
  const blockColumns = BLOCK_COLUMN_BYTES / <i32>size;
  const packedB = scratch + 128;
  for (let j = 0; j < columns; j += blockColumns) {
    const width = min<i32>(blockColumns, columns - j);
    const panels = (width + panelColumns<T>() - 1) / panelColumns<T>();
    for (let k = 0; k < inner; k += BLOCK_INNER) {
      const depth = min<i32>(BLOCK_INNER, inner - k);
      const packedA = packedB + (<usize>(panels * depth) << 6);
      const corner = b + <usize>j * columnStep + <usize>k * innerStepB;
      packColumns<T>(corner, columnStep, innerStepB, width, depth, packedB);
      for (let i = 0; i < rows; i += BLOCK_ROWS) {
        const height = min<i32>(BLOCK_ROWS, rows - i);
        let block = a + <usize>i * rowStep + <usize>k * innerStepA;
        // Pairs of rows: where the first begins, from one pair to the next, from row to row, from value to value.
        let pairStep = rowStep << 1;
        let second = rowStep;
        let step = size;
        if (innerStepA != size) {
          packPairs<T>(block, innerStepA, height, depth, packedA);
          block = packedA;
          second = size;
          step = size << 1;
          pairStep = <usize>depth * step;
        }
        const target = c + <usize>i * cRowStep + <usize>j * cColumnStep;
        for (let p = 0; p < panels; p++) {
          const panel = packedB + (<usize>(p * depth) << 6);
          const filled = min<i32>(panelColumns<T>(), width - p * panelColumns<T>());
          const place = target + <usize>(p * panelColumns<T>()) * cColumnStep;
          const alone = filled == panelColumns<T>() && cColumnStep == size ? 0 : filled;
          multiplyPanel<T>(
            block,
            pairStep,
            second,
            step,
            height,
            panel,
            depth,
            place,
            cRowStep,
            cColumnStep,
            k == 0,
            alone,
            scratch,
          );
        }
      }
    }
  }
}

/**
 * All rows of a block by one panel, of which the first `alone` columns are stored one by one; 0 stores whole rows.
 */
function multiplyPanel<T>(
  rows: usize,
  pairStep: usize,
  second: usize,
  step: usize,
  height: i32,
  panel: usize,
  depth: i32,
  c: usize,
  cRowStep: usize,
  cColumnStep: usize,
  isFirst: bool,
  alone: i32,
  edge: usize,
): void {
  let at = rows;
  let target = c;
  for (let i = 0; i < height; i += 2, at += pairStep, target += cRowStep << 1) {
    if (alone == 0 && i + 1 < height) {
      multiplyTile<T>(at, second, step, panel, depth, target, cRowStep, isFirst);
    } else {
      const count = min<i32>(2, height - i);
      multiplyTile<T>(at, count == 2 ? second : 0, step, panel, depth, edge, 64, true);
      addEdge<T>(edge, count, alone == 0 ? panelColumns<T>() : alone, target, cRowStep, cColumnStep, isFirst);
    }
  }
}
