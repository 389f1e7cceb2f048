import { checkFlag, checkInteger, checkLength, checkOptions } from '@brenier/errors';
import { checkFloatArray, checkSameFloats, copyIn, copyOut, type FloatArray } from './float-arrays.js';
import { withKernels } from './lease.js';

/** Options of {@link multiplyMatrices}: the sizes of the product, and which operand is stored transposed. */
export interface MultiplyMatricesOptions {
  /** Rows of the product. */
  readonly rows: number;
  /** The index that is summed over: columns of op(A), rows of op(B). */
  readonly inner: number;
  /** Columns of the product. */
  readonly columns: number;
  /** `a` holds Aᵀ, shape [inner, rows]. Default `false`. */
  readonly transposeA?: boolean;
  /** `b` holds Bᵀ, shape [columns, inner]. Default `false`. */
  readonly transposeB?: boolean;
}

/**
 * The product of two row-major matrices, C = op(A)·op(B), in float32 or float64.
 *
 * Every entry is a sum in the order of the inner index, by blocks of 256: the same bits on every engine, and the same
 * for a row computed alone. NaN and infinities follow IEEE arithmetic. Blocked and packed after Goto and van de Geijn,
 * "Anatomy of high-performance matrix multiplication" (2008). Cost 2 · rows · inner · columns operations.
 *
 * @param a - the first matrix, shape [rows, inner], or [inner, rows] where `transposeA`
 * @param b - the second matrix, shape [inner, columns], or [columns, inner] where `transposeB`, with the element type
 * of `a`
 * @param options - see {@link MultiplyMatricesOptions}
 * @returns the product, shape [rows, columns], with the element type of `a`
 * @throws TypeError where an array is not of floats or the types differ, RangeError where a length does not match the
 * sizes or the arrays do not fit into WebAssembly memory
 *
 * @example
 * A row times a matrix.
 * ```ts
 * import { multiplyMatrices } from '@brenier/kernels';
 *
 * const a = new Float32Array([1, 2]);
 * const b = new Float32Array([1, 2, 3, 4]);
 * multiplyMatrices(a, b, { rows: 1, inner: 2, columns: 2 }); // => Float32Array.of(7, 10)
 * ```
 */
export function multiplyMatrices(a: Float64Array, b: Float64Array, options: MultiplyMatricesOptions): Float64Array;
export function multiplyMatrices(a: Float32Array, b: Float32Array, options: MultiplyMatricesOptions): Float32Array;
export function multiplyMatrices(a: FloatArray, b: FloatArray, options: MultiplyMatricesOptions): FloatArray {
  const { rows, inner, columns, transposeA, transposeB } = checkProduct(a, b, options);
  return withKernels(({ arena, exports }) => {
    const size = a.BYTES_PER_ELEMENT;
    const aOffset = copyIn(arena, a);
    const bOffset = copyIn(arena, b);
    const c = arena.allocate(rows * columns * size);
    const scratch = arena.allocate(exports.matrixProductScratch(rows, inner, columns, size));
    const run = a instanceof Float64Array ? exports.matrixProduct64 : exports.matrixProduct32;
    const stride = transposeA ? rows : inner;
    run(aOffset, stride, Number(transposeA), bOffset, Number(transposeB), c, rows, inner, columns, scratch);
    return copyOut(arena, c, rows * columns, a);
  });
}

/** Checks a product's arguments and fills in the defaults. */
export function checkProduct(
  a: FloatArray,
  b: FloatArray,
  options: MultiplyMatricesOptions,
): Required<MultiplyMatricesOptions> {
  checkFloatArray('a', a);
  checkSameFloats('b', checkFloatArray('b', b), a);
  const {
    transposeA = false,
    transposeB = false,
    ...sizes
  } = checkOptions('options', options, ['rows', 'inner', 'columns', 'transposeA', 'transposeB']);
  const rows = checkInteger('rows', sizes.rows, 0);
  const inner = checkInteger('inner', sizes.inner, 0);
  const columns = checkInteger('columns', sizes.columns, 0);
  checkLength('a', a, rows * inner);
  checkLength('b', b, inner * columns);
  return {
    rows,
    inner,
    columns,
    transposeA: checkFlag('transposeA', transposeA),
    transposeB: checkFlag('transposeB', transposeB),
  };
}
