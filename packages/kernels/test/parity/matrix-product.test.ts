import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/index.js';
import { matrixProduct } from '../../src/reference/matrix-product.js';
import { expectSameBits, inArena, lengths, loadVariants, seededNumbers } from './variants.js';

type Floats = Float64Array | Float32Array;
interface Sizes {
  rows: number;
  inner: number;
  columns: number;
  transposeA: boolean;
  transposeB: boolean;
}

const variants = await loadVariants();
const kinds = [
  { kind: 'float64', make: (values: Float64Array) => values, epsilon: 2 ** -53 },
  { kind: 'float32', make: (values: Float64Array) => Float32Array.from(values), epsilon: 2 ** -24 },
];
const cases = variants.flatMap((variant) => kinds.map((kind) => ({ ...variant, ...kind })));
const layouts = [
  { transposeA: false, transposeB: false },
  { transposeA: true, transposeB: false },
  { transposeA: false, transposeB: true },
  { transposeA: true, transposeB: true },
];

describe.each(cases)('$kind matrix products of the $name binary', ({ name, kernels, make, epsilon }) => {
  it.each(lengths)('match the oracle with %i rows, inner indices or columns', (length) => {
    for (const layout of layouts) {
      check({ rows: length, inner: 3, columns: 9, ...layout });
      check({ rows: 6, inner: length, columns: 10, ...layout });
      check({ rows: 7, inner: 5, columns: length, ...layout });
    }
  });

  it('match the oracle over several blocks of every index', () => {
    for (const layout of layouts) check({ rows: 103, inner: 517, columns: 11, ...layout });
    check({ rows: 6, inner: 257, columns: 530, transposeA: false, transposeB: false });
    // Few columns: the factors change places.
    for (const layout of layouts) check({ rows: 530, inner: 259, columns: 5, ...layout });
  });

  it('let infinities and NaN follow IEEE arithmetic and spoil only their own rows and columns', () => {
    const sizes = { rows: 3, inner: 2, columns: 3, transposeA: false, transposeB: false };
    const a = make(Float64Array.of(1, 2, Infinity, 1, NaN, 0));
    const b = make(Float64Array.of(1, 0, 2, 3, 4, 5));
    const expected = Float64Array.of(7, 8, 12, Infinity, NaN, Infinity, NaN, NaN, NaN);
    expect(Float64Array.from(run(kernels, a, b, sizes))).toEqual(expected);
  });

  it('keep zeros of both signs and denormals', () => {
    const sizes = { rows: 2, inner: 1, columns: 2, transposeA: false, transposeB: false };
    const denormal = make(Float64Array.of(epsilon === 2 ** -24 ? 2 ** -140 : 2 ** -1070))[0];
    const product = run(kernels, make(Float64Array.of(1, -0)), make(Float64Array.of(denormal, 3)), sizes);
    expect(product[0]).toBe(denormal);
    expect(Math.abs(product[3])).toBe(0);
  });

  // The textbook bound: |error| <= γ_inner · Σ|a||b|, with one rounding more for each block; |a|, |b| <= 1 here.
  function check(sizes: Sizes): void {
    const a = make(seededNumbers(sizes.rows * sizes.inner, 1));
    const b = make(seededNumbers(sizes.inner * sizes.columns, 2));
    const got = run(kernels, a, b, sizes);
    const oracle = matrixProduct(Float64Array.from(a), Float64Array.from(b), sizes);
    const bound = (sizes.inner + 3) * epsilon * sizes.inner;
    expect(got.length).toBe(oracle.length);
    expect(got.findIndex((value, i) => !(Math.abs(value - oracle[i]) <= bound))).toBe(-1);
    if (name === 'plain') expectSameBits(got, matrixProduct(a, b, sizes));
  }
});

function run(kernels: Kernels, a: Floats, b: Floats, sizes: Sizes): Floats {
  const { arena, exports } = kernels;
  const { rows, inner, columns, transposeA, transposeB } = sizes;
  const isDouble = a instanceof Float64Array;
  const view = (offset: number, length: number): Floats =>
    isDouble ? arena.float64(offset, length) : arena.float32(offset, length);
  return inArena(kernels, () => {
    const [aOffset, bOffset] = [arena.allocate(a.byteLength), arena.allocate(b.byteLength)];
    const c = arena.allocate((rows * columns + 1) * 8);
    const scratch = arena.allocate(exports.matrixProductScratch(rows, inner, columns, a.BYTES_PER_ELEMENT));
    const end = arena.allocate(8);
    view(aOffset, a.length).set(a);
    view(bOffset, b.length).set(b);
    view(c, rows * columns + 1)[rows * columns] = -7;
    arena.float64(end, 1)[0] = -7;
    const kernel = isDouble ? exports.matrixProduct64 : exports.matrixProduct32;
    const stride = transposeA ? rows : inner;
    kernel(aOffset, stride, Number(transposeA), bOffset, Number(transposeB), c, rows, inner, columns, scratch);
    expect(view(c, rows * columns + 1)[rows * columns]).toBe(-7);
    expect(arena.float64(end, 1)[0]).toBe(-7);
    return view(c, rows * columns).slice();
  });
}
