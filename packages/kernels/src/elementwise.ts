import { checkFloat64Array, copyIn } from './float-arrays.js';
import { withKernels } from './lease.js';

/**
 * e^x for every entry, in SIMD, with the same bits on every engine.
 *
 * Cody–Waite reduction and a polynomial of degree 11; the relative error is below 4e-16. Results below e^−708 are 0, so
 * that no denormals appear; above 709.78 they are infinite; NaN stays NaN. Cost O(count).
 *
 * @param x - the exponents
 * @returns a new array of the length of `x`
 * @throws TypeError where `x` is not a Float64Array
 *
 * @example
 * Two exponentials.
 * ```ts
 * import { exponentials } from '@brenier/kernels';
 *
 * exponentials(new Float64Array([0, -1000])); // => Float64Array.of(1, 0)
 * ```
 */
export function exponentials(x: Float64Array): Float64Array {
  return applyInPlace('exponential', x);
}

/**
 * The natural logarithm of every entry, in SIMD, with the same bits on every engine.
 *
 * The relative error is below 4e-16, denormal arguments and arguments near 1 included. log 0 = −∞, log ∞ = ∞, NaN below
 * 0. Cost O(count).
 *
 * @param x - the arguments
 * @returns a new array of the length of `x`
 * @throws TypeError where `x` is not a Float64Array
 *
 * @example
 * Two logarithms.
 * ```ts
 * import { logarithms } from '@brenier/kernels';
 *
 * logarithms(new Float64Array([1, 0])); // => Float64Array.of(0, -Infinity)
 * ```
 */
export function logarithms(x: Float64Array): Float64Array {
  return applyInPlace('logarithm', x);
}

function applyInPlace(kernel: 'exponential' | 'logarithm', x: Float64Array): Float64Array {
  checkFloat64Array('x', x);
  return withKernels(({ arena, exports }) => {
    const offset = copyIn(arena, x);
    exports[kernel](offset, offset, x.length);
    return arena.float64(offset, x.length).slice();
  });
}
