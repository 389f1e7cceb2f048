import { pow } from '@brenier/elementary';
import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/index.js';
import { normCosts, type NormPower } from '../../src/reference/norm-costs.js';
import { expectSameBits, inArena, lengths, loadVariants, seededNumbers } from './variants.js';

const variants = await loadVariants();
const exponents = [1, 1.25, 2, 2.5, 3, 4, 7, 300, Infinity];
const norms: NormPower[] = exponents.flatMap((p) => [0.3, 1, 1.5, 2, 3, p].map((power) => ({ p, power })));
const finite = norms.filter(({ power }) => power < Infinity);

describe.each(variants)('costs of p-norms of the $name binary', ({ kernels }) => {
  it.each(lengths.slice(0, -1))('have the bits of the oracle for clouds of %i points', (count) => {
    const x = seededNumbers(Math.min(count, 5) * 3, 1);
    const y = seededNumbers(count * 3, 2);
    for (const norm of finite) expectSameBits(run(kernels, x, y, 3, norm), normCosts(x, y, 3, norm, pow));
  });

  it.each(lengths.filter((length) => length > 0))('have the bits of the oracle in dimension %i', (dim) => {
    const x = seededNumbers(2 * dim, 3);
    const y = seededNumbers(3 * dim, 4);
    for (const norm of finite) expectSameBits(run(kernels, x, y, dim, norm), normCosts(x, y, dim, norm, pow));
  });

  it('have the bits of the oracle for zeros of both signs, denormals, duplicates, offsets and huge ranges', () => {
    const x = Float64Array.of(0, -0, 1e-310, 5e-324, 1e-20, 1, 1, 4096, 2 ** 52 + 1, -1e15, 1e150, 1e308);
    for (const norm of finite) {
      for (const dim of [1, 2, 4]) expectSameBits(run(kernels, x, x, dim, norm), normCosts(x, x, dim, norm, pow));
    }
  });

  it('scale by the largest difference where a power would leave the range of a float64', () => {
    const x = Float64Array.of(0, 0);
    // (1 + 1)^(1/3), rounded.
    const root = pow(2, 1 / 3);
    for (const size of [1e-200, 1e200]) {
      expect([...run(kernels, x, Float64Array.of(size, -size), 2, { p: 3, power: 1 })]).toEqual([size * root]);
    }
  });
});

/** Rows two values further apart than they are long; what lies between must stay as it is. */
function run({ arena, exports }: Kernels, x: Float64Array, y: Float64Array, dim: number, norm: NormPower) {
  return inArena({ arena, exports } as Kernels, () => {
    const rows = x.length / dim;
    const columns = y.length / dim;
    const stride = columns + 2;
    const [xAt, yAt] = [arena.allocate(x.byteLength), arena.allocate(y.byteLength)];
    const out = arena.allocate(rows * stride * 8);
    arena.float64(xAt, x.length).set(x);
    arena.float64(yAt, y.length).set(y);
    const values = arena.float64(out, rows * stride).fill(-7);
    exports.normCosts(xAt, rows, yAt, columns, dim, norm.p, norm.power, out, stride);
    const isPadding = (_: number, at: number): boolean => at % stride >= columns;
    expect(values.filter(isPadding).every((each) => each === -7)).toBe(true);
    return values.filter((each, at) => !isPadding(each, at));
  });
}
